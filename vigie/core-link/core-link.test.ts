import { createServer, request, type Server } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { foldLive, type LiveFold } from '../../api/live/fold.ts';
import { buildConfiguration } from '../../telephony/centre/build-configuration.ts';
import { startLiveFloor, type LiveFloor } from '../../telephony/centre/live-floor.ts';
import { loadCentre } from '../../telephony/centre/load-centre.ts';
import type { LiveEvent } from '../../telephony/live.ts';
import { createCoreHandler, LIVE_PATH, type CoreHandlerOptions } from './core-handler.ts';
import { openCoreHub } from './core-hub.ts';
import { remoteCore, type RemoteCoreOptions } from './remote-core.ts';

const TOKEN = 'token-of-the-core-0123456789-0123456789';
const centre = loadCentre();
const configuration = buildConfiguration(centre);
const quiet = pino({ level: 'silent' });
let floor: LiveFloor;
let server: Server;
const ends: (() => void)[] = [];

async function startFloor(): Promise<LiveFloor> {
  // Half past nine on a Tuesday, fifty times as fast: something changes at every publication.
  return startLiveFloor({ centre, configuration: { load: () => Promise.resolve(configuration), subscribe: () => () => undefined }, seed: 7, rows: null, nowMs: Date.parse('2026-03-03T09:30:00Z'), speed: 50 });
}

/** Serves a floor at a port, as `vigie telephony` does. */
async function serve(port: number, options: Partial<CoreHandlerOptions> = {}): Promise<number> {
  const hub = openCoreHub({ subscribe: (listener) => floor.automaton.live.subscribe(listener) });
  const handle = createCoreHandler({ hub, token: TOKEN, command: (command) => Promise.resolve(floor.command(command)), ...options });
  server = createServer((incoming, response) => {
    if (!handle(incoming, response)) response.writeHead(404).end();
  });
  server.once('close', () => hub.close());
  await new Promise<void>((resolve) => void server.listen(port, '127.0.0.1', resolve));
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}

/** Nobody says goodbye. */
async function cut(): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => void server.close(resolve));
}

interface Reader { fold: LiveFold; events: LiveEvent[]; breaks: string[]; troubles: string[] }

function read(port: number, options: Partial<RemoteCoreOptions> = {}): Reader {
  const reader: Omit<Reader, 'fold'> = { events: [], breaks: [], troubles: [] };
  const core = remoteCore({ place: () => ({ address: `http://127.0.0.1:${port}`, token: TOKEN }), onTrouble: (reason) => reader.troubles.push(reason), firstRetryMs: 20, longestRetryMs: 100, ...options });
  const fold = foldLive({
    subscribe: (listener, broken) => core.subscribe((event) => {
      reader.events.push(event);
      listener(event);
    }, (reason) => {
      reader.breaks.push(reason);
      broken?.(reason);
    }),
  }, quiet);
  ends.push(() => fold.close());
  return { ...reader, fold };
}

beforeEach(async () => { floor = await startFloor(); });
afterEach(async () => {
  for (const end of ends.splice(0)) end();
  await cut();
  floor.stop();
});

const versions = ({ events }: Reader): number[] => events.flatMap((event) => (event.kind === 'change' ? [event.change.version] : []));

test('every reader gets a snapshot, then each change once, and folds the state of the core', async () => {
  const port = await serve(0);
  const truth = foldLive({ subscribe: (listener) => floor.automaton.live.subscribe(listener) }, quiet);
  ends.push(() => truth.close());
  const early = read(port);
  await vi.waitFor(() => expect(early.events.length).toBeGreaterThan(3), { timeout: 10_000 });
  const late = read(port);
  await vi.waitFor(() => expect(late.events.length).toBeGreaterThan(4), { timeout: 10_000 });
  for (const reader of [early, late]) {
    expect(reader.events.map(({ kind }) => kind).slice(0, 2)).toEqual(['snapshot', 'change']);
    const seen = versions(reader);
    expect(seen).toEqual(seen.map((_, index) => (seen[0] ?? 0) + index));
  }
  // The same state at the same version: in the core's own process and in both readers.
  await vi.waitFor(() => {
    const [one, two, three] = [truth, early.fold, late.fold].map((fold) => fold.state());
    expect(two).toEqual(one);
    expect(three).toEqual(one);
  }, { timeout: 5000, interval: 1 });
  expect([early.breaks, late.breaks]).toEqual([[], []]);
}, 30_000);

test('a lost core shows at once, and its return brings a new snapshot without anybody asking', async () => {
  const port = await serve(0);
  const reader = read(port);
  await vi.waitFor(() => expect(versions(reader).length).toBeGreaterThan(1), { timeout: 10_000 });
  await cut();
  await vi.waitFor(() => expect(reader.fold.connected()).toBe(false));
  expect(reader.fold.state()).not.toBeNull();
  // Several tries find nobody; one trouble is told.
  await vi.waitFor(() => expect(reader.troubles).toHaveLength(1), { timeout: 5000 });
  await pause(300);
  expect(reader.troubles).toEqual([expect.stringContaining('ECONNREFUSED')]);
  const before = reader.events.length;
  floor.stop();
  floor = await startFloor();
  await serve(port);
  await vi.waitFor(() => expect(reader.fold.connected()).toBe(true), { timeout: 5000 });
  await vi.waitFor(() => expect(reader.events.length).toBeGreaterThan(before + 3), { timeout: 5000 });
  const after = reader.events.slice(before);
  expect(after.map(({ kind }) => kind)).toEqual(['snapshot', ...after.slice(1).map(() => 'change')]);
  expect(reader.breaks).toHaveLength(1);
}, 30_000);

