import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { projectRoot } from '../../sql-files.ts';
import { installServer, missingPlatform } from './install.ts';
import { startServer } from './server.ts';

/** `npm run clickhouse`: a server for development on 127.0.0.1 until Ctrl-C. `--install` only installs it. */
const { values } = parseArgs({ options: {
  'port': { type: 'string', default: '8123' }, 'tcp-port': { type: 'string', default: '9000' },
  'folder': { type: 'string', default: join(projectRoot(), 'data', 'clickhouse') }, 'install': { type: 'boolean', default: false },
} });
const tell = (line: string): void => void process.stderr.write(`${line}\n`);
const missing = missingPlatform();
if (missing !== null) {
  tell(`${missing}. Use a server of your own: https://clickhouse.com/docs/install`);
  process.exit(1);
}
await installServer(tell);
if (!values.install) {
  const server = await startServer({ folder: values.folder, httpPort: Number(values.port), tcpPort: Number(values['tcp-port']), memoryMb: 4000 });
  tell(`ClickHouse answers. Set VIGIE_WAREHOUSE=${server.url('vigie')}\nData: ${values.folder}; Ctrl-C ends it.`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void server.stop());
}
