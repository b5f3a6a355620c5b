import { readFileSync } from 'node:fs';
import type { ClickHouseEngine } from '../../warehouse/clickhouse/engine.ts';
import type { ClickHouseServer } from '../../warehouse/clickhouse/server/server.ts';
import type { KpiQuery } from '../../warehouse/warehouse.ts';
import { askInTurn, type Question } from './ask-in-turn.ts';
import type { Bench } from './bench.ts';
import { BOARD, QUEUES, statementOf, totalsOf } from './board-question.ts';
import { A_YEAR, type History } from './generated-calls.ts';
import { quantile } from './quantile.ts';
import { makeStoredOnClickHouse, openStoredOnClickHouse } from './stored-on-clickhouse.ts';
import { makeStoredOnShards, openStoredOnShards } from './stored-on-shards.ts';

/**
 * The scan of a year's rows, grouped by queue, on one server and on two that hold half of the calls each. Here they share one
 * machine: only where each has one thread do two have twice the processors that one has.
 */
export const clickhouseShards: Bench = {
  name: 'clickhouse-shards',
  describe: 'a year by queue from the rows of 10,000,000 calls on one ClickHouse server and on two as shards: with one thread a server, and with all processors for both',
  unit: 'ms',
  async prepare() {
    await makeStoredOnClickHouse(A_YEAR);
    await makeStoredOnShards(A_YEAR);
  },
  variants: { scan: () => scans(A_YEAR, { warmUp: 1, times: 4 }) },
  ratios: [{ name: 'one server / two shards, a thread each', of: 'scan, one server, one thread', to: 'scan, two shards, one thread each', atLeast: 1.5, inTurn: true }],
};

export async function scans(history: History, patience: { warmUp: number; times: number }): Promise<Record<string, number>> {
  const one = await openStoredOnClickHouse(history);
  const two = await openStoredOnShards(history);
  try {
    const year: KpiQuery = { ...BOARD, from: totalsOf(history.days - 1).from };
    const asked: Record<string, { engine: ClickHouseEngine; servers: ClickHouseServer[]; threads: number }> = {
      'one server, one thread': { engine: one.engine, servers: [one.server], threads: 1 },
      'two shards, one thread each': { engine: two.engine, servers: two.servers, threads: 1 },
      'one server, all threads': { engine: one.engine, servers: [one.server], threads: 0 },
      'two shards, all threads': { engine: two.engine, servers: two.servers, threads: 0 },
    };
    const cpu = new Map(Object.keys(asked).map((name) => [name, 0]));
    const questions = await Promise.all(Object.entries(asked).map(async ([name, { engine, servers, threads }]): Promise<Question> => {
      const statement = await statementOf(engine, year, 'rows');
      return {
        rows: QUEUES,
        async ask() {
          const before = cpuSeconds(servers);
          const rows = await engine.ask({ ...statement, settings: { max_threads: threads } });
          cpu.set(name, (cpu.get(name) ?? 0) + cpuSeconds(servers) - before);
          return rows.length;
        },
      };
    }));
    const taken = await askInTurn(questions, patience);
    return Object.fromEntries(Object.keys(asked).flatMap((name, index) => [
      [name, quantile(taken[index] ?? [], 0.5)],
      [`${name}, CPU`, (cpu.get(name) ?? 0) * 1000 / (patience.warmUp + patience.times)],
    ]));
  } finally {
    await two.close();
    await one.close();
  }
}

/** Of the servers so far: system and user time, in hundredths of a second as Linux counts it. */
function cpuSeconds(servers: ClickHouseServer[]): number {
  return servers.reduce((sum, server) => {
    const [, after = ''] = readFileSync(`/proc/${server.pid()}/stat`, 'utf8').split(') ');
    const fields = after.split(' ').map(Number);
    return sum + ((fields[11] ?? 0) + (fields[12] ?? 0)) / 100;
  }, 0);
}
