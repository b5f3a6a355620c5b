import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { serveEmbedded, type EmbeddedStore } from '../embedded.ts';
import { openStore } from '../store.ts';
import { HEAD_COLUMNS, headOf, IncidentLogs } from './incident-log.ts';
import { incidentsContract } from './incidents.contract.ts';

const folder = mkdtempSync(join(tmpdir(), 'vigie-incidents-'));
let embedded: EmbeddedStore;
beforeAll(async () => {
  embedded = await serveEmbedded(join(folder, 'store'));
});
afterAll(async () => {
  await embedded.stop();
  rmSync(folder, { recursive: true, force: true });
});

const connect = async (): Promise<pg.Client> => {
  const client = new pg.Client({ host: embedded.host, port: embedded.port, user: 'postgres', database: 'postgres' });
  await client.connect();
  return client;
};
incidentsContract('the embedded database', () => openStore({ connection: embedded, maxConnections: 1 }), connect);

test('more incidents than are kept in memory are all read', async () => {
  const client = await connect();
  try {
    const { rows } = await client.query(`select ${HEAD_COLUMNS} from incidents order by number limit 5`);
    const heads = rows.map(headOf);
    const logs = new IncidentLogs(2);
    for (const asked of [heads.slice(0, 2), heads, heads.toReversed()]) expect((await logs.read(client, asked)).map(({ number }) => number)).toEqual(asked.map(({ number }) => number));
    expect(heads).toHaveLength(5);
  } finally {
    await client.end();
  }
});
