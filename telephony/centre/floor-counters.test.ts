import { describe, expect, it } from 'vitest';
import type { LegsRow, OdCallsRow } from '../rows.ts';
import { buildConfiguration } from './build-configuration.ts';
import { FloorCounters, noCounts, type MinuteCounts } from './floor-counters.ts';
import { loadCentre } from './load-centre.ts';
import { simulateDay } from './simulate.ts';

const centre = loadCentre();
const configuration = buildConfiguration(centre);
const queues = new Map(configuration.queues.map((queue) => [queue.number, queue]));

const minuteOf = (time: string): number => Math.floor(Date.parse(`${time.replace(' ', 'T')}Z`) / 60_000) * 60_000;

function at<K>(map: Map<K, MinuteCounts>, key: K): MinuteCounts {
  const found = map.get(key) ?? noCounts();
  map.set(key, found);
  return found;
}

/** The same figures from the rows, as plainly as they can be written. */
function fromLegs(legs: Iterable<LegsRow>): Map<string, MinuteCounts> {
  const counts = new Map<string, MinuteCounts>();
  for (const leg of legs) {
    if (leg.Queue === 0 || leg.Outcome === 'rerouted' || leg.Outcome === 'closed' || leg.Outcome === 'in-progress') continue;
    const minute = at(counts, `${leg.Queue} ${minuteOf(leg.EnteredUniversalTime)}`);
    const queue = queues.get(leg.Queue);
    minute.queued += 1;
    minute.answered += leg.Outcome === 'answered' ? 1 : 0;
    minute.answeredInTarget += leg.Outcome === 'answered' && leg.WaitDuration <= (queue?.targetSeconds ?? 0) ? 1 : 0;
    minute.abandoned += leg.Outcome === 'abandoned' ? 1 : 0;
    minute.shortAbandoned += leg.Outcome === 'abandoned' && leg.WaitDuration <= (queue?.shortAbandonSeconds ?? 0) ? 1 : 0;
    minute.overflowed += leg.Outcome === 'overflowed' ? 1 : 0;
    minute.noAgent += leg.Outcome === 'no-agent' ? 1 : 0;
    minute.handled += leg.Outcome === 'answered' ? 1 : 0;
    minute.transferred += leg.Transferred;
    minute.waitSeconds += leg.WaitDuration;
    minute.talkSeconds += leg.ConvDuration;
  }
  return counts;
}

function fromCalls(calls: Iterable<OdCallsRow>): Map<number, MinuteCounts> {
  const counts = new Map<number, MinuteCounts>();
  for (const call of calls) {
    const minute = at(counts, minuteOf(call.CallUniversalTime));
    const answered = call.FirstAgent > 0;
    minute.offered += 1;
    if (call.FirstQueue === 0 || call.Closed === 1) continue;
    const queue = queues.get(call.FirstQueue);
    minute.queued += 1;
    minute.answered += answered ? 1 : 0;
    minute.answeredInTarget += answered && call.WaitDuration <= (queue?.targetSeconds ?? 0) ? 1 : 0;
    minute.handled += answered ? 1 : 0;
    minute.transferred += answered && call.LastTransfer !== '' ? 1 : 0;
    minute.abandoned += call.Abandon ?? 0;
    minute.shortAbandoned += call.Abandon === 1 && call.WaitDuration <= (queue?.shortAbandonSeconds ?? 0) ? 1 : 0;
    minute.overflowed += call.Overflow ?? 0;
    minute.noAgent += call.NoAgent ?? 0;
    minute.waitSeconds += call.WaitDuration;
    minute.talkSeconds += call.ConvDuration;
  }
  return counts;
}

describe('the counters of the floor', () => {
  it('are what the rows say, minute by minute', () => {
    const calls = new Map<string, OdCallsRow>();
    const legs = new Map<string, LegsRow>();
    const observers: FloorCounters[] = [];
    simulateDay({
      centre, configuration, seed: 11, day: '2026-03-02',
      observe: (clock) => {
        const counters = new FloorCounters(clock, configuration);
        observers.push(counters);
        return counters;
      },
      rows: ({ kind, row }) => {
        // Those who are called are not among those who call.
        if (kind === 'od-calls' && row.CallType === 1) calls.set(row.ID, { ...row });
        if (kind === 'legs' && calls.has(row.CallID)) legs.set(`${row.CallID}/${row.Leg}`, { ...row });
      },
    });
    const [kept] = observers;
    if (!kept) throw new Error('no counters');
    const byQueue = new Map([...kept.byQueue].flatMap(([queue, minutes]) => [...minutes].map(([minute, counts]): [string, MinuteCounts] => [`${queue} ${minute}`, counts])));
    expect(sorted(byQueue)).toEqual(sorted(fromLegs(legs.values())));
    expect(sorted(kept.calls)).toEqual(sorted(fromCalls(calls.values())));
    const total = [...kept.calls.values()];
    for (const figure of ['answered', 'abandoned', 'shortAbandoned', 'overflowed', 'transferred', 'talkSeconds'] as const)
      expect({ figure, seen: total.some((counts) => counts[figure] > 0) }).toEqual({ figure, seen: true });
  });
});

function sorted<K extends string | number>(counts: Map<K, MinuteCounts>): [K, MinuteCounts][] {
  return [...counts].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}
