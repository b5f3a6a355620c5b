import pg from 'pg';
import { expect, test } from 'vitest';
import { embeddedDatabaseOf } from '../fixtures/embedded-store.ts';
import { openStore } from '../store.ts';
import { HEAD_COLUMNS, headOf, IncidentLogs } from './incident-log.ts';
import { incidentsContract } from './incidents.contract.ts';

const embedded = await embeddedDatabaseOf('incidents');
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
