import type { Command } from 'commander';
import { keepPrivate } from '../data-directory/private.ts';
import { configurationFor, withDataOption, withJsonOption } from './invocation.ts';
import { runProcess } from './run-process.ts';

export function addIngest(program: Command): void {
  const command = program.command('ingest')
    .description('the spool and the loading as a process of its own, until Ctrl-C or SIGTERM: rows come over HTTP')
    .addHelpText('after', '\nNeeds VIGIE_STORE on a PostgreSQL server. Listens on VIGIE_INGEST_LISTEN. Of several, one closes days and keeps the names.');
  withJsonOption(withDataOption(command)).action(async (options: { data?: string; json?: boolean }) => {
    const configuration = configurationFor(options);
    keepPrivate();
    await runProcess(async () => {
      const { startIngest } = await import('../start/ingest.ts');
      return startIngest(configuration);
    }, { json: options.json ?? false, tell: (address) => `Vigie's ingest is at ${address}` });
  });
}
