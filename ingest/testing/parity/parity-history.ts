import type { RowKind } from '../../../telephony/rows.ts';
import { dice } from '../../../warehouse/kpi/test-support/dice.ts';
import type { RawCall, RawHistory, RawLeg, RawState } from '../../../warehouse/kpi/test-support/raw-rows.ts';
import { Book, STAGES } from './book.ts';
import type { Stage } from './book.ts';
import { liveCall } from './calls.ts';
import { DAYS } from './days.ts';
import { DIMENSIONS } from './places.ts';
import { liveStates } from './states.ts';

export interface ParityHistory {
  /** What is true once everything has arrived, as the oracle reads it. */
  truth: RawHistory;
  /** Files of one stage after the other; within one in any order. */
  files: { stage: Stage; kind: RowKind; text: string }[];
  /** Lines that cannot be loaded. */
  spoiled: number;
}

const SPOILED: readonly [RowKind, string][] = [
  ['od-calls', '{"ID":"torn'], ['od-calls', '[1,2]'], ['od-calls', '{"ID":"","CustomerID":1,"CallUniversalTime":"2024-03-01 10:00:00"}'], ['od-calls', '{"ID":"X1","CustomerID":1,"CallType":1,"CallUniversalTime":"2024-02-30 10:00:00"}'],
  ['od-calls', '{"ID":"X2","CustomerID":1,"CallType":1,"CallUniversalTime":"2024-03-01 10:00:00","WaitDuration":"long"}'], ['legs', '{"CallID":"X3","CustomerID":1,"Leg":1,"EnteredUniversalTime":"2024-03-01 10:00:00","Outcome":"vanished"}'],
  ['legs', '{"CallID":"X4","CustomerID":1,"Leg":1,"EnteredUniversalTime":"yesterday","Outcome":"answered"}'], ['od-actions', '{"CustomerID":1,"OriginatorID":1,"OriginatorType":1,"State":88,"ActionUniversalTimeString":"20240301100000000","Duration":1}'],
  ['od-actions', '{"CustomerID":1,"OriginatorID":1,"OriginatorType":1,"State":1,"ActionUniversalTimeString":"20240301100000","Duration":1}'],
];

/**
 * Sixty days with what rows do in the wild: late, corrected, out of order, twice, moved to another day, in progress for ever, broken;
 * on the borders of intervals and over the nights in which clocks change; while teams, names and targets change.
 */
export function parityHistory(seed: number, callsADay = 22): ParityHistory {
  const chances = dice(seed);
  const book = new Book();
  const calls: RawCall[] = [];
  const legs: RawLeg[] = [];
  const states: RawState[] = [];
  for (const day of DAYS) {
    for (let left = callsADay; left > 0; left -= 1) {
      const lived = liveCall(chances, book, day, calls.length, calls.at(-1));
      calls.push(lived.call);
      legs.push(...lived.legs);
    }
    states.push(...liveStates(chances, book, day));
  }
  for (const [kind, line] of SPOILED) for (const stage of [0, 2] as const) book.spoil(stage, kind, line);
  const files = STAGES.flatMap((stage) => (['od-calls', 'legs', 'od-actions'] as const).map((kind) => ({ stage, kind, text: book.file(stage, kind, chances) })));
  return { truth: { calls, legs, states: unique(states), dimensions: DIMENSIONS }, files, spoiled: 2 * SPOILED.length };
}

/** A state is known by its agent, start and kind: the later one counts. */
function unique(states: RawState[]): RawState[] {
  return [...new Map(states.map((row) => [JSON.stringify([row.tenant, row.agent, row.started_at, row.state]), row])).values()];
}
