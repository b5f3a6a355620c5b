import { beforeAll, expect, it } from 'vitest';
import { END_REASONS, type OdActionsRow, type OdCallsRow } from '../rows.ts';
import { buildConfiguration } from './build-configuration.ts';
import { loadCentre } from './load-centre.ts';
import { Roster } from './roster.ts';
import { simulateDay } from './simulate.ts';
import { ZoneTime } from './zone-time.ts';

const DAY = '2026-03-05';
const DAY_MS = 86_400_000;
const centre = loadCentre();
const configuration = buildConfiguration(centre);
const [predictive, progressive, preview] = configuration.campaigns.filter(({ direction }) => direction === 'outbound').map(({ did }) => did);
const statuses = new Map(configuration.statuses.map(({ tenant, group, num, outcome }) => [`${tenant} ${group}/${num}`, outcome]));
const tenants = new Map(configuration.tenants.map(({ id, customerNumber }) => [customerNumber, id]));

const calls = new Map<string, OdCallsRow>();
const actions: OdActionsRow[] = [];
let dialed = 0;
const of = (did: string | undefined): OdCallsRow[] => [...calls.values()].filter(({ FirstCampaign, CallType }) => CallType === 2 && FirstCampaign === did);
const passed = (did: string | undefined): OdCallsRow[] => of(did).filter(({ FirstAgent }) => FirstAgent > 0);

beforeAll(() => {
  const { dials } = simulateDay({
    centre, configuration, seed: 7, day: DAY,
    rows: ({ kind, row }) => {
      if (kind === 'od-calls') calls.set(row.ID, { ...row });
      else if (kind === 'od-actions') actions.push({ ...row });
    },
  });
  dialed = dials;
});

it('every campaign dials, and every dial has its row, ended', () => {
  expect(configuration.campaigns.filter(({ direction }) => direction === 'outbound').map(({ outbound }) => outbound?.mode)).toEqual(['predictive', 'progressive', 'preview']);
  expect(of(predictive).length + of(progressive).length + of(preview).length).toBe(dialed);
  expect([of(predictive).length > 3_000, of(progressive).length > 800, of(preview).length > 300]).toEqual([true, true, true]);
  expect([...calls.values()].filter(({ Abandon }) => Abandon === null)).toEqual([]);
});

it('people answer as their campaign says, and few find nobody', () => {
  const [reached, nuisances] = [passed(predictive), of(predictive).filter(({ Abandon, FirstAgent }) => Abandon === 1 && FirstAgent === 0)];
  expect(reached.length / of(predictive).length).toBeGreaterThan(0.12);
  expect(reached.length / of(predictive).length).toBeLessThan(0.25);
  expect(nuisances.length).toBeGreaterThan(0);
  expect(nuisances.length / (nuisances.length + reached.length)).toBeLessThan(0.03);
  expect(passed(progressive).length / of(progressive).length).toBeGreaterThan(0.25);
  expect([...of(progressive), ...of(preview)].filter(({ Abandon }) => Abandon === 1)).toEqual([]);
  const by = (num: number): number => of(predictive).filter(({ CallStatusGroup, CallStatusNum }) => CallStatusGroup === 0 && CallStatusNum === num).length;
  for (const num of [90, 91, 92, 93]) expect({ num, seen: by(num) > 0 }).toEqual({ num, seen: true });
  expect(by(92)).toBeGreaterThan(by(93));
});

it('nobody is called outside the hours, nor by a number that is not of the campaign', () => {
  for (const { did, outbound, site } of configuration.campaigns.filter(({ direction }) => direction === 'outbound')) {
    const zone = new ZoneTime(configuration.sites.find(({ id }) => id === site)?.zone ?? '');
    const own = centre.outbound.find((each) => each.did === did);
    const hours = configuration.calendars.find(({ id }) => id === outbound?.calendar)?.weekdays['4'] ?? [];
    expect(hours).toHaveLength(2);
    for (const { CallUniversalTime, OutDialed } of of(did)) {
      const startedMs = Date.parse(`${CallUniversalTime.replace(' ', 'T')}Z`);
      const local = new Date(startedMs + zone.offsetMs(startedMs)).toISOString().slice(11, 16);
      expect({ local, open: hours.some(({ from, to }) => from <= local && local < to) }).toEqual({ local, open: true });
      expect(own?.contacts.prefixes.some((prefix) => OutDialed.includes(prefix))).toBe(true);
    }
  }
});

