import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { importFile, importSource, type ImportProgress } from '../../ingest/import.ts';
import { readMappingFile, shippedMappings } from '../../ingest/mapping/plan-for-mapping.ts';
import { openData } from './data-access.ts';
import { configurationFor, fromCaller, print, withDataOption, withJsonOption } from './invocation.ts';
import { startProgress } from './progress.ts';

interface ImportOptions { mapping: string; tenant?: string; data?: string; json?: boolean }

export function addImport(program: Command): void {
  const command = program.command('import')
    .description('loads a file of calls, legs or states of agents: delimited text, NDJSON or Parquet; the same file twice changes nothing')
    .argument('<file>')
    .requiredOption('--mapping <name>', 'name of a shipped mapping, or the path of a mapping file')
    .option('--tenant <id>', 'tenant of rows that name none')
    .addHelpText('after', () => `\nShipped mappings: ${shippedMappings().join(', ')}`);
  withJsonOption(withDataOption(command)).action(async (file: string, options: ImportOptions) => {
    const data = await openData(configurationFor(options), 'vigie import');
    const progress = startProgress();
    try {
      const counts = await importFile({
        file: fromCaller(file), mapping: mappingOf(options.mapping), warehouse: data.warehouse,
        ...(options.tenant === undefined ? {} : { tenant: options.tenant }),
        onProgress: (step) => progress.show(lineOf(step)),
      });
      await data.warehouse.closeDays({ utcMs: Date.now() });
      progress.done();
      const { accepted, updated, unchanged, leftOut, quarantined } = counts;
      print(options.json ? JSON.stringify({ accepted, updated, unchanged, leftOut, quarantined })
        : `${accepted} new, ${updated} updated, ${unchanged} unchanged, ${leftOut} left out, ${quarantined} in quarantine`);
      if (quarantined > 0) {
        const rows = await data.warehouse.quarantine({ source: importSource(mappingOf(options.mapping)), limit: Math.min(quarantined, REASONS_SHOWN) });
        process.stderr.write(rows.map(({ line, reason }) => `line ${line} is in quarantine: ${reason}\n`).join('') + (quarantined > rows.length ? `… and ${quarantined - rows.length} more\n` : ''));
      }
    } finally {
      progress.done();
      await data.close();
    }
  });
}

/** On standard error, for whoever is there to correct the file. */
const REASONS_SHOWN = 10;

/** A mapping file travels by content: the running server stands in another folder. */
function mappingOf(mapping: string): string | object {
  const path = fromCaller(mapping);
  if (!/[/\\]|\.json$/.test(mapping) || !existsSync(path)) return mapping;
  return readMappingFile(path);
}

function lineOf(step: ImportProgress): string {
  if (step.stage === 'reading') return `reading ${Math.round((100 * step.bytes) / Math.max(1, step.ofBytes))} %`;
  return step.stage === 'loading' ? 'loading …' : 'closing days …';
}
