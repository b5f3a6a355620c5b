import { Command } from 'commander';
import { z } from 'zod';
import { FIELDS, type Field } from '../../ingest/call-files/columns.ts';
import { importCallFile } from '../../ingest/call-files/import-call-file.ts';
import { countryOf } from '../../ingest/call-files/phone-numbers.ts';
import { previewCallFile, type Preview } from '../../ingest/call-files/preview.ts';
import { CallFileRefused } from '../../ingest/call-files/refusal.ts';
import { reasonInWords, refusalInWords, type Language } from '../../ingest/call-files/words.ts';
import { writeRejected } from '../../ingest/call-files/write-rejected.ts';
import { countryOfZone } from '../../ingest/call-files/zones.ts';
import type { CallFile } from '../../warehouse/operational/contacts/call-files.ts';
import type { OperationalStore } from '../../warehouse/operational/store.ts';
import { callFileInWords } from './call-file-words.ts';
import { fromCaller, print, withDataOption, withJsonOption } from './invocation.ts';
import { startProgress } from './progress.ts';
import { withStore } from './store-access.ts';
import { UsageError } from './usage-error.ts';

interface Common { data?: string; json?: boolean; language: Language }
interface ImportOptions extends Common { campaign: string; map: Partial<Record<Field, string>>; country?: string; dryRun?: boolean; rejected?: string }

export function addCallFile(program: Command): void {
  const command = program.command('call-file').description('files of contacts for the outbound campaigns');
  const withLanguage = (subcommand: Command): Command => subcommand.option('--language <en|fr>', 'of reasons and files', parseLanguage, languageOfCaller());
  const common = (subcommand: Command): Command => withLanguage(withJsonOption(withDataOption(subcommand)));

  common(command.command('import').description('loads a file of contacts, CSV or XLSX; rows that cannot be dialed are kept with their reason')
    .argument('<file>')
    .requiredOption('--campaign <did>', 'the outbound campaign')
    .option('--map <field=column>', `what a column is (${FIELDS.join(', ')}); several times`, parseMap, {})
    .option('--country <code>', "of numbers without a country code (default: that of the campaign's site)")
    .option('--rejected <file>', 'write the rejected rows there')
    .option('--dry-run', 'say what would be loaded, and load nothing'))
    .action((file: string, options: ImportOptions) => refusing(options.language, () => runImport(file, options)));

  common(command.command('list').description('the call files with their state').option('--campaign <did>', 'of one campaign'))
    .action((options: Common & { campaign?: string }) => withStore(options, 'vigie call-file list', async (store) => {
      const files = await store.callFiles.list(options.campaign === undefined ? {} : { campaign: options.campaign });
      print(options.json ? JSON.stringify(files) : files.map((file) => callFileInWords(file, options.language)).join('\n') || (options.language === 'fr' ? 'Aucun fichier' : 'No files'));
    }));

  common(command.command('show').description('one call file').argument('<id>', 'number of the file', parseId))
    .action((id: number, options: Common) => withStore(options, 'vigie call-file show', async (store) => showFile(await store.callFiles.show(id), options)));

  for (const [name, paused, description] of [['pause', true, 'stops dialing a file; what is being dialed ends by itself'], ['resume', false, 'dials a paused file again']] as const)
    common(command.command(name).description(description).argument('<id>', 'number of the file', parseId)).action((id: number, options: Common) => withStore(options, `vigie call-file ${name}`, async (store) => {
      await store.callFiles.setPaused(id, paused);
      showFile(await store.callFiles.show(id), options);
    }));

  common(command.command('export-rejected').description('writes the rejected rows of a file in its own form, each with its reason').argument('<id>', 'number of the file', parseId).argument('<file>'))
    .action((id: number, path: string, options: Common) => withStore(options, 'vigie call-file export-rejected', async (store) => {
      const file = await store.callFiles.show(id);
      await writeRejected(store.callFiles, file, fromCaller(path), options.language);
      print(options.json ? JSON.stringify({ rejected: file.rejected }) : `${file.rejected} → ${path}`);
    }));
}