test('a core that falls silent without closing is lost too, a quiet one is not', async () => {
  const port = await serve(0, { heartbeatMs: 50 });
  floor.stop();
  const kept = read(port, { silenceMs: 400 });
  await vi.waitFor(() => expect(kept.fold.connected()).toBe(true), { timeout: 5000 });
  await pause(1000);
  expect(kept.breaks).toEqual([]);
  kept.fold.close();
  await cut();
  await serve(port, { heartbeatMs: 60_000 });
  const lost = read(port, { silenceMs: 300 });
  await vi.waitFor(() => expect(lost.breaks).toEqual([expect.stringContaining('no sign for 300 ms')]), { timeout: 5000 });
}, 30_000);

test('a reader that does not read is cut off, and the others do not notice', async () => {
  let tell: (event: LiveEvent) => void = () => undefined;
  const hub = openCoreHub({
    subscribe: (listener) => {
      tell = listener;
      return () => undefined;
    },
  });
  const port = await serve(0, { hub, mostBehindBytes: 2 << 20 });
  const { agents: _none, ...empty } = floor.automaton.live.snapshot();
  tell({ kind: 'snapshot', state: { ...empty, version: 0, agents: {} } });
  const reader = read(port);
  await vi.waitFor(() => expect(reader.fold.connected()).toBe(true));
  const stuck = request({ port, path: LIVE_PATH, headers: { authorization: `Bearer ${TOKEN}` } });
  stuck.once('response', (response) => response.pause());
  stuck.on('error', () => undefined);
  stuck.end();
  const connections = (): Promise<number> => new Promise((resolve) => server.getConnections((_, count) => resolve(count)));
  await vi.waitFor(async () => expect(await connections()).toBe(2));
  let version = 0;
  const message = { messageId: 'm', atMs: 0, from: 's', to: 'all' as const, text: 'x'.repeat(200_000), general: null, sentAtMs: 0, seenBy: [] };
  for (; version < 500 && await connections() === 2; await pause(5)) tell({ kind: 'change', change: { version: (version += 1), run: empty.run, atMs: 0, messages: [message] } });
  expect(version).toBeLessThan(500);
  await vi.waitFor(() => expect(reader.fold.state()?.version).toBe(version));
  expect([await connections(), reader.breaks]).toEqual([1, []]);
  stuck.destroy();
}, 30_000);

test('nobody reads or commands without the token', async () => {
  const port = await serve(0);
  for (const authorization of [undefined, 'Bearer', `Bearer ${TOKEN}x`, TOKEN]) {
    for (const [path, method] of [['live', 'GET'], ['commands', 'POST']] as const) {
      const answer = await fetch(`http://127.0.0.1:${port}/core/${path}`, { method, headers: authorization === undefined ? {} : { authorization } });
      expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
    }
  }
  const reader = read(port, { place: () => ({ address: `http://127.0.0.1:${port}`, token: 'another' }) });
  await vi.waitFor(() => expect(reader.troubles).toEqual([expect.stringContaining('it has another VIGIE_CORE_TOKEN')]), { timeout: 5000 });
});

test('commands come back with their answers, and with what went wrong', async () => {
  const port = await serve(0);
  const core = remoteCore({ place: () => ({ address: `http://127.0.0.1:${port}`, token: TOKEN }), onTrouble: () => undefined });
  const agent = Object.values(floor.automaton.live.snapshot().agents).find(({ state }) => state !== 'logged_out')?.agent ?? 0;
  expect(await core.command({ kind: 'record', supervisor: 'chef', agent, on: true })).toEqual({ ok: true });
  expect(floor.automaton.live.snapshot().agents[agent]?.recorded).toBe(true);
  expect(await core.command({ kind: 'record', supervisor: 'chef', agent: 999_999, on: true })).toMatchObject({ ok: false, code: 'unknown-agent' });
  const raw = await fetch(`http://127.0.0.1:${port}/core/commands`, { method: 'POST', headers: { authorization: `Bearer ${TOKEN}` }, body: '{"kind":"fly"}' });
  expect(raw.status).toBe(400);
  await cut();
  expect(await core.command({ kind: 'record', supervisor: 'chef', agent, on: false })).toMatchObject({ ok: false, code: 'core-unavailable', reason: expect.stringContaining('does not answer') });
  await serve(port, { command: () => Promise.reject(new RangeError('the core is in trouble')) });
  await expect(core.command({ kind: 'ready', agent })).rejects.toThrow(new RangeError('the core is in trouble'));
});
