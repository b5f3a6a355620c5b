import { afterAll, beforeAll, describe } from 'vitest';
import { openClickHouse } from '../../warehouse/clickhouse/engine.ts';
import { HAS_CLICKHOUSE, startTestServer } from '../../warehouse/clickhouse/test-support/test-server.ts';
import type { TestServer } from '../../warehouse/clickhouse/test-support/test-server.ts';
import { loadStreamsContract } from './load-streams.contract.ts';

describe.skipIf(!HAS_CLICKHOUSE)('ClickHouse', () => {
  let server: TestServer;
  beforeAll(async () => { server = await startTestServer(); }, 120_000);
  afterAll(async () => { await server[Symbol.asyncDispose](); });
  loadStreamsContract('clickhouse', () => openClickHouse({ url: server.freshUrl() }));
});
