import type { Command } from 'commander';
import { forbidFile } from '../../ingest/call-files/forbid-numbers.ts';
import { countryOf } from '../../ingest/call-files/phone-numbers.ts';
import { CallFileRefused } from '../../ingest/call-files/refusal.ts';
import { refusalInWords, type Language } from '../../ingest/call-files/words.ts';
import { countryOfZone } from '../../ingest/call-files/zones.ts';
import { languageOfCaller, parseLanguage } from './call-file.ts';
import { configurationFor, fromCaller, print, withDataOption, withJsonOption } from './invocation.ts';
import { openStoreFor } from './store-access.ts';
import { UsageError } from './usage-error.ts';

interface Options { tenant: string; column?: string; country?: string; data?: string; json?: boolean; language: Language }

export function addDoNotCall(program: Command): void {
  const command = program.command('do-not-call').description("numbers that a tenant's campaigns must not dial").command('import')
    .description('adds the numbers of a file, CSV or XLSX; contacts that wait are excluded at once')
    .argument('<file>')
    .requiredOption('--tenant <id>', 'whose list it is')
    .option('--column <name>', 'the column of the numbers, where its name does not say so')
    .option('--country <code>', "of numbers without a country code (default: the tenant's)")
    .option('--language <en|fr>', 'of messages', parseLanguage, languageOfCaller());
  withJsonOption(withDataOption(command)).action(async (file: string, options: Options) => {
    const access = await openStoreFor(configurationFor(options), 'vigie do-not-call import');
    try {
      const tenant = (await access.store.load()).tenants.find(({ id }) => id === options.tenant);
      if (!tenant) throw new UsageError(`--tenant: there is no tenant ${options.tenant}`);
      const code = options.country ?? countryOfZone(tenant.zone);
      const country = code === null ? null : countryOf(code);
      if (country === null) throw new UsageError(`--country: an ISO code such as FR is expected (is ${JSON.stringify(code ?? '')})`);
      const counts = await forbidFile(access.store.contacts, { path: fromCaller(file), tenant: tenant.id, country, source: file, ...(options.column === undefined ? {} : { column: options.column }) });
      print(options.json ? JSON.stringify(counts) : options.language === 'fr'
        ? `${counts.rows} lignes : ${counts.added} numéros ajoutés, ${counts.known} déjà connus, ${counts.invalid} invalides`
        : `${counts.rows} rows: ${counts.added} numbers added, ${counts.known} known before, ${counts.invalid} not valid`);
      if (counts.invalid > 0) process.exitCode = 1;
    } catch (error) {
      throw error instanceof CallFileRefused ? new UsageError(refusalInWords(error, options.language), { cause: error }) : error;
    } finally {
      await access.close();
    }
  });
}
