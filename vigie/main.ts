import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, CommanderError } from 'commander';
import { z } from 'zod';
import { projectRoot } from '../warehouse/sql-files.ts';
import { WarehouseError } from '../warehouse/warehouse.ts';
import { UsageError } from './commands/usage-error.ts';
import { ConfigurationError } from './configuration.ts';
import { remedyOf } from './trouble.ts';

const FAILED = 1;
const WRONG_USAGE = 2;

/** What the entry knows how to do and the compiled program does not. */
export interface Builder { buildDashboard(): void }

/** In the order of the help. Each comes with what it needs, half a second together: only the one that is asked for is loaded. */
const COMMANDS: Record<string, () => Promise<(program: Command, builder: Builder) => void>> = {
  start: async () => (await import('./commands/start.ts')).addStart,
  serve: async () => (await import('./commands/serve.ts')).addServe,
  telephony: async () => (await import('./commands/telephony.ts')).addTelephony,
  ingest: async () => (await import('./commands/ingest.ts')).addIngest,
  simulate: async () => (await import('./commands/simulate.ts')).addSimulate,
  import: async () => (await import('./commands/import.ts')).addImport,
  'call-file': async () => (await import('./commands/call-file.ts')).addCallFile,
  'do-not-call': async () => (await import('./commands/do-not-call.ts')).addDoNotCall,
  notify: async () => (await import('./commands/notify.ts')).addNotify,
  incidents: async () => (await import('./commands/incidents.ts')).addIncidents,
  dial: async () => (await import('./commands/dial.ts')).addDial,
  kpi: async () => (await import('./commands/kpi.ts')).addKpi,
  migrate: async () => (await import('./commands/migrate.ts')).addMigrate,
  copy: async () => (await import('./commands/copy.ts')).addCopy,
  watch: async () => (await import('./commands/watch.ts')).addWatch,
  bench: async () => (await import('./commands/bench.ts')).addBench,
};

/** The command line. Exit codes: 0 done, 1 failed, 2 wrong usage. */
export async function main(argv: string[], builder: Builder): Promise<void> {
  endQuietlyWithoutReader(process.stdout);
  const program = new Command('vigie').description("a call centre's reporting warehouse with live dashboards").version(version()).exitOverride().showHelpAfterError();
  const [, , asked = ''] = argv;
  for (const load of Object.hasOwn(COMMANDS, asked) ? [COMMANDS[asked]] : Object.values(COMMANDS)) (await load?.())?.(program, builder);
  try {
    await program.parseAsync(argv);
  } catch (error) {
    process.exitCode = report(error);
  }
}

function version(): string {
  return z.object({ version: z.string() }).parse(JSON.parse(readFileSync(join(projectRoot(), 'package.json'), 'utf8'))).version;
}

function report(error: unknown): number {
  // Help and version are done; everything else that the parser throws was printed by it.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : WRONG_USAGE;
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`vigie: ${message}\n`);
  if (!(error instanceof Error)) return FAILED;
  const remedy = remedyOf(error);
  if (remedy !== null) process.stderr.write(`${remedy}\n`);
  if (process.env['VIGIE_LOG_LEVEL'] === 'debug') process.stderr.write(`${error.stack ?? ''}\n`);
  const wrongUsage = error instanceof UsageError || error instanceof ConfigurationError || (error instanceof WarehouseError && (error.code === 'invalid-query' || error.code === 'invalid-mapping'));
  return wrongUsage ? WRONG_USAGE : FAILED;
}

/** `vigie kpi … | head`: a reader that has seen enough is no failure. */
function endQuietlyWithoutReader(stream: NodeJS.WriteStream): void {
  stream.on('error', (error) => {
    if (!('code' in error) || error.code !== 'EPIPE') throw error;
    process.exit(0);
  });
}
