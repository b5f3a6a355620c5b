/** Something to ask, and how many rows its answer has. */
export interface Question { ask: () => Promise<number>; rows: number }

/**
 * Asks question by question in turn, so that a machine that is slower for a while is so for all, and gives what each took, in ms.
 * @throws Error when an answer has not its rows.
 */
export async function askInTurn(questions: Question[], { warmUp, times }: { warmUp: number; times: number }): Promise<number[][]> {
  const taken: number[][] = questions.map(() => []);
  for (let asked = 0; asked < warmUp + times; asked += 1) {
    for (const [index, { ask, rows }] of questions.entries()) {
      const begun = performance.now();
      const found = await ask();
      if (asked >= warmUp) taken[index]?.push(performance.now() - begun);
      if (found !== rows) throw new Error(`${found} rows instead of ${rows} were answered`);
    }
  }
  return taken;
}
