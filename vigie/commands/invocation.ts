import { resolve } from 'node:path';
import type { Command } from 'commander';
import { parseConfiguration, type Configuration } from '../configuration.ts';

/** Where the person who called the command stands: npm runs its scripts in the project's folder. */
export function callersFolder(): string {
  return process.env['npm_lifecycle_event'] === 'vigie' || process.env['npm_lifecycle_event'] === 'start' ? (process.env['INIT_CWD'] ?? process.cwd()) : process.cwd();
}

export function fromCaller(path: string): string {
  return resolve(callersFolder(), path);
}

/** The configuration, with `--data` before `VIGIE_DATA`. */
export function configurationFor(options: { data?: string | undefined }): Configuration {
  const configuration = parseConfiguration(process.env, callersFolder());
  return options.data === undefined ? configuration : { ...configuration, dataDirectory: fromCaller(options.data) };
}

/** `--data` and `--json`, the same for every command that has them. */
export function withDataOption(command: Command): Command {
  return command.option('--data <directory>', 'data directory (default: VIGIE_DATA, else ./data)');
}
export function withJsonOption(command: Command): Command {
  return command.option('--json', 'print one JSON document to standard output');
}

export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
