import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { openEmbeddedStore } from '../../warehouse/operational/fixtures/embedded-store.ts';
import { workbookRow, writeWorkbook } from '../../ingest/call-files/fixtures/workbook.ts';
import { overflow, seriousFindings, type Look } from './look.ts';
import { readersOf } from './readers.ts';

// A small centre with one outbound campaign, and nobody who dials: the files are this test's alone.
const prepare = async (data: string) => { await (await openEmbeddedStore(join(data, 'store'))).close(); };
const readers = readersOf({ environment: { VIGIE_SIMULATION: 'off', VIGIE_HISTORY_DAYS: '0' }, prepare });

async function open(look?: Look): Promise<{ page: Page; complaints: string[] }> {
  const opened = await readers.open('/call-files', look);
  await opened.page.getByTestId('drop').waitFor({ timeout: 30_000 });
  await opened.page.getByTestId('files').waitFor({ timeout: 30_000 });
  return opened;
}

/** Drags a file over the page and lets it go. A text is made in the page: ten megabytes need not travel there. */
async function drop(page: Page, name: string, content: { text: string } | { begin: string; repeat: string; times: number; end: string }): Promise<void> {
  const files = await page.evaluateHandle(([named, parts]) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File(['text' in parts ? parts.text : parts.begin + parts.repeat.repeat(parts.times) + parts.end], named));
    return transfer;
  }, [name, content] as const);
  for (const type of ['dragenter', 'dragover', 'drop']) await page.dispatchEvent('[data-testid=drop]', type, { dataTransfer: files });
}

const CSV = 'Nom;Tél;Ville\r\nAïcha;650000001;Douala\r\nPaul;12;Kribi\r\nAwa;650000001;Limbé\r\nÉric;650000004;=1+1\r\n';

test('a file is dropped, looked at, imported; its rejected rows come back, and it is paused', async () => {
  const { page, complaints } = await open();
  await page.getByText('Aucun fichier pour l’instant').waitFor();
  await drop(page, 'clients.csv', { text: CSV });
  await page.getByTestId('verdict').getByText('2 contacts sur 4 lignes').waitFor({ timeout: 30_000 });
  expect(await page.getByTestId('reasons').getByRole('listitem').allTextContents()).toEqual(['1numéro de téléphone invalideligne 3 : 12', '1numéro déjà présent plus haut dans le fichierligne 4 : +237650000001']);
  expect(await seriousFindings(page)).toEqual([]);
  // A thing is in one column only: the number is looked for in another one, and found in none of its rows.
  const meaning = async (column: string, choice: string) => {
    await page.getByRole('combobox', { name: `Ce qu’est la colonne ${column}` }).click();
    await page.getByRole('option', { name: choice, exact: true }).click();
  };
  await meaning('Ville', 'le numéro');
  await page.getByTestId('verdict').getByText('Aucun contact sur 4 lignes').waitFor();
  await meaning('Tél', 'le numéro');
  await page.getByRole('button', { name: 'Importer 2 contacts' }).click();
  await page.getByText('2 contacts prêts à être appelés').waitFor({ timeout: 30_000 });
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Télécharger les lignes rejetées' }).click()]);
  expect(download.suggestedFilename()).toBe('clients-rejets.csv');
  expect(readFileSync(await download.path(), 'utf8')).toContain('Paul;12;Kribi;3;numéro de téléphone invalide;12');
  await page.getByRole('button', { name: 'Autre fichier' }).click();
  const row = page.getByTestId('call-file');
  await row.getByRole('button', { name: /clients\.csv/ }).click();
  await row.getByRole('button', { name: 'Mettre en pause' }).click();
  await row.getByText('en pause', { exact: true }).waitFor();
  expect(await seriousFindings(page)).toEqual([]);
  expect(await overflow(page)).toBeLessThanOrEqual(0);
  expect(complaints).toEqual([]);
}, 120_000);

test('files that cannot be taken are refused with their reason, and leave nothing', async () => {
  const { page } = await open();
  const refused = page.getByRole('alert').filter({ hasText: 'n’est pas pris' });
  const cases = [
    ['large.csv', { begin: 'numero;nom\n650000009;"', repeat: 'x', times: 10_000_000, end: '"\n' }, /une cellule dépasse 200.000 caractères, à la ligne 2/u],
    ['wide.csv', { begin: 'numero', repeat: ';c', times: 1_000_000, end: '\n' }, /plus de 200 colonnes, à la ligne 1/],
    ['void.csv', { text: '' }, /le fichier est vide/],
  ] as const;
  for (const [name, content, reason] of cases) {
    await drop(page, name, content);
    await refused.filter({ hasText: name }).waitFor({ timeout: 30_000 });
    expect(await refused.textContent()).toMatch(reason);
  }
  // A formula is text, here as in the rows that come back.
  await drop(page, 'formulas.csv', { text: 'numero,nom\n=cmd|x,=1+1\n' });
  await page.getByTestId('reasons').getByText('ligne 2 : =cmd|x').waitFor({ timeout: 30_000 });
  await page.getByRole('button', { name: 'Écarter' }).click();
  await page.getByTestId('drop').waitFor();
  expect(await page.getByTestId('call-file').count()).toBe(1);
}, 120_000);

test('narrow, dark, in English: a workbook, a number that nobody may dial, and a server that goes away', async () => {
  const { page, complaints } = await open({ locale: 'en-GB', scheme: 'dark', width: 390 });
  const path = await writeWorkbook(join(readers.program.data, 'people.xlsx'), `${workbookRow('Number', 'Name')}${workbookRow('650000011', 'Zoé')}${workbookRow('650000012', 'Lou')}`);
  await page.getByRole('textbox', { name: 'Numbers, one a line' }).fill('650000011');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByText('1 number added.').waitFor();
  await page.locator('input[type=file]').first().setInputFiles(path);
  await page.getByTestId('verdict').getByText('2 contacts of 2 rows').waitFor({ timeout: 30_000 });
  expect(await seriousFindings(page)).toEqual([]);
  expect(await overflow(page)).toBeLessThanOrEqual(0);
  await page.getByRole('button', { name: 'Import 2 contacts' }).click();
  // The list is asked by the import, not by the look at the file.
  await page.getByText('1 contact is ready to be dialed').waitFor({ timeout: 30_000 });
  expect(complaints).toEqual([]);
  await readers.program.stop();
  await page.getByTestId('files').and(page.locator('[data-stale]')).waitFor({ timeout: 30_000 });
  await page.getByText('The server does not answer').first().waitFor();
  await readers.program.restart();
  await page.locator('[data-testid=files]:not([data-stale])').waitFor({ timeout: 60_000 });
  expect(await page.getByTestId('call-file').count()).toBe(2);
  await page.reload();
  await page.getByText('This file is no longer here').waitFor({ timeout: 30_000 });
  await page.getByRole('button', { name: 'Another file' }).click();
  await page.getByTestId('drop').waitFor();
  expect(await overflow(page)).toBeLessThanOrEqual(0);
}, 400_000);
