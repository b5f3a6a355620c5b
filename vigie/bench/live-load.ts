import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { openDuckDb } from '../../warehouse/duckdb/engine.ts';
import { parseConfiguration, type Configuration } from '../configuration.ts';
import { startThread } from '../threads/start.ts';
import type { Bench } from './bench.ts';
import type { ClientsThread } from './clients.worker.ts';
import { watchLoop } from './loop-watch.ts';
import { sampleCalls } from './sample-calls.ts';

const TOKEN = 'token-of-the-bench';
const SECONDS = 40;
const HISTORY_DAYS = 30;
const IMPORTED = 500_000;

/** The started program, its main thread watched from inside, its users in a thread of their own. */
export const liveLoad: Bench = {
  name: 'live-load',
  describe: `${SECONDS} s each of the started program with 500 rows/s coming in, importing ${IMPORTED.toLocaleString('en')} calls, and filling the first history, pages being read: how late events are seen, how long the event loop stalls`,
  unit: 'ms',
  async prepare(folder) {
    const engine = openDuckDb({ path: ':memory:' });
    await engine.execute({ sql: `COPY (${sampleCalls(IMPORTED)}) TO '${fileIn(folder)}' (HEADER, DELIMITER ';')` });
    await engine.close();
  },
  variants: {
    '500 rows/s': ({ scratch }) => watched(scratch, 0, (clients) => clients.rows(SECONDS)),
    import: ({ shared, scratch }) => watched(scratch, 0, async (clients, importing) => {
      const [pages] = await Promise.all([clients.pages(SECONDS), importing]);
      return { pages };
    }, () => importFile(fileIn(shared), scratch)),
    'first history': ({ scratch }) => watched(scratch, HISTORY_DAYS, async (clients) => ({ pages: await clients.pages(SECONDS) })),
  },
  ratios: [],
  limits: [
    { name: "event to subscriber's state, p99, 500 rows/s", of: '500 rows/s, state', atMost: 500 },
    { name: "event to the day's figures, p99, 500 rows/s", of: '500 rows/s, figures', atMost: 2000 },
    ...['500 rows/s', 'import', 'first history'].flatMap((phase) => [
      { name: `longest stall, ${phase}`, of: `${phase}, longest stall`, atMost: 250 },
      { name: `time in stalls above 100 ms, ${phase}`, of: `${phase}, stalled`, atMost: 0.1, unit: '%' },
    ]),
  ],
};

async function watched(dataDirectory: string, historyDays: number, use: (clients: ClientsThread, beside: Promise<void> | undefined) => Promise<Record<string, number>>, beside?: () => Promise<void>): Promise<Record<string, number>> {
  const configuration: Configuration = { ...parseConfiguration({}, dataDirectory), dataDirectory, port: 0, historyDays, ingestTokens: { bench: TOKEN }, ownLegs: ['bench'], logLevel: 'error' };
  // Not above: every command reads this file, and the web's parts take half a second to load.
  const { start } = await import('../start/start.ts');
  const program = await start(configuration);
  try {
    const clients = await startThread<ClientsThread>({ name: 'clients', entry: new URL('./clients.worker.ts', import.meta.url), data: { address: program.address, token: TOKEN, zone: zoneInItsDay() } });
    // Before the watch: to start a process holds this thread up, and the program itself starts none.
    const running = beside?.();
    const loop = watchLoop();
    const measured = await use(clients.remote, running);
    const { longestMs, sharePercent, ownLongestMs, ownSharePercent } = loop.stop();
    await clients.end();
    return { ...measured, 'longest stall': longestMs, stalled: sharePercent, 'longest own stall': ownLongestMs, 'stalled itself': ownSharePercent };
  } finally {
    await program.end();
  }
}

/** Midnight in the middle of a run would begin the figures anew. */
function zoneInItsDay(): string {
  const hour = new Date().getUTCHours();
  return hour >= 1 && hour < 23 ? 'UTC' : 'Pacific/Honolulu';
}

/** As its users do: a command of its own, which asks the running program. */
function importFile(file: string, dataDirectory: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const command = spawn(process.execPath, [process.argv[1] ?? '', 'import', file, '--mapping', 'hermes-odcalls', '--tenant', 'ocm', '--data', dataDirectory, '--json'], { stdio: ['ignore', 'ignore', 'inherit'] });
    command.once('error', reject);
    command.once('close', (code) => (code === 0 ? resolve() : reject(new Error(`the import failed with code ${String(code)}`))));
  });
}

function fileIn(folder: string): string {
  return join(folder, 'calls.csv');
}
