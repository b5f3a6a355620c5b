import { createReadStream, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createDesk } from '../../ingest/call-files/desk.ts';
import { hostileFiles } from '../../ingest/call-files/fixtures/hostile-files.ts';
import { workbookRow, writeWorkbook } from '../../ingest/call-files/fixtures/workbook.ts';
import { xlsxRows } from '../../ingest/call-files/xlsx-rows.ts';
import { embeddedStoreOf } from '../../warehouse/operational/fixtures/embedded-store.ts';
import { FULL_SCOPE } from '../../warehouse/warehouse.ts';
import { openDirectory } from '../directory.ts';
import { serveApi, type ServedApi } from '../fixtures/serve.ts';
import { openTestWarehouse } from '../fixtures/warehouse.ts';
import { openCallFileDoors } from './doors.ts';
import { openCallFileWork } from './work.ts';
import { campaignInSight, fileInSight } from './sight.ts';
import { smallCentre } from '../../warehouse/operational/fixtures/small-centre.ts';
import { systemClock } from '../clock.ts';

const { store, folder } = await embeddedStoreOf('uploads');
const uploads = join(folder, 'uploads');
let served: ServedApi;
beforeAll(async () => {
  served = await serveApi(await openTestWarehouse(), { callFiles: { store, folder: uploads, open: (tell) => createDesk(store, tell) } });
});
afterAll(() => served.close());

interface Sent { status: number; body: Record<string, unknown> }

const answered = (text: string): Record<string, unknown> => z.record(z.string(), z.unknown()).catch({ text }).parse(text.startsWith('{') ? JSON.parse(text) : null);
const at = (path: string): string => new URL(path, served.url).href;

async function send(path: string, body: BodyInit | null, headers: Record<string, string> = { 'x-vigie': '1' }): Promise<Sent> {
  const response = await fetch(at(path), { method: 'POST', body, headers });
  return { status: response.status, body: answered(await response.text()) };
}

/** From the disk, in pieces and without a declared length. */
async function sendFile(path: string, name = 'contacts.csv'): Promise<Sent> {
  return new Promise((resolve, reject) => {
    const sent = request(at(`/files/call-file?campaign=9100&name=${encodeURIComponent(name)}`), { method: 'POST', headers: { 'x-vigie': '1' } }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => (text += part)).on('end', () => resolve({ status: response.statusCode ?? 0, body: answered(text) }));
    });
    sent.on('error', reject);
    createReadStream(path).pipe(sent);
  });
}

async function ask(query: string, variables?: Record<string, unknown>): Promise<unknown> {
  const { body } = await served.ask(query, variables);
  if (body.errors) throw new Error(JSON.stringify(body.errors));
  return body.data;
}

async function until<T>(query: string, ready: (answer: T) => boolean, schema: z.ZodType<T>): Promise<T> {
  for (let attempt = 0; attempt < 400; attempt++) {
    const answer = schema.parse(await ask(query));
    if (ready(answer)) return answer;
    await pause(25);
  }
  throw new Error(`waited in vain: ${query}`);
}

const refusedLater = z.object({ callFileUpload: z.object({ check: z.object({ done: z.boolean(), refusal: z.object({ code: z.string(), reason: z.string() }).nullable() }).nullable(), import: z.object({ stage: z.string() }).nullable() }) });

/** Why a file is not taken: at once, or, where only a later row shows it, by the check; then the import does not take it either. */
async function refusalOf(path: string): Promise<{ code: unknown; words: unknown }> {
  const { status, body } = await sendFile(path);
  if (status === 422) return { code: body['code'], words: body['message'] };
  const query = `{ callFileUpload(id: "${String(body['upload'])}") { check { done refusal { code reason(language: en) } } import { stage } } }`;
  const { callFileUpload: { check } } = await until(query, ({ callFileUpload }) => callFileUpload.check?.done === true, refusedLater);
  await ask(`mutation { importCallFile(upload: "${String(body['upload'])}") { id } }`);
  const { callFileUpload } = await until(query, ({ callFileUpload: { import: begun } }) => !['READING', 'COMPARING'].includes(begun?.stage ?? ''), refusedLater);
  return { code: callFileUpload.import?.stage === 'REFUSED' ? check?.refusal?.code : callFileUpload.import?.stage, words: check?.refusal?.reason };
}

