import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { overflow, seriousFindings } from '../../../dashboard/e2e/look.ts';
import { readersOf } from '../../../dashboard/e2e/readers.ts';
import { openMailBox } from '../../notify/fixtures/mail-box.ts';
import { plainText } from '../../notify/fixtures/plain-text.ts';
import { someBrowser } from '../../pdf/fixtures/some-browser.ts';

const browser = await someBrowser();
const box = await openMailBox();
const backups = mkdtempSync(join(tmpdir(), 'vigie-backups-'));
const old = join(backups, 'vigie-monday.tar');
writeFileSync(old, 'all of it');
utimesSync(old, new Date(Date.now() - 10 * 86_400_000), new Date(Date.now() - 10 * 86_400_000));
const readers = readersOf({ environment: {
  VIGIE_SIMULATION: 'off', VIGIE_HISTORY_DAYS: '0', VIGIE_BACKUP_DIRECTORY: backups, ...(browser === null ? {} : { VIGIE_BROWSER: browser }),
  VIGIE_SMTP_URL: `smtp://127.0.0.1:${box.port}`, VIGIE_MAIL_FROM: 'Vigie <vigie@example.org>',
} });
afterAll(async () => {
  await box.close();
  rmSync(backups, { recursive: true, force: true });
});

async function act(mutation: string): Promise<void> {
  const answer = await fetch(`${readers.program.address}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query: `mutation { result: ${mutation} { __typename } }` }) });
  expect(await answer.json()).toEqual({ data: { result: { __typename: 'IncidentActDone' } } });
}

/** The token of the link in the newest mail to somebody. */
async function linkTo(address: string): Promise<string> {
  const found = await vi.waitFor(() => {
    const mails = box.received.filter(({ to }) => to.includes(address)).map(({ raw }) => /\/sign\/(?<token>[\w-]{43})\s/.exec(plainText(raw))?.groups?.['token']);
    const token = mails.findLast((each) => each !== undefined);
    expect(token).toBeDefined();
    return token;
  }, { timeout: 60_000, interval: 250 });
  return found ?? '';
}

test.skipIf(browser === null)('from what a detector saw to the last signature', async () => {
  const { page, complaints } = await readers.open('/incidents');
  const card = page.getByTestId('open-incident');
  await card.getByText('Sauvegarde en retard').first().waitFor({ timeout: 60_000 });
  await act('addIncidentPerson(incident: 1, person: { name: "Awa", party: SITE, email: "awa@site.example", signs: true })');
  await act('addIncidentPerson(incident: 1, person: { name: "Jane", party: CLIENT, language: en, email: "jane@ocm.example", signs: true })');
  await page.goto(`${readers.program.address}/incidents/1`);
  await page.getByText('vigie-monday.tar').first().waitFor({ timeout: 30_000 });
  for (const [name, state] of [['Prendre en compte', 'ACKNOWLEDGED'], ['Déclarer rétabli', 'RESOLVED']] as const) {
    await page.getByRole('button', { name, exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name, exact: true }).click();
    await page.locator(`[data-testid=incident][data-state=${state}]`).waitFor({ timeout: 30_000 });
  }
  const signatures = page.getByTestId('signatures');
  await signatures.getByRole('button', { name: 'Établir le rapport' }).click();
  await signatures.getByRole('button', { name: 'Envoyer à la signature' }).click({ timeout: 90_000 });
  await signatures.getByText('Liens envoyés.').waitFor({ timeout: 30_000 });
  const tokens = [await linkTo('awa@site.example'), await linkTo('jane@ocm.example')];
  await readers.leave();
  expect(complaints).toEqual([]);
  for (const [index, token] of tokens.entries()) {
    const signer = await readers.open(`/sign/${token}`, { width: 390 });
    const sheet = signer.page.getByTestId('sign');
    await signer.page.locator('[data-testid=sign][data-state=open]').waitFor({ timeout: 30_000 });
    expect(await sheet.getAttribute('lang')).toBe(index === 0 ? 'fr' : 'en');
    expect([await seriousFindings(signer.page), Math.max(0, await overflow(signer.page))]).toEqual([[], 0]);
    await signer.page.getByTestId('sign-name').fill(index === 0 ? 'Awa Ndiaye' : 'Jane Doe');
    await signer.page.getByTestId('sign-button').click();
    await signer.page.locator('[data-testid=sign][data-state=signed]').waitFor({ timeout: 30_000 });
    expect(signer.complaints).toEqual([]);
    await readers.leave();
  }
  const { page: after } = await readers.open('/incidents/1');
  await after.getByText('signé par toutes les parties').first().waitFor({ timeout: 30_000 });
  await after.getByTestId('signatures').getByText('Awa Ndiaye').waitFor();
}, 300_000);
