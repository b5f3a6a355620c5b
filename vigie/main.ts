import { Command, CommanderError } from 'commander';
import { WarehouseError } from '../warehouse/warehouse.ts';
import { addBench } from './commands/bench.ts';
import { addImport } from './commands/import.ts';
import { addKpi } from './commands/kpi.ts';
import { addSimulate } from './commands/simulate.ts';
import { addStart } from './commands/start.ts';
import { UsageError } from './commands/usage-error.ts';
import { ConfigurationError } from './configuration.ts';

const FAILED = 1;
const WRONG_USAGE = 2;

/** The command line. Exit codes: 0 done, 1 failed, 2 wrong usage. */
export async function main(argv: string[]): Promise<void> {
  const program = new Command('vigie').description("a call centre's reporting warehouse with live dashboards").exitOverride().showHelpAfterError();
  for (const add of [addStart, addSimulate, addImport, addKpi, addBench]) add(program);
  try {
    await program.parseAsync(argv);
  } catch (error) {
    process.exitCode = report(error);
  }
}

function report(error: unknown): number {
  // Help and version are done; everything else that the parser throws was printed by it.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : WRONG_USAGE;
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`vigie: ${message}\n`);
  if (!(error instanceof Error)) return FAILED;
  if (process.env['VIGIE_LOG_LEVEL'] === 'debug') process.stderr.write(`${error.stack ?? ''}\n`);
  const wrongUsage = error instanceof UsageError || error instanceof ConfigurationError || (error instanceof WarehouseError && (error.code === 'invalid-query' || error.code === 'invalid-mapping'));
  return wrongUsage ? WRONG_USAGE : FAILED;
}