const checked = z.object({ callFileUpload: z.object({ check: z.object({ done: z.boolean(), rows: z.number(), contacts: z.number().nullable(), reasons: z.array(z.unknown()) }) }) });
const imported = z.object({ callFileUpload: z.object({ import: z.object({ stage: z.string(), rows: z.number(), file: z.object({ id: z.string() }).catchall(z.unknown()).nullable() }) }) });

const CSV = 'Nom;Tél;Fuseau;Mobile\nAwa;650000001;;\nPaul;zz;;\nÈve;650000001;;\nTom;650000002;Mars/Nord;\nListe;650000009;;650000003\n';

test('a file is looked at, mapped, imported, and gives its rejected rows back', async () => {
  expect(await ask('mutation { addDoNotCall(tenant: "ocm", numbers: ["650 000 009", "650000009", "abc"]) { added known wrong } }')).toEqual({ addDoNotCall: { added: 1, known: 1, wrong: ['abc'] } });
  expect(await ask('{ ocm: doNotCallCount(tenant: "ocm") nobody: doNotCallCount(tenant: "x") }')).toEqual({ ocm: 1, nobody: null });
  const { status, body } = await send('/files/call-file?campaign=9100&name=C%3A%5Cdossier%5Cliste.csv', CSV);
  expect([status, body]).toEqual([201, { upload: expect.stringMatching(/^[\da-f-]{36}$/) }]);
  const id = String(body['upload']);
  const shown = `{ callFileUpload(id: "${id}") { name campaign bytes format encoding delimiter country columns { name field examples } rows { line cells number zone reason } import { stage } } }`;
  expect(await ask(shown)).toMatchObject({ callFileUpload: {
    name: 'liste.csv', campaign: '9100', bytes: Buffer.byteLength(CSV), format: 'csv', encoding: 'utf-8', delimiter: ';', country: 'CM', import: null,
    columns: [{ name: 'Nom', field: 'NAME', examples: ['Awa', 'Paul', 'Ève'] }, { name: 'Tél', field: 'NUMBER' }, { name: 'Fuseau', field: 'ZONE', examples: ['Mars/Nord'] }, { name: 'Mobile', field: 'SECOND_NUMBER' }],
    rows: [{ line: 2, cells: ['Awa', '650000001', '', ''], number: '+237650000001', zone: 'Africa/Douala', reason: null }, { line: 3, reason: 'invalid-number' }, { line: 4, reason: 'duplicate-in-file' }, { line: 5, reason: 'unknown-zone' }, { line: 6, reason: null }],
  } });
  const check = `{ callFileUpload(id: "${id}") { check { done rows contacts reasons { reason rows examples { line detail } } } } }`;
  expect((await until(check, ({ callFileUpload }) => callFileUpload.check.done, checked)).callFileUpload.check).toMatchObject({ rows: 5, contacts: 2, reasons: [{ reason: 'invalid-number', rows: 1, examples: [{ line: 3, detail: 'zz' }] }, { reason: 'duplicate-in-file', examples: [{ line: 4, detail: '+237650000001' }] }, { reason: 'unknown-zone' }] });

  // Nobody's zone is in that column after all; and a column cannot be two things.
  const map = 'mutation Map($upload: String!, $mapping: [CallFileColumnField!]!, $country: String!) { mapCallFile(upload: $upload, mapping: $mapping, country: $country) { __typename ... on CallFileUpload { columns { field } } ... on CallFileRefusal { code reason(language: en) } } }';
  const mapping = [{ field: 'NUMBER', column: 'Tél' }, { field: 'NAME', column: 'Nom' }];
  expect(await ask(map, { upload: id, country: 'CM', mapping: [...mapping, { field: 'LANGUAGE', column: 'Nom' }] })).toEqual({ mapCallFile: { __typename: 'CallFileRefusal', code: 'column-twice', reason: 'a column stands for two things (Nom)' } });
  expect(await ask(map, { upload: id, country: 'CM', mapping })).toEqual({ mapCallFile: { __typename: 'CallFileUpload', columns: [{ field: 'NAME' }, { field: 'NUMBER' }, { field: null }, { field: null }] } });
  expect((await until(check, ({ callFileUpload }) => callFileUpload.check.done, checked)).callFileUpload.check).toMatchObject({ rows: 5, contacts: 3 });

  expect(await ask(`mutation { importCallFile(upload: "${id}") { import { stage } } again: importCallFile(upload: "${id}") { id } }`)).toEqual({ importCallFile: { import: { stage: 'READING' } }, again: null });
  const file = '{ id name status rows accepted rejected penetration states { new inProgress callBack followUp done exhausted excluded } reasons { reason rows examples { line detail } } results { result attempts } loadedBy }';
  const { callFileUpload } = await until(`{ callFileUpload(id: "${id}") { import { stage rows file ${file} } } }`, ({ callFileUpload: { import: { stage } } }) => stage === 'DONE', imported);
  expect(callFileUpload.import).toMatchObject({ rows: 5, file: {
    name: 'liste.csv', status: 'READY', rows: 5, accepted: 2, rejected: 3, penetration: 0, results: [], loadedBy: 'local', states: { new: 2, inProgress: 0, callBack: 0, followUp: 0, done: 0, exhausted: 0, excluded: 0 },
    reasons: [{ reason: 'do-not-call', rows: 1, examples: [{ line: 6, detail: '+237650000009' }] }, { reason: 'duplicate-in-file', rows: 1 }, { reason: 'invalid-number', rows: 1 }],
  } });
  expect(readdirSync(uploads)).toEqual([]);

  const back = await fetch(at(`/files/rejected/${callFileUpload.import.file?.id}?language=fr`));
  expect([back.status, back.headers.get('content-type'), back.headers.get('content-disposition')]).toEqual([200, 'text/csv; charset=utf-8', "attachment; filename*=UTF-8''liste-rejets.csv"]);
  expect(Buffer.from(await back.arrayBuffer()).toString('utf8')).toBe("\u{FEFF}Nom;Tél;Fuseau;Mobile;Ligne;Motif du rejet;Valeur\r\nPaul;zz;;;3;numéro de téléphone invalide;zz\r\nÈve;650000001;;;4;numéro déjà présent plus haut dans le fichier;'+237650000001\r\nListe;650000009;;650000003;6;sur la liste d’opposition;'+237650000009\r\n".replaceAll("'+237650000001", `"'+237650000001"`).replaceAll("'+237650000009", `"'+237650000009"`));
});

