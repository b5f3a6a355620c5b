import { createServer } from 'node:http';
import { openDuckDb } from '../../warehouse/duckdb/engine.ts';
import { openWarehouse } from '../../warehouse/open-warehouse.ts';
import { createIngestHandler } from '../http/ingest-handler.ts';
import { planForMapping } from '../mapping/plan-for-mapping.ts';
import { Loader } from '../spool/loader.ts';
import { openSpool } from '../spool/spool.ts';

/**
 * The way from the socket to the warehouse as a process of its own, for tests that end it at any moment.
 * Arguments: data folder, token. Prints its port; SIGTERM loads all and ends.
 */
const [, , folder = '', token = ''] = process.argv;
const warehouse = await openWarehouse({ engine: openDuckDb({ path: `${folder}/warehouse.duckdb`, threads: 1 }), callerKeySecret: 'test', planFor: planForMapping });
const spool = await openSpool({ folder: `${folder}/spool`, segmentMs: 50 });
const loader = new Loader({ spool, warehouse, onFailed: ({ error }) => { process.stderr.write(`${String(error)}\n`); } });
loader.start();
const handle = createIngestHandler({ door: spool, tokens: { pbx: token }, onError: (error) => { process.stderr.write(`${String(error)}\n`); } });
const server = createServer((request, response) => { if (!handle(request, response)) response.writeHead(404).end(); });
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.stdout.write(`${typeof address === 'object' && address ? address.port : ''}\n`);
});
process.once('SIGTERM', () => { void end(); });

async function end(): Promise<void> {
  server.close();
  server.closeAllConnections();
  await spool.flush();
  while ((await spool.status()).segments > 0) await new Promise((resolve) => { setTimeout(resolve, 20); });
  await loader.stop();
  await spool.close();
  await warehouse.close();
}
