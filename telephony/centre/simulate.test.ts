import { describe, expect, it } from 'vitest';
import type { EmittedRow, LegsRow, OdActionsRow, OdCallsRow } from '../rows.ts';
import { buildConfiguration } from './build-configuration.ts';
import { loadCentre } from './load-centre.ts';
import { simulateDay, simulateDays } from './simulate.ts';

const centre = loadCentre();
const configuration = buildConfiguration(centre);

interface Lived {
  calls: Map<string, OdCallsRow>;
  legs: Map<string, LegsRow>;
  actions: OdActionsRow[];
}

function keep(into: Lived): (emitted: EmittedRow) => void {
  return ({ kind, row }) => {
    if (kind === 'od-calls') into.calls.set(row.ID, { ...row });
    else if (kind === 'od-actions') into.actions.push({ ...row });
    else into.legs.set(`${row.CallID}/${row.Leg}`, { ...row });
  };
}

function groupBy<T>(values: Iterable<T>, key: (value: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const value of values) groups.set(key(value), [...(groups.get(key(value)) ?? []), value]);
  return groups;
}

const empty = (): Lived => ({ calls: new Map(), legs: new Map(), actions: [] });

function day(date: string, untilMs?: number): Lived {
  const lived = empty();
  simulateDay({ centre, configuration, seed: 7, day: date, untilMs, campaigns: false, rows: keep(lived) });
  return lived;
}

const seconds = (lived: Lived, ...states: number[]): number => lived.actions.filter(({ State }) => states.includes(State)).reduce((sum, { Duration }) => sum + Duration / 1000, 0);

describe('an ordinary week', () => {
  const days = ['2026-03-03', '2026-03-05', '2026-03-07', '2026-03-08'].map((date) => day(date));

  it('is a believable centre', () => {
    for (const lived of days) {
      const fates = [...lived.legs.values()].filter(({ Outcome, Queue }) => Queue > 0 && Outcome !== 'rerouted' && Outcome !== 'closed');
      const targets = new Map(configuration.queues.map(({ number, targetSeconds }) => [number, targetSeconds]));
      const inTarget = fates.filter(({ Outcome, WaitDuration, Queue }) => Outcome === 'answered' && WaitDuration <= (targets.get(Queue) ?? 0)).length;
      const busy = seconds(lived, 3, 4, 5);
      expect(lived.calls.size).toBeGreaterThan(5_000);
      expect(lived.calls.size).toBeLessThan(15_000);
      expect(inTarget / fates.length).toBeGreaterThan(0.65);
      // Agents of the campaigns, for whom nothing is dialed here, help out.
      expect(inTarget / fates.length).toBeLessThan(0.94);
      expect(fates.filter(({ Outcome }) => Outcome === 'abandoned').length / fates.length).toBeLessThan(0.1);
      expect(busy / (busy + seconds(lived, 1))).toBeGreaterThan(0.5);
      expect([...lived.legs.values()].filter(({ Outcome }) => Outcome === 'rerouted').length / fates.length).toBeLessThan(0.01);
      expect(fates.some(({ Outcome }) => Outcome === 'overflowed')).toBe(true);
      expect([...lived.legs.values()].some(({ Transferred }) => Transferred === 1)).toBe(true);
    }
  });

  it('follows the weekday, and who gave up tries again', () => {
    const [tuesday, , , sunday] = days.map(({ calls }) => calls.size);
    expect(tuesday).toBeGreaterThan(1.1 * (sunday ?? 0));
    for (const { calls } of days) {
      const comesBack = ({ ANI, CallUniversalTime }: { ANI: string; CallUniversalTime: string }): boolean => {
        const within = (other: string): boolean => Date.parse(other) > Date.parse(CallUniversalTime) && Date.parse(other) - Date.parse(CallUniversalTime) < 3_600_000;
        return (byCaller.get(ANI) ?? []).some((call) => within(call.CallUniversalTime));
      };
      const byCaller = groupBy(calls.values(), ({ ANI }) => ANI);
      const share = (abandon: number): number => {
        const of = [...calls.values()].filter(({ Abandon, FirstQueue }) => Abandon === abandon && FirstQueue > 0);
        return of.filter(comesBack).length / of.length;
      };
      expect(share(1)).toBeGreaterThan(0.15);
      expect(share(1)).toBeGreaterThan(3 * share(0));
    }
  });

  it('is alive at every hour of every day', () => {
    for (const lived of days) {
      const hours = groupBy(lived.calls.values(), ({ CallUniversalTime }) => CallUniversalTime.slice(11, 13));
      expect(hours.size).toBe(24);
      for (const calls of hours.values()) expect(calls.filter(({ FirstAgent }) => FirstAgent > 0).length).toBeGreaterThan(15);
    }
  });

  it('ends every call and logs everybody out, within the day', () => {
    for (const lived of days) {
      expect([...lived.calls.values()].every(({ Abandon }) => Abandon !== null)).toBe(true);
      const sessions = groupBy(lived.actions, ({ SessionId }) => SessionId);
      for (const actions of sessions.values()) expect(actions.filter(({ State }) => State === 0)).toHaveLength(2);
      const first = lived.actions.map(({ ActionUniversalTimeString }) => ActionUniversalTimeString.slice(0, 8));
      expect(new Set(first).size).toBe(1);
    }
  });

  it('has its own ids every day', () => {
    const ids = days.flatMap(({ calls }) => [...calls.keys()]);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('a day that is not over', () => {
  it('has the arrivals and the people of the whole day, up to then', () => {
    const whole = day('2026-03-03');
    const untilMs = Date.parse('2026-03-03T10:00:00Z');
    const part = day('2026-03-03', untilMs);
    const starts = (lived: Lived): string[] => [...lived.calls.values()].map(({ CallUniversalTime }) => CallUniversalTime).filter((time) => time < '2026-03-03 09:59:40');
    expect(starts(part)).toEqual(starts(whole));
    expect([...part.calls.values()].every(({ CallUniversalTime }) => CallUniversalTime < '2026-03-03 10:00:00')).toBe(true);
    expect([...part.calls.values()].every(({ Abandon }) => Abandon !== null)).toBe(true);
  });
});

describe('days on end', () => {
  it('reports its progress and lets calls and shifts cross midnight', async () => {
    const lived = empty();
    const seen: number[] = [];
    const result = await simulateDays({
      centre, configuration, seed: 7, from: '2026-03-03', days: 2,
      rows: keep(lived),
      onProgress: ({ done }) => void seen.push(done),
    });
    expect(seen).toHaveLength(48);
    expect(seen.at(-1)).toBe(1);
    expect([...lived.calls.values()].filter(({ CallType }) => CallType === 1)).toHaveLength(result.calls);
    expect(lived.calls.size).toBe(result.calls + result.dials);
    const midnight = [...lived.calls.values()].filter(({ CallUniversalTime, Duration }) => {
      const start = Date.parse(`${CallUniversalTime.replace(' ', 'T')}Z`);
      return new Date(start).getUTCDate() === 3 && new Date(start + Duration * 1000).getUTCDate() === 4;
    });
    expect(midnight.length).toBeGreaterThan(0);
  });

  it('refuses a date that is none', () => {
    expect(() => simulateDay({ centre, configuration, seed: 1, day: '2026-3-1', rows: null })).toThrow('2026-3-1');
  });
});
