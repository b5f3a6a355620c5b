import type { RowKind } from '../../../telephony/rows.ts';
import type { Dice } from '../../../warehouse/kpi/test-support/dice.ts';
import { CLOSED_BEFORE, lateStage } from './days.ts';

export type Row = Record<string, string | number | null>;

/** In this order files reach a warehouse: the first days, the others, what is late, and what is later still. */
export const STAGES = [0, 1, 2, 3] as const;
export type Stage = (typeof STAGES)[number];

/** The versions of rows as a source sends them: numbered in their order, sent early or late, some twice. */
export class Book {
  readonly #sent: { stage: Stage; kind: RowKind; line: string }[] = [];
  #sequence = 0;

  /** A share of the rows comes late, where the day has late ones. */
  stageOf(day: number, lateShare: number, { chance }: Dice): Stage {
    const late = chance(lateShare) ? lateStage(day, chance(0.3)) : null;
    return late ?? (day < CLOSED_BEFORE ? 0 : 1);
  }

  write(stage: Stage, kind: RowKind, row: Row): void {
    this.#sequence += 1;
    this.#sent.push({ stage, kind, line: JSON.stringify({ ...row, Sequence: this.#sequence }) });
  }

  /** What is no row, or none that can be placed. */
  spoil(stage: Stage, kind: RowKind, line: string): void {
    this.#sent.push({ stage, kind, line });
  }

  /** The last row once more, as a source does that did not hear it was taken. */
  repeat(stage: Stage): void {
    const last = this.#sent.at(-1);
    if (last) this.#sent.push({ ...last, stage });
  }

  /** The lines of a file, in no order. */
  file(stage: Stage, kind: RowKind, dice: Dice): string {
    return `${dice.shuffled(this.#sent.filter((one) => one.stage === stage && one.kind === kind)).map(({ line }) => line).join('\n')}\n`;
  }
}

/** `yyyy-MM-dd HH:mm:ss.SSS` */
export function clock(at: number): string {
  return new Date(at).toISOString().replace('T', ' ').slice(0, 23);
}

/** `yyyyMMddHHmmssfff` */
export function digits(at: number): string {
  return new Date(at).toISOString().replaceAll(/\D/g, '');
}
