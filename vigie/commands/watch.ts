import type { Command } from 'commander';
import { keepPrivate } from '../data-directory/private.ts';
import { configurationFor, withDataOption, withJsonOption } from './invocation.ts';
import { runProcess } from './run-process.ts';

export function addWatch(program: Command): void {
  const command = program.command('watch')
    .description('looks whether Vigie answers and sees, and tells by mail and webhook when it does not, until Ctrl-C or SIGTERM')
    .addHelpText('after', '\nNeeds no database. Looks at VIGIE_WATCH, tells VIGIE_WATCH_TELL through VIGIE_SMTP_URL and VIGIE_WEBHOOKS, and calls VIGIE_HEARTBEAT_URL.\nBest on another machine than what it watches, of which a proxy lets /health and /sight through (see the README).');
  withJsonOption(withDataOption(command)).action(async (options: { data?: string; json?: boolean }) => {
    const configuration = configurationFor(options);
    keepPrivate();
    await runProcess(async () => {
      const { startWatching } = await import('../start/watch.ts');
      return startWatching(configuration);
    }, { json: options.json ?? false, tell: (address) => `Watching ${address}` });
  });
}
