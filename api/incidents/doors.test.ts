import { createHash } from 'node:crypto';
import { request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { LARGEST_FILE } from '../../warehouse/operational/incidents/incident-files.ts';
import { MINUTE, MONDAY, serveIncidents, type ServedIncidents } from './fixtures/served.ts';

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

test('a report is read and signed by its personal link alone, once, and only as it was shown', async () => {
  const { incidents } = given.store;
  const person = '0d4f7f0a-5b1c-4f6e-8a53-2d9b4f0c6a11';
  given.clock.ms = MONDAY + 9 * MINUTE;
  await given.ask(`mutation { addIncidentPerson(incident: ${number}, person: { id: "${person}", name: "Awa", party: CLIENT, signs: true }) { __typename } resolveIncident(incident: ${number}) { __typename } }`);
  given.clock.ms = MONDAY + 10 * MINUTE;
  const document = await incidents.addDocument(number, { name: 'rapport.pdf', mediaType: 'application/pdf', content: Buffer.from('%PDF-1.7'), by: 'vigie', signers: [person], atMs: given.clock.ms });
  const issued = await incidents.issueSigningToken(number, person, { atMs: given.clock.ms });
  if (!document.ok || !issued.ok) throw new Error(JSON.stringify([document, issued]));
  const { token } = issued;
  const fields = '__typename ... on SigningRequest { incident title name party sha256 path expiresAt signedAt signers { name signedAt } } ... on SigningRefused { code reason(language: en) }';
  const asked = (of: string): Promise<Record<string, unknown>> => given.ask(`query S($token: String!) { signingRequest(token: $token) { ${fields} } }`, { token: of });
  const sign = (sha256: string, typedName = 'Awa N.'): Promise<Record<string, unknown>> => given.ask(`mutation S($token: String!, $name: String!, $sha256: String!) { signDocument(token: $token, typedName: $name, sha256: $sha256) { ${fields} } }`, { token, name: typedName, sha256 });
  expect(await asked(token)).toEqual({ signingRequest: {
    __typename: 'SigningRequest', incident: number, title: 'SQL ne répond plus', name: 'Awa', party: 'CLIENT', sha256: document.sha256, path: '/files/incidents/signing', expiresAt: '2026-03-16T08:10:00.000Z', signedAt: null, signers: [{ name: 'Awa', signedAt: null }],
  } });
  const read = await fetch(at(`/files/incidents/signing?token=${token}`));
  expect([read.status, await read.text(), read.headers.get('content-type')]).toEqual([200, '%PDF-1.7', 'application/pdf']);
  expect(await sign('0'.repeat(64))).toMatchObject({ signDocument: { code: 'changed-document' } });
  expect(await sign(document.sha256, ' ')).toMatchObject({ signDocument: { code: 'invalid' } });
  given.clock.ms = MONDAY + 20 * MINUTE;
  expect(await sign(document.sha256)).toMatchObject({ signDocument: { __typename: 'SigningRequest', signedAt: '2026-03-02T08:20:00.000Z', signers: [{ signedAt: '2026-03-02T08:20:00.000Z' }] } });
  expect(await sign(document.sha256)).toMatchObject({ signDocument: { code: 'already-signed' } });
  expect(await given.ask(`{ incident(number: ${number}) { document { complete path signatures { person { name } typedName signedAt } } } }`)).toEqual({ incident: { document: { complete: true, path: `/files/incidents/document/${document.id}`, signatures: [{ person: { name: 'Awa' }, typedName: 'Awa N.', signedAt: '2026-03-02T08:20:00.000Z' }] } } });
  expect((await fetch(at(`/files/incidents/document/${document.id}`))).status).toBe(200);
  expect(await asked('x')).toMatchObject({ signingRequest: { code: 'unknown-link-to-sign' } });
  expect((await fetch(at('/files/incidents/signing?token=x'))).status).toBe(404);
  await fetch(at(`/sign/${token}`));
  // Whatever way a token came, it is in no log.
  expect(JSON.stringify(given.served.logs)).not.toContain(token);
});

test('who tries tokens is stopped, and does not stop those who have one', async () => {
  given.clock.ms += MINUTE;
  const tried: number[] = [];
  for (let attempt = 0; attempt < 62; attempt++) tried.push((await fetch(at(`/files/incidents/signing?token=${String(attempt).padStart(43, 'a')}`))).status);
  expect(new Set(tried.slice(0, 60))).toEqual(new Set([404]));
  expect(tried.slice(60)).toEqual([429, 429]);
  given.clock.ms += MINUTE;
  expect((await fetch(at('/files/incidents/signing?token=x'))).status).toBe(404);
});
