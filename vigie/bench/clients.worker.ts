import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { ROW_KINDS } from '../../telephony/rows.ts';
import { serveThread } from '../threads/serve.ts';
import { BENCH_CUSTOMER, incomingRows } from './incoming-rows.ts';
import { quantile } from './quantile.ts';

/** Everybody outside of the program that is measured: senders of rows, watchers of the board, readers of pages. */
export interface ClientsThread {
  /** Sends 500 rows a second for so long, and says how late they and the floor's events were seen. */
  rows(seconds: number): Promise<{ state: number; figures: number }>;
  /** Reads every page and its figures, one after the other, for so long; gives how many pages that were. */
  pages(seconds: number): Promise<number>;
}

const dataSchema = z.object({ address: z.string(), token: z.string(), zone: z.string() });
const boardSchema = z.object({ data: z.object({ live: z.object({ totals: z.object({ offered: z.number().nullable() }), agents: z.array(z.object({ agent: z.string(), since: z.string() })), messages: z.array(z.object({ messageId: z.string(), sentAt: z.string() })) }) }) });
type Board = z.infer<typeof boardSchema>['data']['live'];

/** Batches a second, of 50 rows each. */
const BATCHES_A_SECOND = 10;
/** Each 300 ms: not in step with the core's four changes a second. */
const BATCHES_A_MESSAGE = 3;
const SETTLE_MS = 60_000;
const WATCHERS = 20;
const BOARD = 'subscription Live($filter: LiveFilter) { live(filter: $filter) { at totals { offered queued answered serviceLevel } agents { agent state since callId } messages { messageId sentAt text } queues { queue waiting queued answered serviceLevel } lastHour { at offered } } }';
const PAGES = ['/', '/kpi', '/calls', '/agents'];
const FIGURES = '{ kpi(measures: ["queued", "answered", "service-level", "wait-p90", "average-handle"], by: ["queue", "day"], from: "2026-01-01", to: "2027-01-01") { __typename ... on Kpi { rows { keys { field value name } values } } } }';

await serveThread((data) => {
  const { address, token, zone } = dataSchema.parse(data);
  const leaving = new AbortController();

  async function watch(filter: object, seen: (board: Board, atMs: number) => void): Promise<void> {
    const response = await post({ query: BOARD, variables: { filter } }, 'text/event-stream');
    if (!response.ok || !response.body) throw new Error(`the live board answers ${response.status}: ${await response.text()}`);
    void read(response.body, seen).catch((error: unknown) => { if (!leaving.signal.aborted) throw error; });
  }
  function post(body: object, accept: string): Promise<Response> {
    return fetch(`${address}/graphql`, { method: 'POST', signal: leaving.signal, headers: { accept, 'content-type': 'application/json' }, body: JSON.stringify(body) });
  }
  async function send(number: number, atMs: number): Promise<void> {
    const rows = incomingRows(number, atMs);
    await Promise.all(ROW_KINDS.map(async (kind) => {
      const body = rows[kind].map((row) => `${JSON.stringify(row)}\n`).join('');
      const response = await fetch(`${address}/ingest/${kind}`, { method: 'POST', headers: { authorization: `Bearer ${token}`, 'batch-id': `${kind}-${number}` }, body });
      if (response.status !== 202) throw new Error(`rows were answered ${response.status}: ${await response.text()}`);
      await response.arrayBuffer();
    }));
  }

  /** At night too few agents are there: messages are events at any hour. */
  async function say(text: string): Promise<void> {
    const answer = await (await post({ query: 'mutation Say($text: String!) { message(text: $text) { __typename } }', variables: { text } }, 'application/json')).text();
    if (!answer.includes('CommandDone')) throw new Error(`a message was answered ${answer.slice(0, 300)}`);
  }

  const functions: ClientsThread = {
    async rows(seconds) {
      const state: number[] = [];
      const since = new Map<string, string>();
      const begunMs = Date.now();
      await watch({}, ({ agents, messages }, atMs) => {
        for (const [id, at] of [...agents.map((each) => [each.agent, each.since] as const), ...messages.map((each) => [each.messageId, each.sentAt] as const)]) {
          // What was so before is no event; the instants are those of the core's clock.
          if (since.get(id) !== at && Date.parse(at) >= begunMs) state.push(atMs - Date.parse(at));
          since.set(id, at);
        }
      });
      for (let more = 1; more < WATCHERS; more += 1) await watch({}, () => {});
      const figures: number[] = [];
      const waiting: { calls: number; atMs: number }[] = [];
      await watch({ tenant: [String(BENCH_CUSTOMER)], zone }, ({ totals }, atMs) => {
        for (let first = waiting[0]; first && (totals.offered ?? 0) >= first.calls; first = waiting[0]) {
          waiting.shift();
          figures.push(atMs - first.atMs);
        }
      });
      const begun = Date.now();
      const sending: Promise<void>[] = [];
      for (let number = 0; number < seconds * BATCHES_A_SECOND; number += 1) {
        await pause(Math.max(0, begun + (number * 1000) / BATCHES_A_SECOND - Date.now()));
        const atMs = Date.now();
        waiting.push({ calls: (number + 1) * incomingRows(0, 0)['od-calls'].length, atMs });
        const sent = send(number, atMs);
        // Told below: an unhandled rejection would end the thread without a word.
        sent.catch(() => undefined);
        sending.push(sent);
        if (number % BATCHES_A_MESSAGE === 0) await say(`bench ${number}`);
      }
      await Promise.all(sending);
      for (const deadline = Date.now() + SETTLE_MS; waiting.length > 0 && Date.now() < deadline;) await pause(50);
      leaving.abort();
      if (waiting.length > 0) throw new Error(`${waiting.length} batches were never seen in the day's figures`);
      if (state.length < seconds) throw new Error(`only ${state.length} events of the floor were seen`);
      return { state: quantile(state, 0.99), figures: quantile(figures, 0.99) };
    },
    async pages(seconds) {
      await watch({}, () => {});
      let read = 0;
      for (const end = Date.now() + seconds * 1000; Date.now() < end; read += 1) {
        const page = await fetch(address + (PAGES[read % PAGES.length] ?? '/'));
        const text = await page.text();
        if (!page.ok) throw new Error(`a page answers ${page.status}: ${text.slice(0, 200)}`);
        const scripts = [...text.matchAll(/src="(\/_next\/[^"]+\.js)"/g)].flatMap((found) => found[1] ?? []);
        await Promise.all(scripts.map(async (path) => (await fetch(address + path)).arrayBuffer()));
        const answer = await (await post({ query: FIGURES }, 'application/json')).text();
        if (!answer.includes('"Kpi"')) throw new Error(`figures were answered ${answer.slice(0, 300)}`);
      }
      leaving.abort();
      return read;
    },
  };
  return { functions, end: () => leaving.abort() };
});

async function read(body: AsyncIterable<Uint8Array>, seen: (board: Board, atMs: number) => void): Promise<void> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const part of body) {
    text += decoder.decode(part, { stream: true });
    const lines = text.split('\n');
    text = lines.pop() ?? '';
    const atMs = Date.now();
    for (const line of lines) if (line.startsWith('data: {')) seen(boardSchema.parse(JSON.parse(line.slice('data: '.length))).data.live, atMs);
  }
}