it('no contact has more attempts than it may, and some have several', () => {
  const attempts = new Map<string, number>();
  for (const { OutDialed } of [...of(predictive), ...of(progressive), ...of(preview)]) attempts.set(OutDialed, (attempts.get(OutDialed) ?? 0) + 1);
  expect(Math.max(...attempts.values())).toBeLessThanOrEqual(4);
  expect([...attempts.values()].filter((count) => count > 1).length).toBeGreaterThan(100);
});

it('agents qualify with the words of their campaign, of every class', () => {
  for (const did of [predictive, progressive, preview]) {
    const classes = new Map<string, number>();
    for (const { CustomerID, CallStatusGroup, CallStatusNum } of passed(did)) {
      const outcome = statuses.get(`${tenants.get(CustomerID)} ${CallStatusGroup}/${CallStatusNum}`) ?? 'unqualified';
      classes.set(outcome, (classes.get(outcome) ?? 0) + 1);
    }
    for (const outcome of [did === preview ? 'appointment' : 'positive', 'argued', 'not-argued']) expect({ did, outcome, seen: (classes.get(outcome) ?? 0) > 5 }).toEqual({ did, outcome, seen: true });
    expect((classes.get('unqualified') ?? 0) / passed(did).length).toBeLessThan(0.15);
  }
  // With an agent on the line, the agent hears the machine.
  expect(passed(preview).filter(({ CallStatusGroup, CallStatusNum, EndReason }) => CallStatusGroup === 0 && CallStatusNum === 93 && EndReason === END_REASONS.agent).length).toBeGreaterThan(20);
});

it('agents dial and look up, take their breaks, and go home in time', () => {
  const campaignAgents = new Set(configuration.agents.filter(({ skills }) => skills.some(({ queue }) => centre.outbound.some((each) => each.queue === queue))).map(({ number }) => number));
  const hours = (state: number, agents: ReadonlySet<number> = campaignAgents): number => actions.reduce((sum, { OriginatorID, State, Duration }) => sum + (agents.has(OriginatorID) && State === state ? Duration : 0), 0) / 3_600_000;
  // Preview, dialing, talk, wrap-up, pause.
  for (const state of [7, 8, 3, 5, 6]) expect({ state, hours: hours(state) > 2 }).toEqual({ state, hours: true });
  // Predictive dialing with few agents: talk and wrap-up, in a simulation that decides half as often as a live floor.
  const predicted = new Set(configuration.agents.filter(({ skills }) => skills.some(({ queue }) => queue === 151)).map(({ number }) => number));
  const busy = hours(3, predicted) + hours(5, predicted);
  expect(busy / (busy + hours(1, predicted))).toBeGreaterThan(0.7);
  const duties = new Roster(centre, 7).of(Date.parse(DAY) / DAY_MS).filter(({ person }) => campaignAgents.has(person.agent.number));
  expect(duties.length).toBeGreaterThan(12);
  for (const { person, toMs, pauses } of duties) {
    const own = actions.filter(({ OriginatorID }) => OriginatorID === person.agent.number);
    const lateMs = Math.max(...own.filter(({ State }) => State === 0).map(({ ActionUniversalTimeString }) => instantOf(ActionUniversalTimeString))) - toMs;
    expect({ agent: person.agent.number, late: lateMs > 15 * 60_000 }).toEqual({ agent: person.agent.number, late: false });
    const taken = own.filter(({ State, Duration }) => State === 6 && Duration > 4 * 60_000).length;
    expect({ agent: person.agent.number, taken: taken >= pauses.length - 1 }).toEqual({ agent: person.agent.number, taken: true });
  }
});

it('blended agents take calls of callers too', () => {
  const blended = new Set(configuration.agents.filter(({ skills }) => skills.some(({ queue }) => queue === 152 || queue === 251) && skills.length > 1).map(({ number }) => number));
  expect([...calls.values()].filter(({ CallType, FirstAgent }) => CallType === 1 && blended.has(FirstAgent)).length).toBeGreaterThan(3);
});

function instantOf(compact: string): number {
  const [, year, month, day, hour, minute, second, ms] = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d{3})$/.exec(compact) ?? [];
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}.${ms}Z`);
}
