/** Why a whole file is not taken; the words for it are in `words.ts`. */
export const REFUSALS = [
  'empty', 'too-large', 'binary', 'wrong-encoding', 'no-header', 'duplicate-column', 'too-many-columns', 'cell-too-long', 'row-too-long', 'too-many-rows', 'unclosed-quote',
  'protected', 'old-workbook', 'not-a-workbook', 'zip-bomb', 'no-sheet', 'unknown-column', 'no-number-column', 'column-twice',
] as const;
export type Refusal = (typeof REFUSALS)[number];

export class CallFileRefused extends Error {
  override readonly name = 'CallFileRefused';
  readonly code: Refusal;
  /** The value that is wrong, a limit, a place. */
  readonly detail: string;

  constructor(code: Refusal, detail = '') {
    super(`the call file is refused: ${code}${detail === '' ? '' : ` (${detail})`}`);
    this.code = code;
    this.detail = detail;
  }
}
