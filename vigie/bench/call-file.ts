import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import pg from 'pg';
import { importCallFile } from '../../ingest/call-files/import-call-file.ts';
import { countryOf } from '../../ingest/call-files/phone-numbers.ts';
import { buildConfiguration } from '../../telephony/centre/build-configuration.ts';
import { loadCentre } from '../../telephony/centre/load-centre.ts';
import { copyText, type ServerFiles } from '../../warehouse/operational/contacts/copy-text.ts';
import { contactLine } from '../../warehouse/operational/contacts/call-files.ts';
import { openStore } from '../../warehouse/operational/store.ts';
import { startThread } from '../threads/start.ts';
import type { StoreThread } from '../start/store.worker.ts';
import type { Bench } from './bench.ts';
import { settle } from './settle.ts';

const CONTACTS = 1_000_000;
/** Of the rows, so many stand in another file of the campaign, and so many on the do-not-call list. */
const IN_BOTH = 20_000;
const LISTED = 20_000;
const COPY_AT_ONCE = 50_000;
const COLUMNS = '(file, lane, line, number, second_number, name, language, due_at, fields)';
const PLAIN = 'create table plain (file integer, lane smallint, line integer, number bigint, second_number bigint, name text, language text, due_at timestamptz, fields jsonb)';

interface Place { connection: { connectionString: string } | { host: string; port: number; files: ServerFiles }; stop(): Promise<void> | void }

/** A file of a million contacts, from the file to contacts that may be dialed, against a bare COPY of the same rows into a table without an index. */
export const callFile: Bench = {
  name: 'call-file',
  describe: `${CONTACTS.toLocaleString('en')} contacts of 7 columns from CSV, with a campaign that has ${IN_BOTH.toLocaleString('en')} of them and as many on the do-not-call list: numbers read, compared, indexed, against a bare COPY of the same rows`,
  unit: 's',
  async prepare(folder) {
    await writeContacts(folder);
    await settle(join(folder, 'contacts.csv'));
  },
  variants: {
    'import, embedded': ({ shared, scratch }) => timedImport(shared, scratch, embedded),
    'COPY, embedded': ({ shared, scratch }) => timedCopy(shared, scratch, embedded),
    ...(hasServer() ? {
      'import, server': ({ shared, scratch }: Folders) => timedImport(shared, scratch, server),
      'COPY, server': ({ shared, scratch }: Folders) => timedCopy(shared, scratch, server),
    } : {}),
  },
  ratios: [
    { name: 'import / COPY, embedded', of: 'import, embedded', to: 'COPY, embedded', atMost: 5 },
    ...(hasServer() ? [{ name: 'import / COPY, server', of: 'import, server', to: 'COPY, server', atMost: 5 }] : []),
  ],
};

interface Folders { shared: string; scratch: string }

function hasServer(): boolean {
  return existsSync('/usr/lib/postgresql');
}

async function embedded(folder: string): Promise<Place> {
  const thread = await startThread<StoreThread>({ name: 'store', entry: new URL('../start/store.worker.ts', import.meta.url), data: { directory: join(folder, 'store') } });
  return { connection: await thread.remote.place(), stop: () => thread.end() };
}

async function server(): Promise<Place> {
  // Looks for the package's programs when it is loaded: not in every command.
  const { startPostgres } = await import('../../warehouse/operational/fixtures/real-postgres.ts');
  const postgres = await startPostgres();
  return { connection: { connectionString: await postgres.database('bench') }, stop: () => postgres.stop() };
}

