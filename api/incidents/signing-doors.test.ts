import { randomUUID } from 'node:crypto';
import { request, type OutgoingHttpHeaders } from 'node:http';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { MINUTE, MONDAY, serveIncidents, type ServedIncidents } from './fixtures/served.ts';

const DAY = 24 * 60 * MINUTE;
const OTHER = '0'.repeat(64);
let given: ServedIncidents;
beforeAll(async () => {
  given = await serveIncidents(undefined, undefined, 'https://vigie.example');
});
afterAll(() => given.close());
// Each test has minutes of its own to try links in.
let days = 0;
beforeEach(() => {
  given.clock.ms = MONDAY + (days += 1) * DAY;
});

interface Said { status: number; headers: Headers; body: Record<string, unknown> }

async function said(response: Response): Promise<Said> {
  return { status: response.status, headers: response.headers, body: z.record(z.string(), z.unknown()).parse(await response.json()) };
}
const at = (path: string): URL => new URL(path, given.served.url);
const look = async (token: string, headers: Record<string, string> = {}): Promise<Said> => said(await fetch(at(`/sign/api/${token}`), { headers }));
const JSON_HEADERS = { 'x-vigie': '1', 'content-type': 'application/json' };
const send = async (token: string, body: unknown, headers: Record<string, string> = JSON_HEADERS): Promise<Said> =>
  said(await fetch(at(`/sign/api/${token}?language=en`), { method: 'POST', headers, body: typeof body === 'string' ? body : JSON.stringify(body) }));

/** A report for Awa to sign, and her link. */
async function issued(): Promise<{ number: number; token: string; sha256: string; document: string; person: string }> {
  const number = await given.open();
  const person = randomUUID();
  const { incidents } = given.store;
  given.clock.ms += 9 * MINUTE;
  await given.ask(`mutation { addIncidentPerson(incident: ${number}, person: { id: "${person}", name: "Awa", party: CLIENT, signs: true }) { __typename } resolveIncident(incident: ${number}) { __typename } }`);
  given.clock.ms += MINUTE;
  const document = await incidents.addDocument(number, { name: 'rapport.pdf', mediaType: 'application/pdf', content: Buffer.from('%PDF-1.7'), by: 'vigie', signers: [person], atMs: given.clock.ms });
  const link = await incidents.issueSigningToken(number, person, { atMs: given.clock.ms });
  if (!document.ok || !link.ok) throw new Error(JSON.stringify([document, link]));
  return { number, token: link.token, sha256: document.sha256, document: document.id, person };
}

test('a report is read and signed by its personal link alone, once, and only as it was shown', async () => {
  const { number, token, sha256, document } = await issued();
  const asked = await look(token);
  expect(asked.body).toEqual({
    incident: number, title: 'SQL ne répond plus', detectedAt: '2026-03-03T08:00:00.000Z', resolvedAt: expect.stringContaining('2026-03-03T08:09:00'), name: 'Awa', party: 'client', language: 'fr', sha256, madeAt: '2026-03-03T08:10:00.000Z',
    expiresAt: '2026-03-17T08:10:00.000Z', signedAt: null, signers: [{ name: 'Awa', party: 'client', signedAt: null }],
  });
  const read = await fetch(at(`/sign/api/${token}/document`));
  expect([read.status, await read.text(), read.headers.get('content-type'), read.headers.get('content-disposition')]).toEqual([200, '%PDF-1.7', 'application/pdf', "attachment; filename*=UTF-8''rapport.pdf"]);
  // Kept by nobody on the way, and told to nobody.
  for (const headers of [asked.headers, read.headers]) expect([headers.get('cache-control'), headers.get('referrer-policy'), headers.get('x-content-type-options')]).toEqual([expect.stringContaining('no-store'), 'no-referrer', 'nosniff']);
  expect(await send(token, { typedName: 'Awa N.', sha256: OTHER })).toMatchObject({ status: 409, body: { code: 'changed-document' } });
  given.clock.ms += 10 * MINUTE;
  const signed = { signedAt: '2026-03-03T08:20:00.000Z', signers: [{ signedAt: '2026-03-03T08:20:00.000Z' }] };
  expect(await send(token, { typedName: ' Awa N. ', sha256 })).toMatchObject({ status: 200, body: signed });
  expect(await send(token, { typedName: 'Awa N.', sha256 })).toMatchObject({ status: 409, body: { code: 'already-signed' } });
  expect(await look(token)).toMatchObject({ status: 200, body: signed });
  expect(await given.ask(`{ incident(number: ${number}) { document { id complete signatures { person { name } typedName signedAt } } } }`)).toEqual({ incident: { document: { id: document, complete: true, signatures: [{ person: { name: 'Awa' }, typedName: 'Awa N.', signedAt: '2026-03-03T08:20:00.000Z' }] } } });
  await fetch(at(`/sign/${token}`));
  // Whatever way a token came, it is in no log.
  expect(JSON.stringify(given.served.logs)).toContain('/sign/…');
  expect(JSON.stringify(given.served.logs)).not.toContain(token);
});