test('a file is paused, and deleted while nobody of it was dialed', async () => {
  const { body } = await send('/files/call-file?campaign=9100&name=b.csv', 'numero\n650000021\n650000022\n');
  await ask(`mutation { importCallFile(upload: "${String(body['upload'])}") { id } }`);
  const { callFileUpload: { import: { file } } } = await until(`{ callFileUpload(id: "${String(body['upload'])}") { import { stage rows file { id } } } }`, ({ callFileUpload: { import: { stage } } }) => stage === 'DONE', imported);
  const id = file?.id ?? '';
  expect(await ask(`mutation { pauseCallFile(id: "${id}", paused: true) { status } }`)).toEqual({ pauseCallFile: { status: 'PAUSED' } });
  const rules = { hours: null, holidays: [], attempts: [], lockoutSeconds: 0, recycling: {}, followUps: [], ownCallBackSeconds: 0 };
  const take = { campaign: '9100', dialer: 'd', atMs: Date.now(), most: 100, leaseMs: 1000, agents: [], rules };
  await ask(`mutation { pauseCallFile(id: "${id}", paused: false) { status } }`);
  const taken = (await store.contacts.take(take)).filter(({ number }) => number.startsWith('+23765000002'));
  expect(taken).toHaveLength(2);
  const remove = `mutation { deleteCallFile(id: "${id}") { __typename ... on CommandRefused { code } } }`;
  expect(await ask(remove)).toEqual({ deleteCallFile: { __typename: 'CommandRefused', code: 'dialed' } });
  await store.contacts.report({ contact: taken[0]?.id ?? 0, dialer: 'd', callId: 'c', startedMs: 1, endedMs: 2, result: 'busy', agent: null, status: null, callBack: null }, rules);
  expect(await ask(`{ callFile(id: "${id}") { results { result attempts } penetration } }`)).toEqual({ callFile: { results: [{ result: 'busy', attempts: 1 }], penetration: 1 } });
  const other = await send('/files/call-file?campaign=9100&name=c.csv', 'numero\n650000031\n');
  await ask(`mutation { importCallFile(upload: "${String(other.body['upload'])}") { id } }`);
  const { callFileUpload } = await until(`{ callFileUpload(id: "${String(other.body['upload'])}") { import { stage rows file { id } } } }`, ({ callFileUpload: { import: { stage } } }) => stage === 'DONE', imported);
  expect(await ask(`mutation { deleteCallFile(id: "${callFileUpload.import.file?.id}") { __typename } }`)).toEqual({ deleteCallFile: { __typename: 'CommandDone' } });
  expect(await ask(`{ callFile(id: "${callFileUpload.import.file?.id}") { id } }`)).toEqual({ callFile: null });
});

