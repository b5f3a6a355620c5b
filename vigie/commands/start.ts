import type { Command } from 'commander';
import { lockDirectory } from '../data-directory/lock.ts';
import { keepPrivate } from '../data-directory/private.ts';
import type { Builder } from '../main.ts';
import { configurationFor, withDataOption, withJsonOption } from './invocation.ts';
import { runProcess } from './run-process.ts';

export function addStart(program: Command, { buildDashboard }: Builder): void {
  const command = program.command('start').description('the simulated centre, the warehouse and the web pages, until Ctrl-C or SIGTERM');
  withJsonOption(withDataOption(command)).action(async (options: { data?: string; json?: boolean }) => {
    // A wrong configuration, and a directory that is in use or not to be written to, is told before a long build.
    const configuration = configurationFor(options);
    keepPrivate();
    (await lockDirectory(configuration.dataDirectory, 'vigie start')).release();
    buildDashboard();
    await runProcess(async (signal) => {
      // Only here: the web's parts take half a second to load, which the other commands need not wait for.
      const { start } = await import('../start/start.ts');
      return start(configuration, signal);
    }, { json: options.json ?? false, tell: (address) => `Vigie is at ${address}` });
  });
}
