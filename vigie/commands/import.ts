import { existsSync, readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { importFile, type ImportProgress } from '../../ingest/import.ts';
import { openData } from './data-access.ts';
import { configurationFor, fromCaller, print, withDataOption, withJsonOption } from './invocation.ts';
import { startProgress } from './progress.ts';

interface ImportOptions { mapping: string; tenant?: string; data?: string; json?: boolean }

export function addImport(program: Command): void {
  const command = program.command('import')
    .description('loads a file of calls: delimited text, NDJSON or Parquet; the same file twice changes nothing')
    .argument('<file>')
    .requiredOption('--mapping <name>', 'name of a shipped mapping, or the path of a mapping file')
    .option('--tenant <id>', 'tenant of rows that name none');
  withJsonOption(withDataOption(command)).action(async (file: string, options: ImportOptions) => {
    const data = await openData(configurationFor(options), 'vigie import');
    const progress = startProgress();
    try {
      const counts = await importFile({
        file: fromCaller(file), mapping: mappingOf(options.mapping), warehouse: data.warehouse,
        ...(options.tenant === undefined ? {} : { tenant: options.tenant }),
        onProgress: (step) => progress.show(lineOf(step)),
      });
      progress.done();
      await data.warehouse.closeDays({ utcMs: Date.now() });
      const { accepted, updated, unchanged, leftOut, quarantined } = counts;
      print(options.json ? JSON.stringify({ accepted, updated, unchanged, leftOut, quarantined })
        : `${accepted} new, ${updated} updated, ${unchanged} unchanged, ${leftOut} left out, ${quarantined} in quarantine`);
    } finally {
      progress.done();
      await data.close();
    }
  });
}

/** A mapping file travels by content: the running server stands in another folder. */
function mappingOf(mapping: string): string | object {
  const path = fromCaller(mapping);
  if (!/[/\\]|\.json$/.test(mapping) || !existsSync(path)) return mapping;
  const content: unknown = JSON.parse(readFileSync(path, 'utf8'));
  return typeof content === 'object' && content !== null ? content : mapping;
}

function lineOf(step: ImportProgress): string {
  if (step.stage === 'reading') return `reading ${Math.round((100 * step.bytes) / Math.max(1, step.ofBytes))} %`;
  return step.stage === 'loading' ? 'loading …' : 'closing days …';
}
