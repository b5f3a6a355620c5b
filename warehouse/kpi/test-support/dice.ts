export interface Dice {
  pick: <T>(values: readonly T[]) => T;
  chance: (share: number) => boolean;
  /** A whole number, both bounds included. */
  whole: (least: number, most: number) => number;
  shuffled: <T>(values: readonly T[]) => T[];
}

/** Random choices that a seed repeats. */
export function dice(seed: number): Dice {
  const random = generator(seed);
  const whole = (least: number, most: number): number => least + Math.floor(random() * (most - least + 1));
  return {
    whole,
    chance: (share) => random() < share,
    pick: (values) => {
      for (const value of values.slice(Math.floor(random() * values.length))) return value;
      throw new Error('nothing to pick from');
    },
    shuffled: (values) => values.map((value) => ({ value, place: random() })).toSorted((a, b) => a.place - b.place).map(({ value }) => value),
  };
}

/** mulberry32 */
function generator(seed: number): () => number {
  let state = Math.trunc(seed);
  return () => {
    state = Math.trunc(state + 0x6d2b79f5);
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = Math.trunc(mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
