import type { Command } from 'commander';
import { configurationFor, print, withDataOption } from './invocation.ts';

export function addStart(program: Command): void {
  const command = program.command('start').description('the simulated centre, the warehouse and the web pages, until Ctrl-C or SIGTERM');
  withDataOption(command).action(async (options: { data?: string }) => {
    const configuration = configurationFor(options);
    // Only here: the web's parts take half a second to load, which the other commands need not wait for.
    const { start } = await import('../start/start.ts');
    const running = await start(configuration);
    print(`Vigie is at ${running.address}`);
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void running.end());
    const reason = await running.ended;
    if (reason) throw reason;
    // Engines may leave handles behind; everything is written by now.
    process.exit(0);
  });
}
