import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, expect, test } from 'vitest';
import { z } from 'zod';
import { loadCentre } from '../../telephony/centre/load-centre.ts';
import { NuisanceWindows } from '../../telephony/dialer/nuisance-windows.ts';
import { END_REASONS } from '../../telephony/rows.ts';
import { openDuckDb } from '../../warehouse/duckdb/engine.ts';
import { serveEmbedded } from '../../warehouse/operational/embedded.ts';
import { openStore } from '../../warehouse/operational/store.ts';
import { endKillables, startKillable } from '../fixtures/killable.ts';
import { dialingStateOf } from './dialing-state.ts';

const CONTACTS = 2000;
const KILLS = 2;
/** Talks that are over before each end. */
const TALKS = 12;
const folder = mkdtempSync(join(tmpdir(), 'vigie-killed-campaign-'));
const centreFile = join(folder, 'centre.json');
const centre = loadCentre();
const [campaign] = centre.outbound;
if (!campaign) throw new Error('the centre has no campaign');
const { did, queue, people, dialing } = campaign;
/** At whatever hour, with people who answer at once and have little to say; nobody is dialed again in the time of a test. */
const rests = Object.fromEntries(['machine', 'busy', 'no-answer', 'cancelled', 'interrupted', 'nuisance'].map((result) => [result, { afterSeconds: 864_000, most: 4 }]));
writeFileSync(centreFile, JSON.stringify({
  ...centre,
  entryPoints: centre.entryPoints.map((entry) => ({ ...entry, callsPerDay: 0 })),
  outbound: [{
    ...campaign, dialing: { ...dialing, calendar: null, recycling: rests, nuisanceLimit: 0.2, patienceSeconds: 0.5 },
    people: { ...people, personShares: Array.from({ length: 24 }, () => 0.5), answerFixedSeconds: 0.3, answerMeanSeconds: 0.5, refusalSeconds: 0.3, talkMeanSeconds: 2, wrapupMeanSeconds: 0.5 },
  }],
  shifts: [{ id: 'day', from: '00:00', to: '23:00', pauses: [] }, { id: 'night', from: '12:00', to: '11:00', pauses: [] }],
  teams: ['day', 'night'].map((shift, i) => ({ id: shift, name: shift, site: campaign.site, tenant: campaign.tenant, firstNumber: 3001 + 100 * i, agents: 8, shifts: [shift], daysOff: [[]], skills: [{ queue, levels: [5, 5], share: 1 }] })),
}));
afterAll(() => {
  endKillables();
  rmSync(folder, { recursive: true, force: true });
});

const statesSchema = z.record(z.string(), z.number());
const attemptSchema = z.object({ contact: z.coerce.number(), number: z.string(), started_at: z.date(), result: z.string().nullable(), call_id: z.string().nullable() });

