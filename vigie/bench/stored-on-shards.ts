import { join } from 'node:path';
import { openClickHouse, type ClickHouseEngine } from '../../warehouse/clickhouse/engine.ts';
import { installServer } from '../../warehouse/clickhouse/server/install.ts';
import { freePort, startServer, type ClickHouseServer } from '../../warehouse/clickhouse/server/server.ts';
import { shardsConfig } from '../../warehouse/clickhouse/server/shards.ts';
import type { History } from './generated-calls.ts';
import { madeOnce, storedCalls } from './stored-calls.ts';
import { fillClickHouse, mergeMonths } from './stored-on-clickhouse.ts';

const SHARDS = 2;

export interface Shards { servers: ClickHouseServer[]; /** Connected to the first. */ engine: ClickHouseEngine; close: () => Promise<void> }

/** The history on two servers, each call on one of them as the sharding says. Its days stay open: scans of rows are asked. */
export async function makeStoredOnShards(history: History): Promise<void> {
  await installServer((line) => void process.stderr.write(`${line}\n`));
  await madeOnce(folderOf(history), async (folder) => {
    const shards = await openShards(folder);
    try {
      await onEach(shards, (engine) => engine.migrate());
      await fillClickHouse(shards.engine, history);
      await onEach(shards, (engine) => mergeMonths(engine, '_shard'));
    } finally {
      await shards.close();
    }
  });
}

export function openStoredOnShards(history: History): Promise<Shards> {
  return openShards(folderOf(history));
}

async function onEach({ servers }: Shards, work: (engine: ClickHouseEngine) => Promise<unknown>): Promise<void> {
  for (const server of servers) {
    const engine = connect(server);
    await work(engine);
    await engine.close();
  }
}

async function openShards(folder: string): Promise<Shards> {
  const ports = await Promise.all(Array.from({ length: SHARDS }, freePort));
  const servers: ClickHouseServer[] = [];
  for (const [index, tcpPort] of ports.entries()) servers.push(await startServer({ folder: join(folder, `shard-${index + 1}`), tcpPort, config: shardsConfig('two', ports), memoryMb: 4000 }));
  const [first] = servers;
  if (!first) throw new Error('no shard');
  const engine = connect(first);
  return { servers, engine, close: async () => { await engine.close(); for (const server of servers) await server.stop(); } };
}

function connect(server: ClickHouseServer): ClickHouseEngine {
  return openClickHouse({ url: server.url('bench'), cluster: 'two', replicated: false });
}

function folderOf(history: History): string {
  return storedCalls(history, 'shards');
}
