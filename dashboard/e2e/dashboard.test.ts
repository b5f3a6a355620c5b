import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, expect, test } from 'vitest';
import { z } from 'zod';
import { loadCentre } from '../../telephony/centre/load-centre.ts';
import { openStore } from '../../warehouse/operational/store.ts';
import { overflow, seriousFindings } from './look.ts';
import { readersOf } from './readers.ts';

const folder = mkdtempSync(join(tmpdir(), 'vigie-dashboard-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const readers = readersOf({ environment: { VIGIE_CENTRE: centreWithWatch(join(folder, 'centre.json')) } });
const { open } = readers;

/** At whatever hour the tests run somebody is ready: two who wait through days and nights, at night for a queue that is closed. The last team: all others are as ever. */
function centreWithWatch(file: string): string {
  const centre = loadCentre();
  writeFileSync(file, JSON.stringify({
    ...centre, shifts: [...centre.shifts, { id: 'veille', from: '00:00', to: '00:00', pauses: [] }],
    teams: [...centre.teams, { id: 'veille', name: 'Veille', site: 'douala', tenant: 'ocm', firstNumber: 2901, agents: 2, shifts: ['veille'], daysOff: [[]], skills: [{ queue: 106, levels: [1, 1], share: 1 }] }],
  }));
  return file;
}

const board = (page: Page) => page.getByTestId('board');

test('the board moves', async () => {
  const { page, complaints } = await open('/');
  await board(page).waitFor({ timeout: 30_000 });
  const first = await board(page).getAttribute('data-at');
  await page.waitForFunction((before) => document.querySelector('[data-testid=board]')?.getAttribute('data-at') !== before, first, { timeout: 20_000 });
  expect(complaints).toEqual([]);
});

/** In both languages and themes, wide and narrow: what a reader must see is there, without a serious finding of axe or a complaint of the page. */
async function expectEveryLook(path: string, sign: string): Promise<void> {
  for (const look of [{ locale: 'fr-FR', scheme: 'light', width: 1440 }, { locale: 'en-GB', scheme: 'dark', width: 390 }] as const) {
    const { page, complaints } = await open(path, look);
    await page.locator('main h1').first().waitFor({ state: 'attached', timeout: 30_000 });
    await page.getByTestId(sign).first().waitFor({ timeout: 30_000 });
    expect(await page.evaluate(() => document.documentElement.lang)).toBe(look.locale.slice(0, 2));
    expect(await seriousFindings(page)).toEqual([]);
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    expect(complaints).toEqual([]);
    await readers.leave();
  }
}

test.each([['/', 'board'], ['/kpi?by=queue,day&vs=previous-week', 'totals'], ['/calls?range=last-7', 'total'], ['/agents', 'lanes'], ['/dialer', 'campaigns'], ['/dialer/237690009100', 'campaign'], ['/dialer/what-if?contacts=300&agents=5&run=1', 'study-table']] as const)('%s: both languages, both themes, wide and narrow, without serious axe findings', expectEveryLook, 180_000);

test('a call and an agent’s day have pages of their own, as good as the others', async () => {
  const { page } = await open('/calls?range=last-7&fate=ANSWERED');
  await page.getByTestId('call-row').first().click({ timeout: 30_000 });
  const details = page.getByTestId('call-details');
  const agent = await details.locator('a[href^="/agents/"]').first().getAttribute('href', { timeout: 30_000 });
  const call = await page.locator('a[aria-label][href^="/calls/"]').first().getAttribute('href');
  expect([call, agent]).toEqual([expect.stringMatching(/^\/calls\/\w+\/[0-9A-F]{32}/), expect.stringMatching(/^\/agents\/\d+/)]);
  await readers.leave();
  await expectEveryLook(call ?? '', 'call-details');
  await expectEveryLook(agent ?? '', 'agent-day');
}, 180_000);

const laneAnswer = z.object({ data: z.object({ agentTimeline: z.array(z.object({ agent: z.string(), adherence: z.number().nullable(), planned: z.array(z.object({ kind: z.string(), deviations: z.array(z.object({ kind: z.string() })) })) })) }) });

/** The lanes of a day that the first history has filled, and that nothing is added to any more. */
async function lanesOf(day: string, next: string) {
  let before = '';
  for (let attempt = 0; attempt < 45; attempt++) {
    const lanes = await lanesFrom(day, next);
    if (lanes.filter(({ adherence }) => adherence !== null && adherence > 0.5).length > 20 && JSON.stringify(lanes) === before) return lanes;
    before = JSON.stringify(lanes);
    await new Promise((done) => { setTimeout(done, 2000); });
  }
  throw new Error(`nothing of ${day} was measured in a minute and a half`);
}

async function lanesFrom(day: string, next: string) {
  const query = `{ agentTimeline(from: "${day}", to: "${next}", zone: "Africa/Douala") { agent adherence planned { kind deviations { kind } } } }`;
  const response = await fetch(`${readers.program.address}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json', 'x-graphql-yoga-csrf': '1' }, body: JSON.stringify({ query }) });
  return laneAnswer.parse(await response.json()).data.agentTimeline;
}

test('an agent’s day stands under its plan, told in words too, with the adherence of the api', async () => {
  const local = new Intl.DateTimeFormat('en-CA', { timeZone: 'Africa/Douala' });
  const nowMs = Date.now();
  const [day, next] = [local.format(nowMs - 86_400_000), local.format(nowMs)];
  const lane = (await lanesOf(day, next)).find(({ adherence, planned }) => adherence !== null && adherence > 0.5 && planned.some(({ deviations }) => deviations.some(({ kind }) => kind === 'PAUSE_OVERRUN')));
  const { page, complaints } = await open(`/agents/${lane?.agent}?zone=Africa/Douala&range=${day}..${day}`);
  const figure = page.getByTestId('adherence');
  await figure.waitFor({ timeout: 30_000 });
  expect(Number(await figure.getAttribute('data-raw'))).toBe(lane?.adherence);
  await figure.focus();
  await page.getByRole('tooltip').filter({ hasText: 'Adhérence au planning' }).waitFor();
  const stretches = page.getByTestId('plan-table').locator('tbody tr');
  expect(await stretches.count()).toBe(lane?.planned.length);
  expect(await page.getByTestId('plan-table').locator('[data-deviation]').count()).toBe(lane?.planned.flatMap(({ deviations }) => deviations).length);
  await page.getByTestId('plan-table').getByText('Pause dépassée').first().waitFor();
  const work = page.getByTestId('plan').locator('path[data-look=work]');
  expect(await work.count()).toBe(1);
  // In the middle of its first stretch: that of the lane may be between two shifts.
  const [, from, width] = /^M([\d.]+) \d+h([\d.]+)/.exec(await work.getAttribute('d') ?? '') ?? [];
  const box = await page.getByTestId('plan').boundingBox();
  if (!box) throw new Error('the plan is not drawn');
  await page.getByTestId('plan').hover({ force: true, position: { x: ((Number(from) + Number(width) / 2) / 1000) * box.width, y: box.height / 2 } });
  await page.getByText(/^Prévu : /).waitFor();
  await page.getByRole('link', { name: 'Agents' }).first().click();
  await page.getByTestId('lanes').getByText(/adhérence \d/).first().waitFor({ timeout: 30_000 });
  expect(complaints).toEqual([]);
}, 180_000);

test('a server that does not answer is said on every page, until it does', async () => {
  const { page } = await open('/nothing-here');
  await page.getByRole('heading', { name: 'Page introuvable', level: 1 }).waitFor({ state: 'attached' });
  expect(await seriousFindings(page)).toEqual([]);
  await page.route('**/graphql', (route) => route.abort());
  await page.goto(`${readers.program.address}/kpi`);
  const said = page.getByRole('alert').filter({ hasText: 'Le serveur ne répond pas' });
  await said.waitFor();
  expect(await seriousFindings(page)).toEqual([]);
  await page.unroute('**/graphql');
  await said.waitFor({ state: 'detached', timeout: 20_000 });
  await page.getByTestId('totals').waitFor();
});

test('a script that the server did not sign does not run', async () => {
  const { page, complaints } = await open('/');
  await board(page).waitFor();
  expect(complaints).toEqual([]);
  await page.evaluate(() => { const script = document.createElement('script'); script.textContent = 'window.injected = true'; document.body.append(script); });
  expect(await page.evaluate(() => Reflect.get(window, 'injected'))).toBeUndefined();
  expect(complaints.join()).toMatch(/Content Security Policy/);
});

test('the language is switched and stays after a reload', async () => {
  const { page } = await open('/kpi');
  await page.getByRole('heading', { name: 'Indicateurs', level: 1 }).waitFor();
  await page.getByRole('button', { name: /Switch to English/ }).click();
  await page.getByRole('heading', { name: 'KPI', level: 1 }).waitFor();
  await page.reload();
  await page.getByRole('heading', { name: 'KPI', level: 1 }).waitFor();
  expect(await page.evaluate(() => document.documentElement.lang)).toBe('en');
});

test('a number leads to its calls, and a reload shows the same', async () => {
  const { page } = await open('/kpi?measures=queued,answered&by=queue&range=last-7');
  const cell = page.locator('tbody td[data-measure=queued]').first();
  await cell.waitFor({ timeout: 30_000 });
  const queued = Number(await cell.getAttribute('data-value'));
  expect(queued).toBeGreaterThan(0);
  await cell.getByRole('link').click();
  await page.waitForURL(/\/calls\?.*queue=/);
  const total = page.getByTestId('total');
  await total.waitFor({ timeout: 30_000 });
  const shown = Number(await total.getAttribute('data-value'));
  expect(shown).toBeGreaterThan(0);
  await page.getByTestId('call-row').first().click();
  await page.getByTestId('call-details').waitFor();
  const url = page.url();
  await page.reload();
  await page.getByTestId('call-details').waitFor();
  expect(page.url()).toBe(url);
  await page.keyboard.press('Escape');
  await page.getByTestId('call-details').waitFor({ state: 'detached' });
});

test('keys lead from page to page', async () => {
  const { page } = await open('/');
  await board(page).waitFor();
  await page.keyboard.press('g');
  await page.keyboard.press('c');
  await page.waitForURL(/\/calls/);
  await page.getByTestId('total').waitFor();
  await page.keyboard.press('/');
  expect(await page.evaluate(() => document.activeElement?.hasAttribute('data-search'))).toBe(true);
});

const MEASURES = ['queued', 'answered', 'abandoned', 'service-level', 'abandonment-rate', 'average-handle'];
const kpiAnswer = z.object({ rows: z.array(z.record(z.string(), z.union([z.number(), z.string(), z.null()]))) });
type Shown = Record<string, string>;

/** Every figure in view, unrounded, by its name; read in one go, so that all are of one board. */
const figuresInView = (page: Page): Promise<Shown> => page.evaluate((names) => {
  const shown: Record<string, string> = {};
  for (const figure of document.querySelectorAll('[data-testid^=figure-][data-raw]')) shown[figure.getAttribute('data-testid')?.slice(7) ?? ''] = figure.getAttribute('data-raw') ?? '';
  for (const count of document.querySelectorAll('[data-testid=figure-agents] [data-count]')) shown[`agents ${count.getAttribute('data-count')}`] = count.getAttribute('data-value') ?? '';
  for (const row of document.querySelectorAll('[data-testid^=queue-]')) for (const name of names) shown[`${row.getAttribute('data-testid')?.slice(6)} ${name}`] = row.getAttribute(`data-${name}`) ?? '';
  shown['minute'] = (document.querySelector('[data-testid=board]')?.getAttribute('data-at') ?? '').slice(0, 16);
  return shown;
}, [...MEASURES, 'service-level-30', 'waiting']);

/** Figures that one `vigie kpi` gives, by the names that they have on the page. */
interface Part { names: RegExp; ask: (minute: string) => Promise<Shown> }

/** The same from `vigie kpi`: the day's totals and queues, and the rolling half hour that ends with the running minute. */
const PARTS: Part[] = [
  { names: /^(service-level|abandonment-rate)$/, ask: async (minute) => ofTotals((await kpi(MEASURES, today(minute)))[0], ['service-level', 'abandonment-rate']) },
  { names: new RegExp(`^\\S+ (${MEASURES.join('|')})$`), ask: async (minute) => ofQueues(await kpi(MEASURES, [...today(minute), '--by', 'queue']), MEASURES) },
  { names: /^service-level-30$/, ask: async (minute) => ofTotals((await kpi(['service-level'], rolling(minute)))[0], ['service-level'], '-30') },
  { names: /^\S+ service-level-30$/, ask: async (minute) => ofQueues(await kpi(['service-level'], [...rolling(minute), '--by', 'queue']), ['service-level'], '-30') },
];

/** What is counted now: the live subscription says it. */
const OF_NOW = /^agents |waiting$|^longest$|^minute$/;

type KpiRow = z.infer<typeof kpiAnswer>['rows'][number];

async function kpi(measures: readonly string[], rest: string[]): Promise<KpiRow[]> {
  return kpiAnswer.parse(await readers.program.json('kpi', '--measures', measures.join(','), ...rest, '--zone', 'Africa/Douala')).rows;
}

const endOf = (minute: string): number => Date.parse(`${minute}Z`) + 60_000;
const rolling = (minute: string): string[] => ['--from', new Date(endOf(minute) - 30 * 60_000).toISOString(), '--to', new Date(endOf(minute)).toISOString()];
function today(minute: string): string[] {
  const day = new Intl.DateTimeFormat('en-CA', { timeZone: 'Africa/Douala' });
  return ['--from', day.format(endOf(minute) - 1), '--to', day.format(endOf(minute) - 1 + 86_400_000)];
}
const ofTotals = (row: KpiRow | undefined, names: readonly string[], end = ''): Shown => Object.fromEntries(names.map((name) => [`${name}${end}`, String(row?.[name] ?? '')]));
const ofQueues = (rows: KpiRow[], names: readonly string[], end = ''): Shown => Object.fromEntries(rows.flatMap((row) => names.map((name) => [`${row['queue']} ${name}${end}`, String(row[name] ?? '')])));

/**
 * The board moves on while a command runs, and on a full machine it comes after it: an answer is right when the board
 * shows the same at some moment around it. Wrong figures never meet, however often they are asked.
 */
test('every figure of the day is that of `vigie kpi`', async () => {
  const { page } = await open('/?zone=Africa/Douala');
  await board(page).waitFor();
  const compare = async ({ names, ask }: Part) => {
    const ofPart = (shown: Shown): Shown => Object.fromEntries(Object.entries(shown).filter(([name]) => names.test(name) && !OF_NOW.test(name)));
    const before = await figuresInView(page);
    const answer = await ask(before['minute'] ?? '');
    // A queue without any call has no row: its counts are zero, its ratios have no value.
    const asked = (shown: Shown): Shown => Object.fromEntries(Object.keys(shown).map((name) => [name, answer[name] ?? (/ (queued|answered|abandoned)$/.test(name) ? '0' : '')]));
    let seen = before;
    for (const until = Date.now() + 4_000; Date.now() < until; seen = await figuresInView(page)) {
      const shown = ofPart(seen);
      if (seen['minute'] === before['minute'] && JSON.stringify(shown) === JSON.stringify(asked(shown))) break;
      await page.waitForTimeout(100);
    }
    return { shown: ofPart(seen), asked: asked(ofPart(seen)) };
  };
  const ofTheDay = Object.keys(await figuresInView(page)).filter((name) => !OF_NOW.test(name));
  expect(ofTheDay.filter((name) => PARTS.filter(({ names }) => names.test(name)).length !== 1)).toEqual([]);
  expect(ofTheDay.length).toBeGreaterThanOrEqual(3 + 8 * (MEASURES.length + 1));
  for (const part of PARTS) {
    let both = await compare(part);
    for (const until = Date.now() + 50_000; Date.now() < until && JSON.stringify(both.shown) !== JSON.stringify(both.asked);) both = await compare(part);
    expect(both.shown).toEqual(both.asked);
    expect(Object.keys(both.shown)).not.toEqual([]);
  }
}, 240_000);

/** One board as any other client gets it. */
async function boardOfStream(): Promise<Shown> {
  const query = 'subscription { live(filter: { zone: "Africa/Douala" }) { totals { waiting longestWaitSince agentsReady agentsTalking agentsRinging agentsWrapup agentsPaused } queues { queue waiting } } }';
  const response = await fetch(`${readers.program.address}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json', accept: 'text/event-stream', 'x-graphql-yoga-csrf': '1' }, body: JSON.stringify({ query }) });
  let text = '';
  for await (const chunk of response.body ?? []) {
    text += new TextDecoder().decode(chunk);
    const data = /^data: (\{.*\})$/m.exec(text)?.[1];
    if (!data) continue;
    const { totals, queues } = liveAnswer.parse(JSON.parse(data)).data.live;
    return {
      waiting: String(totals.waiting), longest: totals.longestWaitSince ?? '', 'agents ready': String(totals.agentsReady), 'agents talk': String(totals.agentsTalking + totals.agentsRinging), 'agents wrapup': String(totals.agentsWrapup), 'agents pause': String(totals.agentsPaused),
      ...Object.fromEntries(queues.map(({ queue, waiting }) => [`${queue} waiting`, String(waiting)])),
    };
  }
  throw new Error(`no board in ${text.slice(0, 300)}`);
}
const count = z.number();
const liveAnswer = z.object({ data: z.object({ live: z.object({
  queues: z.array(z.object({ queue: z.string(), waiting: count })),
  totals: z.object({ waiting: count, longestWaitSince: z.string().nullable(), agentsReady: count, agentsTalking: count, agentsRinging: count, agentsWrapup: count, agentsPaused: count }),
}) }) });

/** Boards are shared between subscribers of one filter: the page shows one that was drawn before or after ours. */
test('what is counted now is what the live subscription says', async () => {
  const { page } = await open('/?zone=Africa/Douala');
  await board(page).waitFor();
  let shown: Shown = {};
  let told: Shown = {};
  for (let attempt = 0; attempt < 20; attempt++) {
    const figures = await boardOfStream();
    const before = await figuresInView(page);
    shown = Object.fromEntries(Object.keys(figures).map((name) => [name, before[name] ?? 'not shown']));
    told = figures;
    if (JSON.stringify(shown) === JSON.stringify(told)) break;
  }
  expect(Object.keys(told).length).toBeGreaterThanOrEqual(6 + 8);
  expect(shown).toEqual(told);
}, 120_000);

test('a limit that is changed reaches a page that is open', async () => {
  const { page, complaints } = await open('/');
  await page.evaluate(() => Reflect.set(window, 'sameDocument', true));
  const ready = page.locator('[data-testid^=agent-][data-state=ready]').first();
  const agent = (await ready.getAttribute('data-testid', { timeout: 60_000 }))?.slice(6) ?? '';
  const pause = await fetch(`${readers.program.address}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query: `mutation { forcePause(agent: "${agent}", reason: "superviseur") { __typename } }` }) });
  expect(await pause.json()).toEqual({ data: { forcePause: { __typename: 'CommandDone' } } });
  const time = (verdict: string) => page.locator(`[data-testid=agent-${agent}][data-state=pause] [data-verdict=${verdict}]`).first();
  await time('ok').waitFor({ timeout: 30_000 });
  const store = await openStore({ connection: { host: join(readers.program.data, 'store'), port: 5432 }, maxConnections: 1 });
  try {
    await store.changePauseReason({ code: 'superviseur', from: new Date().toISOString(), limitSeconds: 1 });
  } finally {
    await store.close();
  }
  await time('bad').waitFor({ timeout: 20_000 });
  expect(await page.evaluate(() => Reflect.get(window, 'sameDocument'))).toBe(true);
  expect(complaints).toEqual([]);
}, 120_000);

test('a broken stream is said at once, and the board comes back', async () => {
  const { page } = await open('/');
  await board(page).waitFor();
  await readers.program.stop();
  await page.getByRole('alert').filter({ hasText: 'Le direct est coupé' }).waitFor({ timeout: 5000 });
  expect(await board(page).getAttribute('data-stale')).toBe('true');
  await readers.program.restart();
  await page.getByRole('alert').filter({ hasText: 'Le direct est coupé' }).waitFor({ state: 'detached', timeout: 60_000 });
  expect(await board(page).getAttribute('data-stale')).toBeNull();
}, 180_000);
