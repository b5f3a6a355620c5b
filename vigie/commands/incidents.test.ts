import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { smallCentre } from '../../warehouse/operational/fixtures/small-centre.ts';
import { serveEmbedded, type EmbeddedStore } from '../../warehouse/operational/embedded.ts';
import { openStore, type OperationalStore } from '../../warehouse/operational/store.ts';
import { lockDirectory } from '../data-directory/lock.ts';
import { removeServerFile, writeServerFile } from '../data-directory/server-file.ts';
import { runProgram, type Outcome } from '../fixtures/run-program.ts';

const MINUTE = 60_000;
const folder = mkdtempSync(join(tmpdir(), 'vigie-incidents-'));
const data = join(folder, 'data');
let embedded: EmbeddedStore;
let store: OperationalStore;
let end: () => Promise<void> = () => Promise.resolve();
beforeAll(async () => {
  await runProgram(['--help']);
  // What a program leaves for commands while it runs.
  embedded = await serveEmbedded(join(data, 'store'));
  store = await openStore({ connection: embedded, maxConnections: 1 });
  await store.seed(smallCentre);
  const lock = await lockDirectory(data, 'vigie start');
  end = async () => {
    end = () => Promise.resolve();
    await store.close();
    await embedded.stop();
    removeServerFile(data);
    lock.release();
  };
  writeServerFile(data, { address: 'http://127.0.0.1:9', token: 'none', pid: process.pid, store: { host: embedded.host, port: embedded.port, files: embedded.files } });
}, 300_000);
afterAll(async () => {
  await end();
  rmSync(folder, { recursive: true, force: true });
});

const vigie = (args: string[]): Promise<Outcome> => runProgram(['incidents', ...args, '--data', data], { env: { LC_ALL: 'fr_FR.UTF-8' } });
const said = async (args: string[]): Promise<string> => {
  const { code, stdout, stderr } = await vigie(args);
  expect([args, code, stderr]).toEqual([args, 0, '']);
  return stdout;
};

test('a shift without screens: declared, seen, taken, commented, restored, in the log of the program that runs', async () => {
  const detected = new Date(Date.now() - 12 * MINUTE).toISOString();
  expect(await said(['open', '--type', 'power', '--title', 'Coupure ENEO', '--detected', detected, '--site', 'douala', '--component', 'power=0.5', '--by', 'Awa'])).toMatch(/^ {3}1 {2}Critique {2}Soucis d’énergie {2}▲ délai dépassé de 7 min .*personne ne l’a pris en compte\n {6}Coupure ENEO\n/);
  expect(await said(['open', '--type', 'crm-disconnected', '--title', 'CRM lent\u001b[2J', '--severity', '3', '--by', 'Awa', '--language', 'en'])).toMatch(/^ {3}2 {2}Minor {2}CRM disconnected {2}left (30 min|29 min 5\d s) \(until .*\n {6}CRM lent \[2J\n/);
  const [{ number, state, affects, clock, owner, ...rest }] = JSON.parse(await said(['--json'])).filter((each: { number: number }) => each.number === 1);
  expect({ number, state, affects, owner }).toEqual({ number: 1, state: 'detected', affects: { tenants: [], sites: ['douala'], queues: [], components: [{ component: 'power', share: 0.5 }] }, owner: null });
  expect([clock.state, clock.leftMs < -6 * MINUTE, rest.timeline]).toEqual(['running', true, undefined]);
  expect(await said(['acknowledge', '1', '--note', 'groupe démarré', '--by', 'Bello'])).toContain('pris en compte par Bello');
  const refused = await vigie(['acknowledge', '1', '--by', 'Awa']);
  expect([refused.code, refused.stdout, refused.stderr]).toEqual([1, '', expect.stringMatching(/^vigie: L'incident est déjà pris en compte\. \(Bello, \d\d\/\d\d\/\d{4} /)]);
  expect(await said(['pause', '2', '--reason', 'accès du client attendu', '--by', 'Awa'])).toContain(', suspendu');
  expect((await vigie(['pause', '2', '--reason', 'encore', '--by', 'Bello'])).code).toBe(1);
  expect(await said(['resume', '2', '--by', 'Awa'])).not.toContain('suspendu');
  await said(['comment', '1', 'Le groupe tient\nLa cuve est pleine', '--by', 'Bello']);
  expect(await said(['resolve', '1', '--by', 'Bello', '--language', 'en'])).toContain('service restored ▲ target not kept');
  await said(['close', '1', '--by', 'Bello']);
  expect(await said(['--past'])).toMatch(/^ {3}1 .*clos ▲ hors délai/);
  expect(await said(['1'])).toMatch(/Bello {2}Pris en compte – groupe démarré\n.*Bello {2}Le groupe tient\n {6}La cuve est pleine\n.*Service rétabli\n.*Clos\n$/);
  expect((await store.incidents.get(1))?.timeline.map(({ by, body }) => [by, body.kind])).toEqual([['Awa', 'opened'], ['Bello', 'acknowledged'], ['Bello', 'commented'], ['Bello', 'resolved'], ['Bello', 'closed']]);
  expect(await store.incidents.verify(1)).toEqual({ ok: true, events: 5 });
});

test.each([
  [['aknowledge', '1'], '"aknowledge" : il y a list, show, types, open, acknowledge,'],
  [['show', '99'], '99 : il n’y a pas d’incident de ce numéro'],
  [['open', '--type', 'panne', '--title', 'x'], '--type "panne" : le catalogue a hermes-patch'],
])('wrong usage ends with 2, names the value and what is expected: %j', async (args, message) => {
  const { code, stdout, stderr } = await vigie(args);
  expect(stderr).toContain(message);
  expect([code, stdout]).toEqual([2, '']);
});

test('with no program the store itself is asked', async () => {
  await end();
  const { code, stdout, stderr } = await vigie(['acknowledge', '2', '--by', 'Awa', '--json']);
  expect([code, stderr]).toEqual([0, '']);
  expect(JSON.parse(stdout)).toMatchObject({ number: 2, state: 'acknowledged', owner: 'Awa', targetMinutes: 30, timeline: [{ by: 'Awa' }, { body: { kind: 'clock-paused' } }, { body: { kind: 'clock-resumed' } }, { body: { kind: 'acknowledged' } }] });
});