test(`a campaign that is killed ${KILLS} times goes on: no contact is lost, nobody is dialed twice`, async () => {
  const endedMs: number[] = [];
  for (let run = 0; run <= KILLS; run += 1) {
    const program = startKillable(new URL('../fixtures/campaign-process.ts', import.meta.url), folder, centreFile, did, String(CONTACTS));
    const done = (line: string): number => statesSchema.parse(JSON.parse(line))['done'] ?? 0;
    const before = done(await program.line());
    await program.line((line) => done(line) >= before + TALKS);
    await program.end(run < KILLS ? 'SIGKILL' : 'SIGTERM');
    endedMs.push(Date.now());
  }

  const embedded = await serveEmbedded(join(folder, 'store'));
  const client = new pg.Client({ host: embedded.host, port: embedded.port, user: 'postgres', database: 'postgres' });
  await client.connect();
  const store = await openStore({ connection: embedded, maxConnections: 1 });
  const engine = openDuckDb({ path: join(folder, 'warehouse.duckdb'), threads: 1 });
  const rows = await engine.query<{ call_id: string; contact: number; number: string; started_ms: number; result: string; cut: boolean }>({ sql: `
    SELECT c.call_id, c.contact_index::INTEGER AS contact, c.dialed AS number, epoch_ms(c.started_at)::DOUBLE AS started_ms, d.result, c.end_reason = ${END_REASONS.interrupted} AS cut
    FROM store.calls AS c JOIN facts.dials AS d ON d.call_id = c.call_id ORDER BY c.started_at` });
  const one = async (sql: string): Promise<unknown> => (await engine.query({ sql }))[0];

  // No contact is lost: each has one state, and the dialer holds none.
  const [file] = await store.callFiles.list({ campaign: did });
  expect(Object.values(file?.states ?? {}).reduce((sum, count) => sum + count, 0)).toBe(CONTACTS);
  expect(file?.states).toMatchObject({ 'in-progress': 0 });
  expect(await store.contacts.unsettled('core', Date.now() + 60_000)).toEqual([]);

  // Nobody is dialed twice.
  expect(rows.length).toBeGreaterThan(TALKS * (KILLS + 1));
  expect(new Set(rows.map(({ number }) => number)).size).toBe(rows.length);
  expect(await one('SELECT count(*)::INTEGER AS open FROM store.calls WHERE row_state = 1')).toEqual({ open: 0 });

  // The call files and the rows tell the same of each dial.
  const attempts = z.array(attemptSchema).parse((await client.query('select contact, number::text, started_at, result, call_id from contact_attempts')).rows);
  const ofCall = new Map(attempts.flatMap((attempt) => (attempt.call_id === null ? [] : [[attempt.call_id, attempt] as const])));
  for (const { call_id: id, contact, number, started_ms: startedMs, result, cut } of rows) {
    const attempt = ofCall.get(id);
    expect(attempt, `call ${id} of ${number}, ${result}`).toBeDefined();
    // Of a call that was cut the rows may know less than the files had heard.
    const heard = cut && result === 'interrupted' ? attempt?.result : result;
    expect([`+${attempt?.number}`, attempt?.contact, attempt?.started_at.getTime(), attempt?.result]).toEqual([number, contact, startedMs, heard]);
  }
  // What has no row was never dialed, or in the last moment before a kill.
  const known = new Set(rows.map(({ call_id: id }) => id));
  const runOf = (atMs: number): number => endedMs.findIndex((ms) => atMs <= ms);
  const lastRow = endedMs.map((_, run) => Math.max(...rows.filter(({ started_ms: ms }) => runOf(ms) === run).map(({ started_ms: ms }) => ms)));
  expect(attempts.filter(({ call_id: id, result }) => id === null && result !== 'interrupted')).toEqual([]);
  expect(attempts.filter(({ call_id: id, started_at: at }) => id !== null && !known.has(id) && at.getTime() < (lastRow[runOf(at.getTime())] ?? Infinity))).toEqual([]);
  expect(attempts.length).toBe(new Set(attempts.map(({ contact }) => contact)).size);

  // The windows count each answer once; one that neither rows nor files had heard of may be among them.
  const answers = attempts.filter(({ result }) => result === 'passed' || result === 'nuisance');
  const unheard = attempts.filter(({ result, call_id: id }) => result === 'interrupted' && (id === null || rows.some((row) => row.call_id === id && row.cut)));
  const { [did]: state } = await dialingStateOf({ directory: folder, answersSince: () => Promise.resolve({}), onTrouble: (message) => { throw new Error(message); } });
  const windows = new NuisanceWindows(state?.['windows']).counts(Date.now(), 720 * 3_600_000);
  expect(windows.answers).toBeGreaterThanOrEqual(answers.length);
  expect(windows.answers).toBeLessThanOrEqual(answers.length + unheard.length);
  const nuisances = answers.filter(({ result }) => result === 'nuisance').length;
  expect(windows.nuisances).toBeGreaterThanOrEqual(nuisances);
  expect(windows.nuisances).toBeLessThanOrEqual(nuisances + unheard.length);
  expect(Object.values(await store.contacts.answersSince(0)).flatMap((list) => list.filter((_, i) => i % 3 === 1)).reduce((sum, count) => sum + count, 0)).toBe(answers.length);

  // Agents' states follow one another, and every session of which more than the login is known has its end.
  expect(await one(`SELECT count(*)::INTEGER AS overlaps FROM (SELECT started_at, lag(started_at + to_milliseconds(duration_ms)) OVER (PARTITION BY tenant, agent ORDER BY started_at, duration_ms) AS before
    FROM store.agent_states) WHERE started_at < before`)).toEqual({ overlaps: 0 });
  expect(await one(`SELECT count(*)::INTEGER AS open FROM (SELECT session_id, count(*) FILTER (WHERE state = 'logged_out') AS ends, max(started_at + to_milliseconds(duration_ms)) > min(started_at) AS lived
    FROM store.agent_states GROUP BY ALL) WHERE ends < 2 AND lived`)).toEqual({ open: 0 });
  await engine.close();
  await client.end();
  await store.close();
  await embedded.stop();
}, 240_000);