async function runImport(file: string, options: ImportOptions): Promise<void> {
  const { campaign: did, map: mapping, language, json } = options;
  const path = fromCaller(file);
  await withStore(options, 'vigie call-file import', async (store) => {
    const { tenant, zone } = await placeOfCampaign(store, did);
    const code = options.country ?? countryOfZone(zone);
    const country = code === null ? null : countryOf(code);
    if (country === null) throw new UsageError(`--country: an ISO code such as FR is expected (is ${JSON.stringify(code ?? '')})`);
    if (options.dryRun) {
      const preview = await previewCallFile({ path, country, zone, mapping, whole: true });
      print(json ? JSON.stringify(preview) : previewInWords(preview, language));
      return;
    }
    const progress = startProgress();
    try {
      const loaded = await importCallFile(store.callFiles, {
        path, campaign: did, tenant, country, zone, mapping, by: 'vigie call-file import',
        onProgress: (step) => progress.show(step.stage === 'reading' ? `${step.rows.toLocaleString(language)} …` : language === 'fr' ? 'comparaison …' : 'comparing …'),
      });
      progress.done();
      if (options.rejected !== undefined) await writeRejected(store.callFiles, loaded, fromCaller(options.rejected), language);
      showFile(loaded, options);
    } finally {
      progress.done();
    }
  });
}

async function placeOfCampaign(store: OperationalStore, did: string): Promise<{ tenant: string; zone: string }> {
  const { campaigns, sites } = await store.load();
  const campaign = campaigns.findLast((entry) => entry.did === did);
  const outbound = campaigns.filter(({ direction }) => direction === 'outbound').map((entry) => entry.did);
  if (campaign?.direction !== 'outbound') throw new UsageError(`--campaign: there is no outbound campaign ${did}; ${outbound.length === 0 ? 'there is none at all' : `there are ${[...new Set(outbound)].join(', ')}`}`);
  return { tenant: campaign.tenant, zone: sites.find(({ id }) => id === campaign.site)?.zone ?? 'UTC' };
}

function showFile(file: CallFile, { json, language }: Common): void {
  print(json ? JSON.stringify(file) : callFileInWords(file, language));
}

function previewInWords({ header, mapping, counts, rows }: Preview, language: Language): string {
  const columns = Object.entries(mapping).map(([field, column]) => `${field} = ${column}`).join(', ');
  const free = header.filter((name) => !Object.values(mapping).includes(name)).join(', ');
  const reasons = Object.entries(counts?.reasons ?? {}).map(([reason, number]) => `  ${number}  ${reasonInWords(reason, language)}`);
  const shown = rows.map(({ line, number, zone, reason, detail }) => `${String(line).padStart(6)}  ${reason === null ? `${number ?? ''}  ${zone ?? ''}` : `– ${reasonInWords(reason, language)}: ${detail ?? ''}`}`);
  const total = language === 'fr' ? `${counts?.rows ?? 0} lignes, ${counts?.contacts ?? 0} contacts` : `${counts?.rows ?? 0} rows, ${counts?.contacts ?? 0} contacts`;
  return [columns, ...(free === '' ? [] : [`+ ${free}`]), ...shown, total, ...reasons].join('\n');
}

/** What is wrong with a file is told in the caller's language; it is not this program's failure, but the call's. */
async function refusing(language: Language, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (error instanceof CallFileRefused) throw new UsageError(refusalInWords(error, language), { cause: error });
    throw error;
  }
}

const fieldSchema = z.enum(FIELDS);

function parseMap(text: string, before: Partial<Record<Field, string>>): Partial<Record<Field, string>> {
  const [name, column] = [text.slice(0, Math.max(0, text.indexOf('='))), text.slice(text.indexOf('=') + 1)];
  const field = fieldSchema.safeParse(name);
  if (!field.success) throw new UsageError(`--map ${text}: FIELD=COLUMN is expected, FIELD one of ${FIELDS.join(', ')}`);
  return { ...before, [field.data]: column };
}

function parseId(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new UsageError(`the number of a call file is expected (is ${JSON.stringify(text)})`);
  return Number(text);
}

export function parseLanguage(text: string): Language {
  if (text !== 'en' && text !== 'fr') throw new UsageError(`--language: en or fr is expected (is ${JSON.stringify(text)})`);
  return text;
}

export function languageOfCaller(): Language {
  return /^fr/i.test(process.env['LC_ALL'] || process.env['LC_MESSAGES'] || process.env['LANG'] || '') ? 'fr' : 'en';
}
