import type { Command } from 'commander';
import { keepPrivate } from '../data-directory/private.ts';
import { configurationFor, withDataOption, withJsonOption } from './invocation.ts';
import { runProcess } from './run-process.ts';

export function addTelephony(program: Command): void {
  const command = program.command('telephony')
    .description('the telephony core as a process of its own, until Ctrl-C or SIGTERM: its rows go to "vigie ingest", its live stream and commands to "vigie serve"')
    .addHelpText('after', '\nNeeds VIGIE_STORE on a PostgreSQL server. Listens on VIGIE_CORE_LISTEN; one works on a store, a second one waits for its end.');
  withJsonOption(withDataOption(command)).action(async (options: { data?: string; json?: boolean }) => {
    const configuration = configurationFor(options);
    keepPrivate();
    await runProcess(async (signal) => {
      const { startTelephony } = await import('../start/telephony.ts');
      return startTelephony(configuration, signal);
    }, { json: options.json ?? false, tell: (address) => `Vigie's telephony core is at ${address}` });
  });
}
