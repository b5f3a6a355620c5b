import { createHash } from 'node:crypto';
import { request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { LARGEST_FILE } from '../../warehouse/operational/incidents/incident-files.ts';
import { act, person } from '../../warehouse/operational/incidents/fixtures/events.ts';
import { MONDAY, serveIncidents, type ServedIncidents } from './fixtures/served.ts';

let given: ServedIncidents;
let number: number;
beforeAll(async () => {
  given = await serveIncidents();
  number = await given.open();
});
afterAll(() => given.close());

const at = (path: string): string => new URL(path, given.served.url).href;
const PICTURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 255]);

async function send(path: string, body: BodyInit, headers: Record<string, string> = { 'x-vigie': '1', 'content-type': 'image/png' }): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await fetch(at(path), { method: 'POST', body, headers });
  return { status: response.status, body: z.record(z.string(), z.unknown()).parse(await response.json()) };
}

test('a file is attached once, told in the log, and comes back as it was, to be kept and not to be shown', async () => {
  const id = '7f2c1c1e-2f0e-4a53-9d6e-0c3a5f6b7d81';
  const path = `/files/incidents/${number}/attachment?name=${encodeURIComponent('C:\\photos\\é"cran\n.png')}&id=${id}`;
  const sha256 = createHash('sha256').update(PICTURE).digest('hex');
  expect(await send(path, PICTURE)).toEqual({ status: 201, body: { attachment: id, sha256 } });
  expect(await send(path, PICTURE)).toMatchObject({ status: 201 });
  expect(await send(path, 'other')).toMatchObject({ status: 422, body: { code: 'duplicate' } });
  const data = await given.ask(`{ incident(number: ${number}) { attachments { id name mediaType bytes sha256 path by } timeline { kind words(language: fr) } } }`);
  expect(data['incident']).toEqual({
    attachments: [{ id, name: 'é"cran.png', mediaType: 'image/png', bytes: 6, sha256, path: `/files/incidents/attachment/${id}`, by: 'local' }],
    timeline: [{ kind: 'OPENED', words: expect.any(String) }, { kind: 'ATTACHED', words: 'Pièce jointe : é"cran.png (6 o)' }],
  });
  const response = await fetch(at(`/files/incidents/attachment/${id}`));
  expect(Buffer.from(await response.arrayBuffer())).toEqual(PICTURE);
  expect(Object.fromEntries(['content-type', 'content-disposition', 'x-content-type-options', 'cache-control', 'content-security-policy'].map((name) => [name, response.headers.get(name)]))).toEqual({
    'content-type': 'image/png', 'content-disposition': "attachment; filename*=UTF-8''%C3%A9%22cran.png", 'x-content-type-options': 'nosniff', 'cache-control': 'private, no-store', 'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  });
});

test.each([
  ['without the header that a foreign page cannot set', { 'content-type': 'image/png' }, '', 403, 'origin'],
  ['that a browser would run', { 'x-vigie': '1', 'content-type': 'text/html' }, '', 415, 'media-type'],
  ['of no type', { 'x-vigie': '1', 'content-type': '' }, '', 415, 'media-type'],
  ['in the future', { 'x-vigie': '1', 'content-type': 'image/png' }, '?at=2026-03-02T09:00:00Z', 422, 'in-the-future'],
  ['with an id that is none', { 'x-vigie': '1', 'content-type': 'image/png' }, '?id=../../x', 422, 'invalid'],
] as const)('no file %s is taken', async (_name, headers, query, status, code) => {
  expect(await send(`/files/incidents/${number}/attachment${query}`, PICTURE, headers)).toMatchObject({ status, body: { code } });
});

test('no file is taken that is too large, by what it says or by what it is, and none for an incident that is not there', async () => {
  const large = Buffer.alloc(LARGEST_FILE + 1);
  expect(await send(`/files/incidents/${number}/attachment`, large)).toMatchObject({ status: 413, body: { code: 'too-large', message: 'Le fichier est trop grand.' } });
  const streamed = await new Promise<number>((resolve, reject) => {
    request(at(`/files/incidents/${number}/attachment`), { method: 'POST', headers: { 'x-vigie': '1', 'content-type': 'image/png', 'transfer-encoding': 'chunked' } }, (response) => resolve(response.resume().statusCode ?? 0)).on('error', reject).end(large);
  });
  expect(streamed).toBe(413);
  expect(await send('/files/incidents/99999/attachment', PICTURE)).toMatchObject({ status: 404, body: { code: 'unknown-incident' } });
  expect((await fetch(at('/files/incidents/attachment/7f2c1c1e-2f0e-4a53-9d6e-0c3a5f6b7d82'))).status).toBe(404);
  expect((await fetch(at('/files/incidents/attachment/..%2F..%2Fetc'))).status).toBe(404);
  expect((await fetch(at(`/files/incidents/${number}/attachment`))).status).toBe(405);
  expect((await fetch(at('/files/incidents/attachment/7f2c1c1e-2f0e-4a53-9d6e-0c3a5f6b7d81'), { headers: { 'sec-fetch-site': 'cross-site' } })).status).toBe(403);
});

test('no more sheets are printed at once than a browser can bear', async () => {
  let print: (printed: { ok: true; name: string; content: Uint8Array }) => void = () => undefined;
  const printed = new Promise<{ ok: true; name: string; content: Uint8Array }>((resolve) => { print = resolve; });
  let printing = 0;
  const refused = { ok: false, code: 'not-printed', reason: '' } as const;
  const other = await serveIncidents(undefined, () => ({ make: () => Promise.resolve(refused), sheet: () => { printing += 1; return printed; }, sendLinks: () => Promise.reject(new Error('not here')) }));
  const one = await other.open();
  const signer = person('Awa', { signs: true });
  await other.store.incidents.append(one, [act(MONDAY + 1, { kind: 'person-added', person: signer }), act(MONDAY + 2, { kind: 'resolved', note: '' })]);
  const made = await other.store.incidents.addDocument(one, { name: 'rapport.pdf', mediaType: 'application/pdf', content: PICTURE, by: 'Awa', atMs: MONDAY + 3, signers: [signer.id] });
  if (!made.ok) throw new Error(made.reason);
  const ask = (): Promise<number> => fetch(new URL(`/files/incidents/document/${made.id}/signatures`, other.served.url)).then(({ status }) => status);
  const asked = Array.from({ length: 4 }, ask);
  await expect.poll(() => printing, { timeout: 5000 }).toBe(4);
  expect(await ask()).toBe(503);
  print({ ok: true, name: 'signatures.pdf', content: PICTURE });
  expect(await Promise.all(asked)).toEqual([200, 200, 200, 200]);
  expect(await ask()).toBe(200);
  await other.close();
});
