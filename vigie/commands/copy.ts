import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { copyWarehouse, type CopyProgress, type CopyResult } from '../../warehouse/copy/copy-warehouse.ts';
import { WarehouseError } from '../../warehouse/warehouse.ts';
import { openCopyEnd } from '../copy-ends.ts';
import { keepPrivate } from '../data-directory/private.ts';
import { callersFolder, configurationFor, print, withJsonOption } from './invocation.ts';
import { startProgress } from './progress.ts';
import { UsageError } from './usage-error.ts';

interface CopyCommandOptions { from: string; to: string; cluster?: string; json?: boolean }

export function addCopy(program: Command): void {
  const command = program.command('copy')
    .description("carries a warehouse's whole history over to another one; run again it goes on where it stood")
    .requiredOption('--from <warehouse>', 'duckdb:PATH (a data directory or a file) or clickhouse:http://user:password@host:8123/database')
    .requiredOption('--to <warehouse>', 'the same; an empty one, or one that an earlier copy was made to')
    .option('--cluster <name>', "the ClickHouse server's cluster, where the tables are sharded over one (default: VIGIE_WAREHOUSE_CLUSTER)")
    .addHelpText('after', `
"clickhouse:" alone is the server of VIGIE_WAREHOUSE, which keeps its password out of the list of processes.
Nothing may load into either while it is copied: stop the servers first. Both ends are counted and summed by UTC day in the
end. Rows that still lie in a spool are loaded by whoever starts on that data directory next. Not copied: the operational
store (configuration, call files, incidents, notifications), and DATA/caller-key, which keeps repeat callers known: keep the data directory, or put it there; with another key nothing is loaded.`);
  withJsonOption(command).action(async (options: CopyCommandOptions) => {
    keepPrivate();
    const configuration = configurationFor({});
    const context = { configuration, folder: callersFolder(), cluster: options.cluster ?? configuration.warehouse?.cluster ?? null };
    const [from, to] = [openCopyEnd('--from', options.from, context), openCopyEnd('--to', options.to, context)];
    if (from.label === to.label) throw new UsageError(`--from and --to are the same warehouse, ${from.label}`);
    const progress = startProgress();
    const began = Date.now();
    const close = async (): Promise<void> => { await Promise.all([from.close(), to.close()]); };
    // What runs on a server ends only when it is told to. The second signal is the system's to answer.
    let interrupted: Promise<void> | null = null;
    const interrupt = (): void => { interrupted ??= close(); };
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, interrupt);
    try {
      const [source, target] = [await from.open('source'), await to.open('target')];
      const result = await copyWarehouse({ from: source, to: target, folder: from.folder ?? to.folder ?? join(tmpdir(), `vigie-copy-${process.pid}`), onProgress: (step) => progress.show(lineOf(step)) });
      progress.done();
      print(options.json ? JSON.stringify({ from: source.label, to: target.label, ...result }) : textOf(result, source.label, target.label, Date.now() - began));
    } catch (error) {
      throw interrupted === null ? error : new WarehouseError('cancelled', 'The copy was interrupted: run again it goes on where it stood', { cause: error });
    } finally {
      progress.done();
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.removeListener(signal, interrupt);
      await interrupted;
      await close();
    }
  });
}

function lineOf(step: CopyProgress): string {
  if (step.stage !== 'copying') return `${step.stage} ${step.table} ${step.month === null ? '' : `${step.month} `}…`;
  return `${step.table} ${step.period}  ${Math.floor((100 * step.parts) / Math.max(1, step.ofParts))} %  ${step.rows} rows`;
}

function textOf(result: CopyResult, from: string, to: string, ms: number): string {
  const facts = ['calls', 'legs', 'agent_states', 'quarantine'].map((name) => `${result.tables[`store.${name}`] ?? 0} ${name.replace('_', ' ')}`).join(', ');
  return `${from} → ${to}: ${facts} of ${result.days} days are equal on both sides; ${result.copiedParts} parts copied (${result.copiedRows} rows, ${(ms / 1000).toFixed(1)} s), ${result.keptParts} were there`;
}
