import type { ClickHouseOptions } from '../engine.ts';
import { freePort } from '../server/server.ts';
import { shardsConfig } from '../server/shards.ts';
import { startTestServer, type TestServer } from './test-server.ts';

/** Two servers as shards of one cluster, without a Keeper, which the engine from npm does not have: each is migrated by itself. */
export async function startTwoShards(): Promise<{ server: TestServer; options: ClickHouseOptions }[]> {
  const ports = [await freePort(), await freePort()];
  const shards = [];
  for (const tcpPort of ports) {
    const server = await startTestServer({ tcpPort, config: shardsConfig('two', ports), memoryMb: 900 });
    shards.push({ server, options: { url: server.url('vigie'), cluster: 'two', replicated: false, origin: 'tests' } });
  }
  return shards;
}
