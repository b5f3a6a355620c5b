import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { smallCentre } from './fixtures/small-centre.ts';
import { serveEmbedded, type EmbeddedStore } from './embedded.ts';
import { operationalStoreContract } from './store.contract.ts';
import { openStore } from './store.ts';

const folder = mkdtempSync(join(tmpdir(), 'vigie-store-'));
let embedded: EmbeddedStore;
beforeAll(async () => {
  embedded = await serveEmbedded(join(folder, 'store'));
});
afterAll(async () => {
  await embedded.stop();
  rmSync(folder, { recursive: true, force: true });
});

operationalStoreContract('the embedded database', () => openStore({ connection: embedded, maxConnections: 1, pollMs: 50 }));

describe('the embedded database', () => {
  test('only this user can enter its directory', () => {
    expect(statSync(join(folder, 'store')).mode & 0o777).toBe(0o700);
  });

  test('a path that is too long for a socket: nobody else can reach it either, and it keeps its rows', async () => {
    const directory = join(folder, 'x'.repeat(120));
    const first = await serveEmbedded(directory);
    expect(isAbsolute(first.host)).toBe(true);
    expect(statSync(first.host).mode & 0o777).toBe(0o700);
    const store = await openStore({ connection: first, maxConnections: 1 });
    await store.seed(smallCentre);
    await store.close();
    await first.stop();
    expect(existsSync(first.host)).toBe(false);
    const second = await serveEmbedded(directory);
    const again = await openStore({ connection: second, maxConnections: 1 });
    expect(await again.load()).toEqual(smallCentre);
    await again.close();
    await second.stop();
  });
});