test('what a detector opened has a title in the language of whom the link was sent to', async () => {
  const { incidents } = given.store;
  const person = { id: randomUUID(), name: 'Jane', email: null, party: 'client' as const, language: 'en' as const, role: '', signs: true };
  const opened = await incidents.open({ id: randomUUID(), atMs: given.clock.ms, by: 'vigie', body: { kind: 'opened', type: 'power', severity: 1, title: 'Plus aucun appel', titleEn: 'No calls any more', description: '', startedAt: null, affects: { tenants: [], sites: [], queues: [], components: [] }, targetMinutes: 5, calendar: null, evidence: null } }, { more: [{ id: randomUUID(), atMs: given.clock.ms, by: 'vigie', body: { kind: 'person-added', person } }, { id: randomUUID(), atMs: given.clock.ms, by: 'vigie', body: { kind: 'resolved', note: '' } }] });
  const number = opened.ok ? opened.incident.number : 0;
  await incidents.addDocument(number, { name: 'rapport.pdf', mediaType: 'application/pdf', content: Buffer.from('%PDF'), by: 'vigie', signers: [person.id], atMs: given.clock.ms });
  const link = await incidents.issueSigningToken(number, person.id, { atMs: given.clock.ms });
  expect((await look(link.ok ? link.token : '')).body).toMatchObject({ title: 'No calls any more', language: 'en' });
});

test('what is sent is taken in its form only, from a page of ours only', async () => {
  const { token, sha256 } = await issued();
  const good = { typedName: 'Awa', sha256 };
  for (const body of ['', 'no json', '[]', 'null', {}, { typedName: 'Awa' }, { ...good, typedName: ' ' }, { ...good, typedName: 7 }, { ...good, typedName: 'a'.repeat(201) }, { ...good, sha256: 'x' }, { ...good, sha256: [sha256] }, { ...good, incident: 1 }]) {
    expect(await send(token, body)).toMatchObject({ status: 422, body: { code: 'invalid', message: 'What was entered is not valid.' } });
  }
  expect(await send(token, good, { 'content-type': 'application/json' })).toMatchObject({ status: 403, body: { code: 'origin' } });
  for (const site of ['cross-site', 'same-site']) {
    expect(await send(token, good, { ...JSON_HEADERS, 'sec-fetch-site': site })).toMatchObject({ status: 403, body: { code: 'origin' } });
    expect(await look(token, { 'sec-fetch-site': site })).toMatchObject({ status: 403, body: { code: 'origin' } });
  }
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/jsonx']) expect(await send(token, good, { ...JSON_HEADERS, 'content-type': type })).toMatchObject({ status: 415 });
  expect(await send(token, { ...good, typedName: 'a'.repeat(5000) })).toMatchObject({ status: 413, body: { code: 'too-large' } });
  const streamed = await new Promise<number>((resolve, reject) => {
    request(at(`/sign/api/${token}`), { method: 'POST', headers: { ...JSON_HEADERS, 'transfer-encoding': 'chunked' } }, (response) => resolve(response.resume().statusCode ?? 0)).on('error', reject).end(' '.repeat(100_000));
  });
  expect(streamed).toBe(413);
  for (const [method, path, status] of [['PUT', token, 405], ['DELETE', token, 405], ['POST', `${token}/document`, 405], ['GET', '', 404], ['GET', `${token}/other`, 404], ['GET', '..%2F..%2Fgraphql', 404]] as const) {
    expect([path, (await fetch(at(`/sign/api/${path}`), { method, headers: { 'x-vigie': '1' } })).status]).toEqual([path, status]);
  }
  expect(await look(token)).toMatchObject({ body: { signedAt: null } });
});

