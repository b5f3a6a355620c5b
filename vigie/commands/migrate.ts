import { join } from 'node:path';
import type { Command } from 'commander';
import { openClickHouse } from '../../warehouse/clickhouse/engine.ts';
import { openDuckDb } from '../../warehouse/duckdb/engine.ts';
import type { Engine } from '../../warehouse/engine.ts';
import { createViews } from '../../warehouse/kpi/create-views.ts';
import type { Configuration } from '../configuration.ts';
import { lockDirectory } from '../data-directory/lock.ts';
import { keepPrivate } from '../data-directory/private.ts';
import { configurationFor, print, withDataOption, withJsonOption } from './invocation.ts';

interface MigrateOptions { data?: string; json?: boolean; dryRun?: boolean }

export function addMigrate(program: Command): void {
  const command = program.command('migrate')
    .description("brings the warehouse's schema up to this program, as every start does by itself")
    .option('--dry-run', 'print what would be done, and do nothing')
    .addHelpText('after', '\nOn VIGIE_WAREHOUSE where it is set, and safe from several processes at once; else on the data directory, while no server runs on it.');
  withJsonOption(withDataOption(command)).action(async ({ json = false, dryRun = false, ...options }: MigrateOptions) => {
    keepPrivate();
    await withEngine(configurationFor(options), async (engine) => {
      if (dryRun) {
        const pending = await engine.pendingMigrations();
        if (json) print(JSON.stringify({ engine: engine.name, pending }));
        else print(pending.length === 0 ? 'Nothing to do' : pending.map(({ name, sql }) => `-- ${name}\n${sql.trim()}\n`).join('\n'));
        return;
      }
      const { applied } = await engine.migrate();
      await createViews(engine);
      if (json) print(JSON.stringify({ engine: engine.name, applied }));
      else print(applied.length === 0 ? 'Nothing to do' : `Applied ${applied.join(', ')}`);
    });
  });
}

async function withEngine(configuration: Configuration, work: (engine: Engine) => Promise<void>): Promise<void> {
  const { warehouse, dataDirectory } = configuration;
  const lock = warehouse === null ? await lockDirectory(dataDirectory, 'vigie migrate') : null;
  const engine = warehouse === null ? openDuckDb({ path: join(dataDirectory, 'warehouse.duckdb') }) : openClickHouse({ ...warehouse, origin: 'vigie migrate' });
  try {
    await work(engine);
  } finally {
    await engine.close();
    lock?.release();
  }
}
