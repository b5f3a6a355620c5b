import { createHash, randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { MINUTE, MONDAY, serveIncidents, type ServedIncidents } from '../../../api/incidents/fixtures/served.ts';
import { smallCentre } from '../../../warehouse/operational/fixtures/small-centre.ts';
import { openMailBox, type MailBox } from '../../notify/fixtures/mail-box.ts';
import { plainText } from '../../notify/fixtures/plain-text.ts';
import { startSender, type Sender } from '../../notify/sender.ts';
import { someBrowser } from '../../pdf/fixtures/some-browser.ts';
import { pagesOf } from '../../pdf/fixtures/pdf-text.ts';
import { reportPort } from './report-port.ts';

const DAY = 86_400_000;
const browser = await someBrowser();
/** Where the port looks for a browser; tests take it away. */
let place: string | null = browser;
let given: ServedIncidents;
let box: MailBox;
let sender: Sender;
beforeAll(async () => {
  given = await serveIncidents(undefined, ({ store, warehouse, nowMs }) => {
    const at = (path: string | null): ReturnType<typeof reportPort> => reportPort({ store, warehouse, nowMs, browser: path, centre: () => smallCentre, site: 'https://vigie.example', logger: pino({ enabled: false }) });
    return { make: (...args) => at(place).make(...args), sheet: (...args) => at(place).sheet(...args), sendLinks: (...args) => at(place).sendLinks(...args) };
  });
  box = await openMailBox();
  sender = startSender({ notifications: given.store.notifications, configuration: { mail: { host: '127.0.0.1', port: box.port, secure: false, login: null, from: { name: 'Vigie', address: 'vigie@example.org' } }, webhooks: [] }, log: () => undefined, lookMs: 50 });
});
beforeEach(() => {
  place = browser;
  box.received.length = 0;
});
afterAll(async () => {
  await sender.end();
  await box.close();
  await given.close();
});

const RESULT = '__typename ... on IncidentActDone { incident { state document { id sha256 path signaturesPath complete overtaken signatures { person { name } signedAt typedName } } } } ... on IncidentActRefused { code reason(language: fr) }';
const act = async (field: string): Promise<unknown> => Object.values(await given.ask(`mutation { ${field} { ${RESULT} } }`))[0];
const shown = async (number: number): Promise<unknown> => ((await given.ask(`{ incident(number: ${number}) { document { id sha256 path signaturesPath complete overtaken signatures { person { name } signedAt typedName } } } }`))['incident'] as { document: unknown }).document;
const file = async (path: string): Promise<{ status: number; bytes: Buffer }> => {
  const response = await fetch(new URL(path, given.served.url));
  return { status: response.status, bytes: Buffer.from(await response.arrayBuffer()) };
};
const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
const doorOf = (token: string): URL => new URL(`/sign/api/${token}?language=en`, given.served.url);
const look = async (token: string): Promise<unknown> => (await fetch(doorOf(token))).json();
const sign = async (token: string, typedName: string, hash: string): Promise<unknown> =>
  (await fetch(doorOf(token), { method: 'POST', headers: { 'content-type': 'application/json', 'x-vigie': '1' }, body: JSON.stringify({ typedName, sha256: hash }) })).json();

async function resolved(persons: readonly string[]): Promise<number> {
  given.clock.ms = MONDAY;
  const number = await given.open('affects: { tenants: ["ocm"], sites: ["douala"], components: [{ component: "sql" }] }');
  for (const person of persons) await act(`addIncidentPerson(incident: ${number}, person: { id: "${randomUUID()}", ${person} })`);
  given.clock.ms = MONDAY + 12 * MINUTE;
  await act(`resolveIncident(incident: ${number}, note: "SQL redémarré")`);
  return number;
}
/** The newest mail to somebody, and the token of its link. */
async function mailTo(address: string, count: number): Promise<{ text: string; token: string }> {
  await vi.waitFor(() => expect(box.received.filter(({ to }) => to.includes(address))).toHaveLength(count), { timeout: 20_000, interval: 20 });
  const text = plainText(box.received.findLast(({ to }) => to.includes(address))?.raw ?? '');
  return { text, token: /https:\/\/vigie\.example\/sign\/(?<token>[\w-]{43})\s/.exec(text)?.groups?.['token'] ?? '' };
}
const AWA = 'name: "Awa", party: SITE, email: "awa@site.example", signs: true';
const JANE = 'name: "Jane", party: CLIENT, language: en, email: "jane@ocm.example", signs: true';

describe('before there is a report', () => {
  test('it is made of what is resolved, for somebody to sign; without a browser nothing is written down', async () => {
    const number = await resolved(['name: "Paul", party: VENDOR']);
    expect(await act(`makeIncidentReport(incident: ${number})`)).toMatchObject({ code: 'no-signers' });
    expect(await act(`sendSignatureLinks(incident: ${number})`)).toMatchObject({ code: 'unknown-document' });
    await act(`addIncidentPerson(incident: ${number}, person: { id: "${randomUUID()}", ${AWA} })`);
    place = '/nowhere/chromium';
    expect(await act(`makeIncidentReport(incident: ${number})`)).toMatchObject({ code: 'no-browser', reason: expect.stringMatching(/installez Chromium.*VIGIE_BROWSER/) });
    place = '/bin/false';
    expect(await act(`makeIncidentReport(incident: ${number})`)).toMatchObject({ code: 'not-printed' });
    expect(await shown(number)).toBeNull();
    expect(await act(`reopenIncident(incident: ${number}, reason: "rechute")`)).toMatchObject({ __typename: 'IncidentActDone' });
    expect(await act(`makeIncidentReport(incident: ${number})`)).toMatchObject({ code: 'not-resolved' });
    expect(await act('makeIncidentReport(incident: 999)')).toMatchObject({ code: 'unknown-incident' });
  });
});

describe.skipIf(browser === null)('a report', () => {
  test('is made, sent, read and signed by all parties; what was signed is what was made', async () => {
    const number = await resolved([AWA, JANE, 'name: "Paul", party: VENDOR']);
    const id = randomUUID();
    const made = await act(`makeIncidentReport(incident: ${number}, id: "${id}")`);
    expect(made).toMatchObject({ __typename: 'IncidentActDone', incident: { document: { id, complete: false, overtaken: false, signatures: [{ person: { name: 'Awa' }, signedAt: null }, { person: { name: 'Jane' }, signedAt: null }] } } });
    // Sent again it is the same, and not printed again.
    expect(await act(`makeIncidentReport(incident: ${number}, id: "${id}")`)).toEqual(made);
    const { sha256: hash } = (await shown(number)) as { sha256: string };
    const { bytes } = await file(`/files/incidents/document/${id}`);
    expect(sha256(bytes)).toBe(hash);
    const text = pagesOf(bytes).map((page) => page.text).join('');
    for (const told of ['Rapportd’incident/Incidentreport', 'SQLnerépondplus', 'tenu/kept', 'aucunedonnéen’estchargée', 'SQLredémarré', 'Awa', 'offered', `Vigie·Rapportd’incident/Incidentreport${number}`]) expect(text).toContain(told);

    expect(await act(`sendSignatureLinks(incident: ${number})`)).toMatchObject({ __typename: 'IncidentActDone' });
    const [awa, jane] = [await mailTo('awa@site.example', 1), await mailTo('jane@ocm.example', 1)];
    expect(awa.text).toContain('Rapport d’incident à signer – SQL ne répond plus');
    expect(jane.text).toContain('Incident report to be signed');
    expect(jane.text).toContain(hash);
    expect(awa.token).not.toBe(jane.token);
    // What was sent is forgotten here: only who holds the mail has the link.
    await vi.waitFor(async () => expect((await given.store.notifications.list({ about: { kind: 'incident', id: String(number) } })).map(({ state }) => state)).toEqual(['sent', 'sent']), { timeout: 20_000 });

    expect(JSON.stringify(await given.ask(`{ incident(number: ${number}) { timeline { words(language: fr) } } }`))).toContain('Liens de signature envoyés : Awa, Jane');
    expect(await look(jane.token)).toMatchObject({ name: 'Jane', language: 'en', sha256: hash, expiresAt: new Date(MONDAY + 12 * MINUTE + 14 * DAY).toISOString(), signedAt: null, signers: [{ name: 'Awa', signedAt: null }, { name: 'Jane', signedAt: null }] });
    expect(sha256((await file(`/sign/api/${jane.token}/document`)).bytes)).toBe(hash);
    given.clock.ms += DAY;
    expect(await sign(jane.token, 'Jane Doe', '0'.repeat(64))).toMatchObject({ code: 'changed-document' });
    expect(await sign(jane.token, 'Jane Doe', hash)).toMatchObject({ signedAt: '2026-03-03T08:12:00.000Z' });
    expect(await sign(jane.token, 'Jane Doe', hash)).toMatchObject({ code: 'already-signed' });
    // A link again, for the one who has not signed; his earlier one is good no more.
    expect(await act(`sendSignatureLinks(incident: ${number})`)).toMatchObject({ __typename: 'IncidentActDone' });
    const again = await mailTo('awa@site.example', 2);
    expect(box.received.filter(({ to }) => to.includes('jane@ocm.example'))).toHaveLength(1);
    expect(await look(awa.token)).toMatchObject({ code: 'unknown-link-to-sign' });
    expect(await sign(again.token, 'Awa N.', hash)).toMatchObject({ name: 'Awa', signedAt: '2026-03-03T08:12:00.000Z' });
    expect(await shown(number)).toEqual({ id, sha256: hash, path: `/files/incidents/document/${id}`, signaturesPath: `/files/incidents/document/${id}/signatures`, complete: true, overtaken: false, signatures: [{ person: { name: 'Awa' }, signedAt: '2026-03-03T08:12:00.000Z', typedName: 'Awa N.' }, { person: { name: 'Jane' }, signedAt: '2026-03-03T08:12:00.000Z', typedName: 'Jane Doe' }] });
    expect(await act(`sendSignatureLinks(incident: ${number})`)).toMatchObject({ code: 'already-signed' });

    const sheet = await file(`/files/incidents/document/${id}/signatures`);
    const signatures = pagesOf(sheet.bytes).map((page) => page.text).join('');
    for (const told of [hash, 'JaneDoe', 'AwaN.', '03/03/202609:12:00', 'Touteslespartiesontsigné.']) expect(signatures).toContain(told);
    expect(sha256((await file(`/files/incidents/document/${id}`)).bytes)).toBe(hash);
    // No token has reached the log.
    for (const { token } of [awa, jane, again]) expect(JSON.stringify(given.served.logs)).not.toContain(token);
  }, 60_000);

  test('is signed no more when its link has expired, or another report has taken its place', async () => {
    const number = await resolved([AWA, 'name: "Paul", party: VENDOR, signs: true']);
    await act(`makeIncidentReport(incident: ${number})`);
    expect(await act(`sendSignatureLinks(incident: ${number})`)).toMatchObject({ code: 'no-address', reason: expect.stringContaining('(Paul)') });
    const { signatures, sha256: hash } = (await shown(number)) as { sha256: string; signatures: { person: { name: string } }[] };
    expect(signatures).toHaveLength(2);
    const persons = (await given.store.incidents.get(number))?.persons ?? [];
    expect(await act(`sendSignatureLinks(incident: ${number}, persons: ["${persons.find(({ name }) => name === 'Awa')?.id ?? ''}"])`)).toMatchObject({ __typename: 'IncidentActDone' });
    expect(await act(`sendSignatureLinks(incident: ${number}, persons: ["${randomUUID()}"])`)).toMatchObject({ code: 'not-a-signer' });
    const { token } = await mailTo('awa@site.example', 1);
    given.clock.ms += 14 * DAY;
    expect(await sign(token, 'Awa', hash)).toEqual({ code: 'expired-link', message: 'This signing link has expired.', at: '2026-03-16T08:12:00.000Z' });
    await act(`commentIncident(incident: ${number}, text: "encore un mot")`);
    expect(await shown(number)).toMatchObject({ overtaken: true, complete: false });
    given.clock.ms += MINUTE;
    await act(`removeIncidentPerson(incident: ${number}, person: "${persons.find(({ name }) => name === 'Paul')?.id ?? ''}")`);
    const before = (await shown(number)) as { signaturesPath: string };
    expect(await act(`makeIncidentReport(incident: ${number})`)).toMatchObject({ incident: { document: { overtaken: false, signatures: [{ person: { name: 'Awa' } }] } } });
    expect(await sign(token, 'Awa', hash)).toMatchObject({ code: 'changed-document' });
    expect((await file(`/sign/api/${token}/document`)).status).toBe(409);
    expect((await file(before.signaturesPath)).status).toBe(404);
  }, 60_000);
});
