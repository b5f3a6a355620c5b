import type { Command } from 'commander';
import { lockDirectory } from '../data-directory/lock.ts';
import { keepPrivate } from '../data-directory/private.ts';
import type { Builder } from '../main.ts';
import { configurationFor, print, withDataOption } from './invocation.ts';

export function addStart(program: Command, { buildDashboard }: Builder): void {
  const command = program.command('start').description('the simulated centre, the warehouse and the web pages, until Ctrl-C or SIGTERM');
  withDataOption(command).action(async (options: { data?: string }) => {
    // A wrong configuration, and a directory that is in use or not to be written to, is told before a long build.
    const configuration = configurationFor(options);
    keepPrivate();
    (await lockDirectory(configuration.dataDirectory, 'vigie start')).release();
    buildDashboard();
    const asked = askedToEnd();
    // Only here: the web's parts take half a second to load, which the other commands need not wait for.
    const { start } = await import('../start/start.ts');
    const running = await start(configuration);
    // Also when it was asked before everything stood: what was begun ends in order.
    void asked.then(() => running.end());
    print(`Vigie is at ${running.address}`);
    const reason = await running.ended;
    if (reason) throw reason;
    // Engines may leave handles behind; everything is written by now.
    process.exit(0);
  });
}

/** The first Ctrl-C or SIGTERM; the second one is the system's to answer. */
function askedToEnd(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}