test('an import is stopped: nothing of it is loaded, nothing of it stays', async () => {
  const { body } = await send('/files/call-file?campaign=9100&name=arret.csv', 'numero\n650000061\n650000062\n');
  const upload = String(body['upload']);
  expect(await ask(`mutation { importCallFile(upload: "${upload}") { import { stage } } discardCallFile(upload: "${upload}") { __typename } }`)).toEqual({ importCallFile: { import: { stage: 'READING' } }, discardCallFile: { __typename: 'CommandDone' } });
  expect(await ask(`{ callFileUpload(id: "${upload}") { id } }`)).toEqual({ callFileUpload: null });
  for (let attempt = 0; attempt < 200 && readdirSync(uploads).length > 0; attempt++) await pause(25);
  expect(readdirSync(uploads)).toEqual([]);
  expect((await store.callFiles.list()).filter(({ name }) => name === 'arret.csv')).toEqual([]);
  expect(served.logs.filter(({ msg }) => msg === 'an import of contacts failed')).toEqual([]);
});

test('a workbook comes the same way, and its rejected rows are a workbook', async () => {
  const path = await writeWorkbook(join(folder, 'classeur.xlsx'), `${workbookRow('Numéro', 'Nom')}${workbookRow('650000041', 'Zoé')}${workbookRow('12', '=1+1')}`);
  const { body } = await sendFile(path, 'classeur.xlsx');
  await ask(`mutation { importCallFile(upload: "${String(body['upload'])}") { id } }`);
  const { callFileUpload: { import: { file } } } = await until(`{ callFileUpload(id: "${String(body['upload'])}") { import { stage rows file { id accepted format: name } } } }`, ({ callFileUpload: { import: { stage } } }) => stage === 'DONE', imported);
  expect(file).toMatchObject({ accepted: 1 });
  const back = join(folder, 'back.xlsx');
  const response = await fetch(at(`/files/rejected/${file?.id}?language=en`));
  expect(response.headers.get('content-disposition')).toContain('classeur-rejected.xlsx');
  writeFileSync(back, Buffer.from(await response.arrayBuffer()));
  const rows: string[][] = [];
  for await (const part of xlsxRows(back)) rows.push(...part.rows);
  expect(rows.at(-1)).toEqual(['12', '=1+1', '3', 'not a valid telephone number', '12']);
});

