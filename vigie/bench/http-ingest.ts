import { createReadStream } from 'node:fs';
import { createServer, request } from 'node:http';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createIngestHandler } from '../../ingest/http/ingest-handler.ts';
import { Loader } from '../../ingest/spool/loader.ts';
import { openSpool } from '../../ingest/spool/spool.ts';
import { openDuckDb } from '../../warehouse/duckdb/engine.ts';
import { FULL_SCOPE } from '../../warehouse/warehouse.ts';
import { openLocalWarehouse } from '../local-warehouse.ts';
import type { Bench } from './bench.ts';
import { sampleCalls } from './sample-calls.ts';
import { settle } from './settle.ts';

const CALLS = 300_000;
const BATCH_BYTES = 8 << 20;
const SENDERS = 4;
const LIMITS = { memoryMb: 2048, threads: 2 };
const TOKEN = 'token-of-the-bench';

/** Rows from a socket until they can be asked for, against the engine reading the same NDJSON itself. Sender and server share the process. */
export const httpIngest: Bench = {
  name: 'http-ingest',
  describe: `${CALLS.toLocaleString('en')} calls of 52 columns as NDJSON: over HTTP through the spool until they are queryable, and the engine's own INSERT … SELECT`,
  unit: 'calls/s',
  async prepare(folder) {
    const engine = openDuckDb({ path: ':memory:' });
    await engine.execute({ sql: `COPY (${sampleCalls(CALLS)}) TO '${fileIn(folder)}' (FORMAT json)` });
    await engine.close();
    await settle(fileIn(folder));
  },
  variants: {
    http: ({ shared, scratch }) => timedHttp(fileIn(shared), scratch),
    async engine({ shared, scratch }) {
      const engine = openDuckDb({ path: join(scratch, 'plain.duckdb'), threads: LIMITS.threads, memoryLimit: `${LIMITS.memoryMb}MB` });
      await engine.execute({ sql: `CREATE TABLE plain AS ${sampleCalls(0)}` });
      const begun = performance.now();
      await engine.execute({ sql: `INSERT INTO plain SELECT * FROM read_json('${fileIn(shared)}', format = 'newline_delimited')` });
      const rate = CALLS / ((performance.now() - begun) / 1000);
      await engine.close();
      return rate;
    },
  },
  ratios: [{ name: 'http / engine', of: 'http', to: 'engine', atLeast: 0.3 }],
};

async function timedHttp(file: string, dataDirectory: string): Promise<number> {
  const warehouse = await openLocalWarehouse({ dataDirectory, ...LIMITS });
  const spool = await openSpool({ folder: join(dataDirectory, 'spool') });
  const loader = new Loader({ spool, warehouse });
  loader.start();
  const handle = createIngestHandler({ door: spool, tokens: { bench: TOKEN } });
  const server = createServer((request, response) => { if (!handle(request, response)) response.writeHead(404).end(); });
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => { const at = server.address(); resolve(typeof at === 'object' && at ? at.port : 0); });
  });
  try {
    const begun = performance.now();
    await sendFile(file, `http://127.0.0.1:${port}/ingest/od-calls`);
    while ((await spool.status()).loadedRows < CALLS) await pause(5);
    const seconds = (performance.now() - begun) / 1000;
    const { calls } = await warehouse.freshness(FULL_SCOPE);
    if (calls !== CALLS) throw new Error(`${calls} of ${CALLS} calls are there`);
    return CALLS / seconds;
  } finally {
    server.closeAllConnections();
    server.close();
    await loader.stop();
    await spool.close();
    await warehouse.close();
  }
}

async function sendFile(file: string, url: string): Promise<void> {
  const sending = new Set<Promise<void>>();
  let number = 0;
  for await (const batch of batchesOf(file)) {
    number += 1;
    const sent = post(url, `b${number}`, batch).finally(() => sending.delete(sent));
    sending.add(sent);
    if (sending.size >= SENDERS) await Promise.race(sending);
  }
  await Promise.all(sending);
}

/** By `node:http`, because `fetch` in the same process costs a good part of what is measured. */
function post(url: string, batchId: string, body: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    const sending = request(url, { method: 'POST', headers: { Authorization: `Bearer ${TOKEN}`, 'Batch-Id': batchId, 'Content-Length': body.length } }, (response) => {
      response.resume();
      response.once('end', () => {
        if (response.statusCode === 202) resolve();
        else reject(new Error(`batch ${batchId} was answered ${String(response.statusCode)}`));
      });
    });
    sending.once('error', reject);
    sending.end(body);
  });
}

/** Whole lines, about {@link BATCH_BYTES} at a time. */
async function* batchesOf(file: string): AsyncGenerator<Buffer> {
  let rest = Buffer.alloc(0);
  for await (const chunk of createReadStream(file, { highWaterMark: BATCH_BYTES })) {
    if (!Buffer.isBuffer(chunk)) throw new TypeError('a file is read as bytes');
    const end = chunk.lastIndexOf(10) + 1;
    yield Buffer.concat([rest, chunk.subarray(0, end)]);
    rest = Buffer.from(chunk.subarray(end));
  }
  if (rest.length > 0) yield rest;
}

function fileIn(folder: string): string {
  return join(folder, 'calls.ndjson');
}
