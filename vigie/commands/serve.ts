import type { Command } from 'commander';
import { keepPrivate } from '../data-directory/private.ts';
import type { Builder } from '../main.ts';
import { configurationFor, withDataOption, withJsonOption } from './invocation.ts';
import { runProcess } from './run-process.ts';

export function addServe(program: Command, { buildDashboard }: Builder): void {
  const command = program.command('serve')
    .description('the api and the web pages as a process of their own, as many as are wanted, until Ctrl-C or SIGTERM')
    .addHelpText('after', '\nNeeds VIGIE_STORE on a PostgreSQL server and VIGIE_WAREHOUSE on a ClickHouse server. Listens on VIGIE_PORT, on localhost.');
  withJsonOption(withDataOption(command)).action(async (options: { data?: string; json?: boolean }) => {
    const configuration = configurationFor(options);
    keepPrivate();
    // A wrong configuration is told before a long build.
    const { needsOfServe } = await import('../start/needs.ts');
    needsOfServe(configuration);
    buildDashboard();
    await runProcess(async () => {
      const { startServe } = await import('../start/serve.ts');
      return startServe(configuration);
    }, { json: options.json ?? false, tell: (address) => `Vigie is at ${address}` });
  });
}