describe('what is not taken', () => {
  test('hostile files, with the reason in words; nothing of them stays', async () => {
    for (const { code, path } of await hostileFiles(folder)) {
      expect([code, await refusalOf(path)]).toEqual([code, { code, words: expect.stringMatching(/\w+ \w+/) }]);
      expect([code, readdirSync(uploads)]).toEqual([code, []]);
    }
    expect((await store.callFiles.list()).every(({ status }) => status === 'ready')).toBe(true);
  });

  test('more bytes than allowed, declared or not; one that breaks off', async () => {
    const work = openCallFileWork({ store, folder: uploads, open: (tell) => createDesk(store, tell) }, pino({ level: 'silent' }), systemClock);
    const directory = await openDirectory({ load: () => Promise.resolve(smallCentre), subscribe: () => () => undefined }, systemClock);
    const door = openCallFileDoors({ ...work, directory, logger: pino({ level: 'silent' }), mostBytes: 1000 });
    const server = createServer((incoming, response) => void door(incoming, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/files/call-file?campaign=9100&language=en`;
    const large = 'numero\n'.padEnd(100_000, '650000001\n');
    const declared = await fetch(url, { method: 'POST', headers: { 'x-vigie': '1' }, body: large });
    expect([declared.status, await declared.json()]).toEqual([413, { code: 'too-large', message: 'the file is larger than 2 GB' }]);
    const streamed = await new Promise<number>((resolve, reject) => {
      const sent = request(url, { method: 'POST', headers: { 'x-vigie': '1', 'transfer-encoding': 'chunked' } }, (response) => resolve(response.resume().statusCode ?? 0));
      sent.on('error', reject).end(large);
    });
    expect(streamed).toBe(413);
    const broken = request(url, { method: 'POST', headers: { 'x-vigie': '1', 'content-length': '900' } });
    broken.on('error', () => undefined).write('numero\n65');
    await pause(50);
    broken.destroy();
    for (let attempt = 0; attempt < 100 && readdirSync(uploads).length > 0; attempt++) await pause(20);
    expect(readdirSync(uploads)).toEqual([]);
    await new Promise((resolve) => server.close(resolve));
  });

  test.each([
    ['without the header that a foreign page cannot set', '/files/call-file?campaign=9100', {}, 403],
    ['from a foreign page', '/files/call-file?campaign=9100', { 'x-vigie': '1', origin: 'http://evil.example' }, 403],
    ['for an inbound campaign', '/files/call-file?campaign=8900', { 'x-vigie': '1' }, 404],
    ['for no campaign', '/files/call-file', { 'x-vigie': '1' }, 404],
    ['to no door', '/files/../etc/passwd', { 'x-vigie': '1' }, 404],
    ['for no client', '/files/do-not-call?tenant=x', { 'x-vigie': '1' }, 404],
  ] as const)('a file %s', async (_name, path, headers, status) => {
    const sent = await new Promise<number>((resolve, reject) => {
      request({ host: '127.0.0.1', port: served.port, path, method: 'POST', headers }, (response) => resolve(response.resume().statusCode ?? 0)).on('error', reject).end('numero\n650000001\n');
    });
    expect(sent).toBe(status);
    expect(readdirSync(uploads)).toEqual([]);
  });

  test('for no campaign or client: the reason is in the sender’s language', async () => {
    expect((await send('/files/call-file?campaign=8900', 'x')).body).toEqual({ code: 'unknown-campaign', message: 'cette campagne sortante n’existe pas' });
    expect((await send('/files/call-file?campaign=8900&language=en', 'x')).body).toEqual({ code: 'unknown-campaign', message: 'there is no such outbound campaign' });
    expect((await send('/files/do-not-call?tenant=x', 'x')).body).toEqual({ code: 'unknown-tenant', message: 'ce client n’existe pas' });
  });

  test('rejected rows to nobody else’s page, nor of a file that is not there', async () => {
    expect((await fetch(at('/files/rejected/1'), { headers: { 'sec-fetch-site': 'cross-site' } })).status).toBe(403);
    expect((await fetch(at('/files/rejected/999999'))).status).toBe(404);
    expect((await fetch(at('/files/call-file'))).status).toBe(405);
  });
});

test('a list of numbers that nobody may dial is taken at once', async () => {
  const { status, body } = await send('/files/do-not-call?tenant=ocm&name=bloctel.csv', 'numero\n650000051\n650000051\n12\n+33612345678\n');
  expect([status, body]).toEqual([200, { rows: 4, added: 2, known: 1, invalid: 1 }]);
  expect(await send('/files/do-not-call?tenant=ocm&language=en', 'a;b\n1;2\n')).toMatchObject({ status: 422, body: { code: 'no-number-column' } });
  expect(readdirSync(uploads)).toEqual([]);
});

test('campaigns and files of others are out of sight', async () => {
  const directory = await openDirectory({ load: () => Promise.resolve(smallCentre), subscribe: () => () => undefined }, systemClock);
  const seen = (tenants: 'all' | string[], teams: 'all' | string[] = 'all', sites: 'all' | string[] = 'all') => {
    const sight = { directory, viewer: { name: 'x', scope: { tenants, sites, queues: 'all' as const, teams } } };
    return [campaignInSight('9100', sight) !== undefined, fileInSight({ campaign: '9100', tenant: 'ocm' }, sight), fileInSight({ campaign: 'gone', tenant: 'ocm' }, sight)];
  };
  expect(seen('all')).toEqual([true, true, true]);
  expect(seen(['ocm'])).toEqual([true, true, true]);
  expect(seen(['sereno'])).toEqual([false, false, false]);
  expect(seen('all', ['equipe-a'])).toEqual([false, false, false]);
  expect(seen('all', 'all', ['douala'])).toEqual([true, true, false]);
  expect(seen('all', 'all', ['lille'])).toEqual([false, false, false]);
});

test('what is said of columns while an import begins, or the file is thrown away, changes nothing', async () => {
  const own = join(folder, 'racing');
  mkdirSync(own);
  let goOn = (): void => undefined;
  const held = new Promise<void>((resolve) => { goOn = resolve; });
  const errors: string[] = [];
  const { uploads: racing } = openCallFileWork({ store, folder: own, open: (tell) => {
    const desk = createDesk(store, tell);
    return { ...desk, preview: async (task) => {
      const preview = await desk.preview(task);
      if (task.key.endsWith(' first')) await held;
      return preview;
    } };
  } }, pino({ level: 'error' }, { write: (line: string) => void errors.push(line) }), systemClock);
  const [imported, discarded] = await Promise.all(['a', 'b'].map(async (name, index) => {
    const place = racing.place();
    if (!place) throw new Error('no place');
    writeFileSync(place.path, `numero;autre\n65000008${index};65000009${index}\n`);
    await racing.receive(place.id, { path: place.path, name, bytes: 1, campaign: '9100', tenant: 'ocm', zone: 'Africa/Douala', by: 'x' });
    return place.id;
  }));
  if (!imported || !discarded) throw new Error('no upload');
  const mapped = [imported, discarded].map((id) => racing.map(id, { number: 'autre' }, 'CM'));
  racing.begin(imported, 'x');
  racing.discard(discarded);
  goOn();
  expect(await Promise.all(mapped)).toEqual([null, null]);
  await expect.poll(() => racing.get(imported)).toMatchObject({ preview: { mapping: { number: 'numero' } }, import: { stage: 'done', file: expect.any(Number) } });
  expect([errors, readdirSync(own)]).toEqual([[], []]);
  racing.close();
});

test('what was uploaded and never imported goes with the process', async () => {
  const own = join(folder, 'own');
  const work = openCallFileWork({ store, folder: own, open: (tell) => createDesk(store, tell) }, pino({ level: 'silent' }), systemClock);
  const place = work.uploads.place();
  if (!place) throw new Error('no place');
  mkdirSync(own);
  writeFileSync(place.path, CSV);
  expect(await work.uploads.receive(place.id, { path: place.path, name: 'a.csv', bytes: 1, campaign: '9100', tenant: 'ocm', zone: 'Africa/Douala', by: 'x' })).toMatchObject({ id: place.id });
  expect(readFileSync(place.path, 'utf8')).toBe(CSV);
  work.uploads.close();
  expect(readdirSync(own)).toEqual([]);
  // Of a process that was killed: after a day.
  for (const [name, days] of [['upload-00000000-0000-4000-8000-000000000001', 2], ['upload-00000000-0000-4000-8000-000000000002', 0.5], ['other', 9]] as const) {
    writeFileSync(join(own, name), '');
    const at = Date.now() / 1000 - days * 86_400;
    utimesSync(join(own, name), at, at);
  }
  expect(work.uploads.place()).not.toBeNull();
  expect(readdirSync(own).toSorted()).toEqual(['other', 'upload-00000000-0000-4000-8000-000000000002']);
});

test('of several processes each has its own uploads, and says so of the others’', async () => {
  const own = join(folder, 'several');
  mkdirSync(own);
  const port = (process?: string) => ({ store, folder: own, open: (tell: Parameters<typeof createDesk>[1]) => createDesk(store, tell), ...(process === undefined ? {} : { process }) });
  const work = (process?: string) => openCallFileWork(port(process), pino({ level: 'silent' }), systemClock);
  const directory = await openDirectory({ load: () => Promise.resolve(smallCentre), subscribe: () => () => undefined }, systemClock);
  const context = { directory, viewer: { name: 'x', scope: FULL_SCOPE } };
  const [first, second] = [work('host:4700'), work('host:4701')];
  const place = first.uploads.place();
  if (!place) throw new Error('no place');
  writeFileSync(place.path, CSV);
  await first.uploads.receive(place.id, { path: place.path, name: 'a.csv', bytes: 1, campaign: '9100', tenant: 'ocm', zone: 'Africa/Douala', by: 'x' });
  expect(first.upload(place.id, context)).toMatchObject({ id: place.id, name: 'a.csv' });
  expect(() => second.upload(place.id, context)).toThrow(expect.objectContaining({ extensions: { code: 'ELSEWHERE' } }));
  // Started again it is the same process, and has lost the file; what never was an upload is nowhere.
  expect([work('host:4700').upload(place.id, context), work().upload(place.id, context), second.upload('nothing', context)]).toEqual([undefined, undefined, undefined]);
  first.uploads.close();
  const other = await serveApi(await openTestWarehouse(), { callFiles: port('host:4701') });
  for (const asked of [`{ callFileUpload(id: "${place.id}") { id } }`, `mutation { importCallFile(upload: "${place.id}") { id } }`, `mutation { discardCallFile(upload: "${place.id}") { __typename } }`, `mutation { mapCallFile(upload: "${place.id}", mapping: [], country: "CM") { __typename } }`]) {
    const { body } = await other.ask(asked);
    expect(body.errors).toEqual([expect.objectContaining({ extensions: expect.objectContaining({ code: 'ELSEWHERE' }), message: expect.stringContaining('another process') })]);
  }
  await other.close();
});
