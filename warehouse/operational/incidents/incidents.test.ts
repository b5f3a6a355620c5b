import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll } from 'vitest';
import { serveEmbedded, type EmbeddedStore } from '../embedded.ts';
import { openStore } from '../store.ts';
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

incidentsContract('the embedded database', () => openStore({ connection: embedded, maxConnections: 1 }), async () => {
  const client = new pg.Client({ host: embedded.host, port: embedded.port, user: 'postgres', database: 'postgres' });
  await client.connect();
  return client;
});