async function timedImport(shared: string, scratch: string, start: (folder: string) => Promise<Place>): Promise<number> {
  const place = await start(scratch);
  const store = await openStore({ connection: place.connection, maxConnections: 1 });
  try {
    await store.seed(buildConfiguration(loadCentre()));
    const numbers = Array.from({ length: IN_BOTH + LISTED }, (_, index) => `+${numberOf(index * 25)}`);
    await store.contacts.forbid('ocm', numbers.slice(0, LISTED), 'bench');
    const country = countryOf('FR');
    if (country === null) throw new Error('no country FR');
    const options = { campaign: 'bench', tenant: 'ocm', country, zone: 'Europe/Paris', by: 'bench' };
    await importCallFile(store.callFiles, { ...options, path: join(shared, 'earlier.csv') });
    const begun = performance.now();
    const file = await importCallFile(store.callFiles, { ...options, path: join(shared, 'contacts.csv') });
    const seconds = (performance.now() - begun) / 1000;
    if (file.accepted !== CONTACTS - IN_BOTH - LISTED || file.rejected !== IN_BOTH + LISTED) throw new Error(`not all contacts were taken: ${file.accepted} and ${file.rejected}`);
    return seconds;
  } finally {
    await store.close();
    await place.stop();
  }
}

async function timedCopy(shared: string, scratch: string, start: (folder: string) => Promise<Place>): Promise<number> {
  const place = await start(scratch);
  const connection = 'host' in place.connection ? { host: place.connection.host, port: place.connection.port, user: 'postgres', database: 'postgres' } : place.connection;
  const client = new pg.Client(connection);
  await client.connect();
  try {
    await client.query(PLAIN);
    const parts: string[] = [];
    for await (const part of createReadStream(join(shared, 'contacts.tsv'), { encoding: 'utf8', highWaterMark: 6_000_000 })) parts.push(String(part));
    const whole = wholeLines(parts);
    const begun = performance.now();
    for (const part of whole) await copyText(client, `plain ${COLUMNS}`, part, 'host' in place.connection ? place.connection.files : null);
    return (performance.now() - begun) / 1000;
  } finally {
    await client.end();
    await place.stop();
  }
}

/** Cuts at the ends of lines only. */
function wholeLines(parts: string[]): string[] {
  let rest = '';
  const whole = parts.map((part) => {
    const text = rest + part;
    const end = text.lastIndexOf('\n') + 1;
    rest = text.slice(end);
    return text.slice(0, end);
  });
  return rest === '' ? whole : [...whole, rest];
}

/** Mobile numbers in no order, each once: 7,919 has no common divisor with a hundred million. */
function numberOf(index: number): number {
  return 33_600_000_000 + ((index * 7919) % 38_000_000);
}

async function writeContacts(folder: string): Promise<void> {
  const [csv, tsv, earlier] = ['contacts.csv', 'contacts.tsv', 'earlier.csv'].map((name) => createWriteStream(join(folder, name)));
  if (!csv || !tsv || !earlier) throw new Error('no files');
  csv.write('numero;nom;langue;ville;contrat;note;priorite\n');
  earlier.write('numero\n');
  for (let from = 0; from < CONTACTS; from += COPY_AT_ONCE) {
    let [rows, lines, others] = ['', '', ''];
    for (let index = from; index < from + COPY_AT_ONCE; index++) {
      const number = numberOf(index);
      const national = `0${number - 33_000_000_000}`;
      const [name, city] = [`Client ${index}`, `Ville ${index % 500}`];
      rows += `${index % 3 === 0 ? national.replaceAll(/(..)(?=.)/g, '$1 ') : national};${name};fr;${city};C${index * 31};client depuis ${1990 + (index % 35)};${index % 3}\n`;
      lines += contactLine(1, index + 2, index % 3, { number, secondNumber: null, name, language: 'fr', dueMs: null, fields: JSON.stringify({ ville: city, contrat: `C${index * 31}`, note: `client depuis ${1990 + (index % 35)}` }) });
      if (index % 25 === 0 && index / 25 >= LISTED) others += `${national}\n`;
    }
    csv.write(rows);
    tsv.write(lines);
    earlier.write(others);
  }
  await Promise.all([csv, tsv, earlier].map((stream) => finished(stream.end())));
}
