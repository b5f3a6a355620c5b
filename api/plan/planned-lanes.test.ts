import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { serveApi } from '../fixtures/serve.ts';
import { DAY, serveFloor, type ServedFloor } from '../fixtures/served-floor.ts';

/** Douala's day; the floor lived from 8:00 to 9:30 there. */
const DAY_FROM = '2026-03-01T23:00:00.000Z';
const NOW = '2026-03-02T08:30:00.000Z';
const FIELDS = 'agent agentName teams spans { state endedAt } planned { kind reason startsAt endsAt deviations { kind startedAt endedAt seconds } } scheduledSeconds adherentSeconds adherence';
const answerSchema = z.object({ agentTimeline: z.array(z.object({
  agent: z.string(), agentName: z.string(), teams: z.array(z.string()), spans: z.array(z.object({ state: z.string(), endedAt: z.string() })),
  planned: z.array(z.object({ kind: z.enum(['WORK', 'PAUSE']), reason: z.string(), startsAt: z.string(), endsAt: z.string(), deviations: z.array(z.object({ kind: z.string(), startedAt: z.string(), endedAt: z.string(), seconds: z.number() })) })),
  scheduledSeconds: z.number(), adherentSeconds: z.number(), adherence: z.number().nullable(),
})) });

let floor: ServedFloor;
beforeAll(async () => { floor = await serveFloor(); });
afterAll(() => floor.close());

const ask = async (args = '', day = DAY) => answerSchema.parse(await floor.data(`{ agentTimeline(${day}, zone: "Africa/Douala"${args}) { ${FIELDS} } }`)).agentTimeline;

test("a lane's plan is the roster's, cut to the day, without holes", async () => {
  const lanes = await ask();
  const shifts = await floor.real.plan.shifts(Date.parse(DAY_FROM), Date.parse(DAY_FROM) + 86_400_000);
  expect(new Set(lanes.filter(({ planned }) => planned.length > 0).map(({ agent }) => agent))).toEqual(new Set(shifts.map(({ agent }) => agent)));
  const shift = shifts.find(({ fromMs, pauses }) => fromMs > Date.parse(DAY_FROM) && pauses.length >= 2);
  const planned = lanes.find(({ agent }) => agent === shift?.agent)?.planned ?? [];
  expect([planned[0]?.startsAt, planned.at(-1)?.endsAt]).toEqual([shift, shift].map((each, end) => new Date((end ? each?.toMs : each?.fromMs) ?? 0).toISOString()));
  expect(planned.filter(({ kind }) => kind === 'PAUSE').map(({ reason }) => reason)).toEqual(shift?.pauses.map(({ reason }) => reason));
  for (const [index, next] of planned.slice(1).entries()) expect(next.startsAt).toBe(planned[index]?.endsAt);
  expect(lanes.map(({ agentName }) => agentName)).toEqual(lanes.map(({ agentName }) => agentName).toSorted((a, b) => a.localeCompare(b, 'fr')));
});

test('who works as planned is in adherence, with the state at hand; before the floor ran nobody is late', async () => {
  const lanes = await ask();
  const early = lanes.filter(({ planned, spans }) => spans.length > 0 && (planned[0]?.startsAt ?? NOW) < '2026-03-02T06:00:00.000Z' && (planned.at(-1)?.endsAt ?? '') > NOW);
  expect(early.length).toBeGreaterThan(10);
  for (const { scheduledSeconds } of early) expect(scheduledSeconds).toBeLessThanOrEqual(90 * 60);
  const [scheduled, adherent] = [early.reduce((sum, lane) => sum + lane.scheduledSeconds, 0), early.reduce((sum, lane) => sum + lane.adherentSeconds, 0)];
  expect(scheduled / early.length).toBeGreaterThan(85 * 60);
  expect(adherent / scheduled).toBeGreaterThan(0.8);
  const told = lanes.flatMap(({ planned }) => planned.flatMap(({ deviations }) => deviations));
  expect(told.length).toBeGreaterThan(5);
  for (const { kind, startedAt, endedAt, seconds } of told) {
    // The quarter-hour in which the floor began tells nothing of who was not there.
    expect([kind, startedAt >= (/LATE|AWAY|EARLY|ABSENT/.test(kind) ? '2026-03-02T07:15:00.000Z' : '2026-03-02T07:00:00.000Z'), endedAt <= NOW]).toEqual([kind, true, true]);
    expect(seconds).toBeGreaterThanOrEqual(60);
  }
});

test('who has not come has a lane, and is late until the shift is over; who comes later has no figure yet', async () => {
  const lanes = await ask();
  const missing = lanes.filter(({ spans, planned }) => spans.length === 0 && planned.some(({ startsAt, endsAt }) => startsAt < '2026-03-02T08:00:00.000Z' && endsAt > '2026-03-02T07:30:00.000Z'));
  const live = floor.real.floor.automaton.live.snapshot().agents;
  const absent = missing.filter(({ agent }) => (live[agent]?.state ?? 'logged_out') === 'logged_out');
  expect(absent.length).toBeGreaterThan(0);
  for (const { adherence, planned } of absent) {
    const told = planned.flatMap(({ deviations }) => deviations);
    expect([adherence, new Set(told.map(({ kind }) => kind)), told.at(-1)?.endedAt]).toEqual([0, new Set(['LATE']), NOW]);
  }
  const later = lanes.filter(({ planned }) => (planned[0]?.startsAt ?? DAY_FROM) > NOW);
  expect(later.length).toBeGreaterThan(10);
  for (const { adherence, scheduledSeconds, planned } of later) expect([adherence, scheduledSeconds, planned.flatMap(({ deviations }) => deviations)]).toEqual([null, 0, []]);
});

test('a day that was not lived has a plan and no figure: never a wrong zero', async () => {
  const lanes = await ask('', 'from: "2026-02-25", to: "2026-02-26"');
  expect(lanes.length).toBeGreaterThan(60);
  for (const { adherence, planned } of lanes) expect([adherence, planned.flatMap(({ deviations }) => deviations)]).toEqual([null, []]);
});

test('filters hold for those who never came, too', async () => {
  const [some] = (await ask()).filter(({ spans }) => spans.length === 0);
  expect((await ask(`, agent: ["${some?.agent}"]`)).map(({ agent }) => agent)).toEqual([some?.agent]);
  const team = some?.teams[0];
  const lanes = await ask(`, team: ["${team}"]`);
  expect(lanes.map(({ agent }) => agent)).toContain(some?.agent);
  expect(new Set(lanes.flatMap(({ teams }) => teams))).toEqual(new Set([team]));
  expect(await ask(', tenant: ["sereno"], site: ["douala"]')).toEqual([]);
});

test('a range longer than a week has no plan', async () => {
  const lanes = await ask('', 'from: "2026-03-01", to: "2026-04-01"');
  expect(lanes.length).toBeGreaterThan(20);
  for (const { planned, adherence, spans } of lanes) expect([planned, adherence, spans.length > 0]).toEqual([[], null, true]);
});

test('where nobody plans, nothing is planned', async () => {
  const unplanned = await serveApi(floor.warehouse, { live: floor.real.live, directory: floor.real.directory, clock: floor.real.clock });
  const { body } = await unplanned.ask(`{ agentTimeline(${DAY}, zone: "Africa/Douala") { ${FIELDS} } }`);
  await unplanned.close();
  const lanes = answerSchema.parse(body.data).agentTimeline;
  expect(lanes.length).toBeGreaterThan(20);
  for (const { planned, adherence, scheduledSeconds } of lanes) expect([planned, adherence, scheduledSeconds]).toEqual([[], null, 0]);
});