test('a link that is unknown, has expired, or whose report was made again says so, and is good for nothing', async () => {
  const { number, token, sha256, person } = await issued();
  for (const bad of ['x', 'a'.repeat(43), 'a'.repeat(5000)]) expect(await look(bad)).toMatchObject({ status: 404, body: { code: 'unknown-link-to-sign', message: 'Ce lien de signature n\'est pas valable.' } });
  const made = given.clock.ms;
  given.clock.ms = made + 14 * DAY;
  const expired = { status: 410, body: { code: 'expired-link', at: new Date(made + 14 * DAY).toISOString() } };
  expect([await look(token), await send(token, { typedName: 'Awa', sha256 })]).toMatchObject([expired, expired]);
  expect((await fetch(at(`/sign/api/${token}/document`))).status).toBe(410);
  const again = await given.store.incidents.addDocument(number, { name: 'rapport.pdf', mediaType: 'application/pdf', content: Buffer.from('%PDF-1.7 again'), by: 'vigie', signers: [person], atMs: given.clock.ms });
  expect(again).toMatchObject({ ok: true });
  expect(await look(token)).toMatchObject({ status: 409, body: { code: 'changed-document' } });
  expect(await send(token, { typedName: 'Awa', sha256 })).toMatchObject({ status: 409, body: { code: 'changed-document' } });
  expect((await fetch(at(`/sign/api/${token}/document`))).status).toBe(409);
});

test('who tries tokens is stopped, whichever door they are tried at, and does not stop those who have one', async () => {
  const { token, sha256 } = await issued();
  const tried: number[] = [];
  for (let attempt = 0; attempt < 33; attempt += 1) {
    const guess = String(attempt).padStart(43, 'a');
    tried.push(attempt % 3 === 0 ? (await look(guess)).status : attempt % 3 === 1 ? (await send(guess, { typedName: 'Awa', sha256 })).status : (await fetch(at(`/sign/api/${guess}/document`))).status);
  }
  expect(new Set(tried.slice(0, 30))).toEqual(new Set([404]));
  expect(tried.slice(30)).toEqual([429, 429, 429]);
  // Opened for the first time, from where somebody guesses.
  expect((await look(token)).status).toBe(200);
  given.clock.ms += MINUTE;
  expect((await look('x')).status).toBe(404);
});

/** As a reverse proxy hands it on, or somebody who would like to be taken for one. */
function from(address: string, token: string, headers: OutgoingHttpHeaders = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    request(at(`/sign/api/${token}`), { headers: { host: 'vigie.example', 'x-forwarded-for': address, ...headers } }, (response) => resolve(response.resume().statusCode ?? 0)).on('error', reject).end();
  });
}
const guess = (number: number): string => String(number).padStart(43, 'b');

test('guesses are counted by where they come from, as the proxy says it of what it hands on', async () => {
  const tried: number[] = [];
  for (let number = 0; number < 31; number += 1) tried.push(await from(`10.0.0.${number}, 192.0.2.1`, guess(number)));
  expect([tried.indexOf(429), await from('192.0.2.2', guess(40))]).toEqual([30, 404]);
  // Whoever does not come through it may write what he likes.
  const local: number[] = [];
  for (let number = 0; number < 31; number += 1) local.push(await from(`192.0.2.${100 + number}`, guess(number), { host: `localhost:${given.served.port}` }));
  expect(local.indexOf(429)).toBe(30);
});

test('somebody who guesses at full rate from everywhere keeps no signer from his link', async () => {
  const { token } = await issued();
  const guessing = new AbortController();
  let [number, refused] = [0, 0];
  const attackers = Array.from({ length: 8 }, async (_, attacker) => {
    while (!guessing.signal.aborted) if (await from(`198.51.${attacker}.${number % 250}`, guess(number += 1)) === 429) refused += 1;
  });
  await expect.poll(() => refused, { timeout: 50_000 }).toBeGreaterThan(20);
  const opened = [await from('203.0.113.7', token), await from('198.51.1.1', token), (await look(token)).status];
  guessing.abort();
  await Promise.all(attackers);
  expect(opened).toEqual([200, 200, 200]);
  expect(number - refused).toBeLessThanOrEqual(600);
});
