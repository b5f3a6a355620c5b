import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createSchema, createYoga } from 'graphql-yoga';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { LIVE } from './live-query.ts';
import { openStream, type LiveStream, type StreamEvent } from './live-stream.ts';

let server: Server | undefined;
let stream: LiveStream | undefined;

afterEach(() => {
  stream?.close();
  server?.closeAllConnections();
  server?.close();
});

/** A real GraphQL server of the printed schema that sends boards until it is told to fall silent. */
async function serve({ port = 0, silent = () => false }: { port?: number; silent?: () => boolean } = {}): Promise<number> {
  const totals = { waiting: 1, agentsReady: 0, agentsRinging: 0, agentsTalking: 0, agentsWrapup: 0, agentsPaused: 0, agentsLoggedIn: 0, callsInProgress: 0 };
  const board = { at: '2026-03-02T10:00:00Z', zone: 'UTC', dayFrom: '2026-03-02T00:00:00Z', connected: true, configurationMark: '1.0', totals, queues: [], agents: [], campaigns: [], gateways: [], messages: [], lastHour: [] };
  const yoga = createYoga({
    logging: false,
    schema: createSchema({
      typeDefs: readFileSync(join(import.meta.dirname, '..', '..', 'api', 'schema.graphql'), 'utf8'),
      resolvers: { Subscription: { live: { subscribe: async function* () {
        for (;;) {
          if (!silent()) yield { live: board };
          await new Promise((done) => { setTimeout(done, 20); });
        }
      } } } },
    }),
  });
  server = createServer((request, response) => void yoga(request, response));
  await new Promise<void>((done) => { server?.listen(port, '127.0.0.1', done); });
  return (server.address() as AddressInfo).port;
}

async function until(events: StreamEvent[], condition: () => boolean): Promise<void> {
  const end = Date.now() + 10_000;
  while (!condition()) {
    if (Date.now() > end) throw new Error(`not reached; events: ${events.map(({ kind }) => kind).join(' ')}`);
    await new Promise((done) => { setTimeout(done, 10); });
  }
}

function open(port: number, events: StreamEvent[], silenceMs = 5000): void {
  stream = openStream(LIVE, { url: `http://127.0.0.1:${port}/graphql`, filter: {}, silenceMs, firstRetryMs: 30, onEvent: (event) => events.push(event) });
}

const last = (events: StreamEvent[]) => events.at(-1)?.kind;

test('a server that goes away is said at once, and boards come again when it is back', async () => {
  const events: StreamEvent[] = [];
  const port = await serve();
  open(port, events);
  await until(events, () => last(events) === 'board');
  const cut = Date.now();
  server?.closeAllConnections();
  server?.close();
  await until(events, () => last(events) === 'broken');
  expect(Date.now() - cut).toBeLessThan(1000);
  await serve({ port });
  await until(events, () => last(events) === 'board');
});

test('a stream that falls silent is broken, though the connection stands', async () => {
  const events: StreamEvent[] = [];
  let quiet = false;
  const port = await serve({ silent: () => quiet });
  open(port, events, 300);
  await until(events, () => last(events) === 'board');
  quiet = true;
  await until(events, () => last(events) === 'broken');
  expect(events.at(-1)).toMatchObject({ reason: 'silent' });
  quiet = false;
  await until(events, () => last(events) === 'board');
});

test('nothing arrives after it was closed', async () => {
  const events: StreamEvent[] = [];
  open(await serve(), events);
  await until(events, () => last(events) === 'board');
  stream?.close();
  const seen = events.length;
  await new Promise((done) => { setTimeout(done, 150); });
  expect(events).toHaveLength(seen);
});
