import { expect, it } from 'vitest';
import { loadCentre } from './load-centre.ts';
import { Roster } from './roster.ts';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const MONDAY = Math.floor(Date.UTC(2026, 2, 2) / DAY_MS);
const centre = loadCentre();
const roster = new Roster(centre, 7);
const whole = (day: number) => roster.planned(day * DAY_MS, (day + 1) * DAY_MS);

it('every duty has a planned shift, about its time; some planned shifts have no duty', () => {
  const planned = roster.planned((MONDAY - 1) * DAY_MS, (MONDAY + 3) * DAY_MS);
  const duties = roster.of(MONDAY);
  expect(duties.length).toBeGreaterThan(60);
  const { loginSpreadSeconds, logoutSpreadSeconds } = centre.agentBehaviour;
  for (const { person, fromMs, toMs, pauses } of duties) {
    const shift = planned.find((each) => each.person === person && Math.abs(each.fromMs - fromMs) <= loginSpreadSeconds * 1000);
    expect(shift, `agent ${person.agent.number}`).toBeDefined();
    expect(Math.abs((shift?.toMs ?? 0) - toMs)).toBeLessThanOrEqual(logoutSpreadSeconds * 1000);
    expect(shift?.pauses.map(({ reason }) => reason)).toEqual(pauses.map(({ reason }) => reason));
    for (const [index, pause] of pauses.entries()) expect(Math.abs((shift?.pauses[index]?.fromMs ?? 0) - pause.fromMs)).toBeLessThanOrEqual(loginSpreadSeconds * 1000 + 2.5 * MINUTE_MS);
  }
  const monday = planned.filter(({ fromMs }) => roster.people.length > 0 && fromMs >= MONDAY * DAY_MS && fromMs < (MONDAY + 1) * DAY_MS);
  expect(monday.length).toBeGreaterThan(duties.filter(({ fromMs }) => fromMs >= MONDAY * DAY_MS && fromMs < (MONDAY + 1) * DAY_MS).length);
});

it('shifts are planned to the minute of the local clock, pauses inside them and to five minutes', () => {
  for (const { fromMs, toMs, pauses } of whole(MONDAY)) {
    expect([fromMs % (5 * MINUTE_MS), toMs % (5 * MINUTE_MS)]).toEqual([0, 0]);
    for (const pause of pauses) {
      expect((pause.fromMs - fromMs) % (5 * MINUTE_MS)).toBe(0);
      expect(pause.fromMs).toBeGreaterThan(fromMs);
      expect(pause.toMs).toBeLessThan(toMs);
    }
  }
});

it('the same seed plans the same, whatever range is asked; another seed plans other pauses', () => {
  const week = new Roster(loadCentre(), 7).planned((MONDAY - 3) * DAY_MS, (MONDAY + 4) * DAY_MS);
  const plain = (shifts: ReturnType<typeof whole>) => shifts.map(({ person, ...shift }) => ({ agent: person.agent.number, ...shift }));
  const touching = week.filter(({ fromMs, toMs }) => fromMs < (MONDAY + 1) * DAY_MS && toMs > MONDAY * DAY_MS);
  expect(plain(whole(MONDAY))).toEqual(plain(touching));
  expect(plain(new Roster(centre, 8).planned(MONDAY * DAY_MS, (MONDAY + 1) * DAY_MS))).not.toEqual(plain(whole(MONDAY)));
});

it('a night shift is told for both its days, and local time holds when the clocks change', () => {
  const nights = whole(MONDAY).filter(({ fromMs }) => fromMs < MONDAY * DAY_MS);
  expect(nights.length).toBeGreaterThan(0);
  for (const night of nights) expect(whole(MONDAY - 1)).toContainEqual(night);
  const firstInParis = (day: number) => Math.min(...whole(day).filter(({ person }) => person.agent.site === 'lille').map(({ fromMs }) => fromMs)) % DAY_MS;
  const summer = Math.floor(Date.UTC(2026, 3, 6) / DAY_MS);
  expect(firstInParis(MONDAY) - firstInParis(summer + 1)).toBe(60 * MINUTE_MS);
});
