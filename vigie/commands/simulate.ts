import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { z } from 'zod';
import { buildConfiguration } from '../../telephony/centre/build-configuration.ts';
import { loadCentre } from '../../telephony/centre/load-centre.ts';
import { simulateDays } from '../../telephony/centre/simulate.ts';
import { toDimensions } from '../../warehouse/operational/dimensions.ts';
import { importsFolder } from '../data-directory/left-overs.ts';
import { RowFiles } from '../history/row-files.ts';
import { LARGEST_SEED, wholeNumber } from '../configuration.ts';
import { openData } from './data-access.ts';
import { configurationFor, fromCaller, print, withDataOption, withJsonOption } from './invocation.ts';
import { startProgress } from './progress.ts';
import { UsageError } from './usage-error.ts';

const optionsSchema = z.object({
  from: z.iso.date(),
  days: wholeNumber(1, 3660),
  seed: wholeNumber(0, LARGEST_SEED).optional(),
  centre: z.string().optional(),
  data: z.string().optional(),
  json: z.boolean().default(false),
});

export function addSimulate(program: Command): void {
  const command = program.command('simulate')
    .description('lives days of the simulated centre and loads their rows; the same seed gives the same rows')
    .requiredOption('--from <date>', 'first day (UTC), 2026-01-01')
    .requiredOption('--days <n>', 'how many days')
    .option('--seed <n>', 'default: VIGIE_SEED, else 7')
    .option('--centre <file>', "the centre's JSON file (default: VIGIE_CENTRE, else the shipped one)");
  withJsonOption(withDataOption(command)).action(async (given: unknown) => {
    const options = optionsSchema.safeParse(given);
    if (!options.success) throw new UsageError(options.error.issues.map((issue) => `--${String(issue.path[0])}: ${issue.message}`).join('\n'));
    await runSimulate(options.data);
  });
}

async function runSimulate({ from, days, json, ...options }: z.infer<typeof optionsSchema>): Promise<void> {
  const configuration = configurationFor(options);
  const seed = options.seed ?? configuration.seed;
  const centre = loadCentre(options.centre === undefined ? (configuration.centreFile ?? undefined) : fromCaller(options.centre));
  const centreConfiguration = buildConfiguration(centre);
  const data = await openData(configuration, 'vigie simulate');
  const progress = startProgress();
  try {
    // Where a store is, its configuration was copied by the server and may be newer than the file.
    if (!existsSync(join(configuration.dataDirectory, 'store')) && configuration.storeUrl === null) await data.warehouse.syncDimensions(toDimensions(centreConfiguration));
    const files = new RowFiles({ folder: importsFolder(configuration.dataDirectory), loadId: `simulate/${randomUUID()}`, source: 'simulate', warehouse: data.warehouse });
    const result = await simulateDays({
      centre, configuration: centreConfiguration, seed, from, days, rows: files.sink,
      async onProgress({ atMs, done }) {
        progress.show(`${new Date(atMs).toISOString().slice(0, 10)}  ${Math.round(100 * done)} %  ${files.rows['od-calls']} rows of calls`);
        await files.load({ all: done === 1 });
      },
    });
    await files.load({ all: true });
    progress.show('closing days …');
    await data.warehouse.closeDays({ utcMs: Date.now() });
    progress.done();
    const answer = { seed, from, days, calls: result.calls, dials: result.dials, rows: files.rows, ...files.counts };
    print(json ? JSON.stringify(answer) : `seed ${seed}: ${result.calls} calls and ${result.dials} dials in ${days} days from ${from}; rows: ${files.counts.accepted} new, ${files.counts.updated} updated, ${files.counts.unchanged} unchanged`);
  } finally {
    progress.done();
    await data.close();
  }
}
