import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { overflow, seriousFindings } from './look.ts';
import { readersOf } from './readers.ts';

const readers = readersOf({ environment: { VIGIE_SIMULATION: 'off', VIGIE_HISTORY_DAYS: '0' } });

/** Does to an incident what other programs and people do. */
async function act(mutation: string): Promise<void> {
  const answer = await fetch(`${readers.program.address}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query: `mutation { result: ${mutation} { __typename } }` }) });
  expect(await answer.json()).toEqual({ data: { result: { __typename: 'IncidentActDone' } } });
}

async function expectGood(page: Page): Promise<void> {
  expect(await seriousFindings(page)).toEqual([]);
  expect(await overflow(page)).toBeLessThanOrEqual(0);
}

test('a person opens an incident, it stands on every page with its clock, and is acknowledged, resolved and closed', async () => {
  const { page, complaints } = await readers.open('/incidents');
  await page.getByTestId('none-open').waitFor({ timeout: 30_000 });
  expect(await page.getByTestId('incident-strip').count()).toBe(0);
  await page.getByRole('button', { name: 'Ouvrir un incident' }).click();
  await page.getByRole('combobox', { name: 'Type d’incident' }).click();
  await page.getByRole('option', { name: 'Instabilité de la liaison' }).click();
  await page.getByRole('textbox', { name: 'Titre' }).fill('Liaison coupée à Douala');
  await page.getByRole('dialog').getByRole('button', { name: 'Ouvrir l’incident' }).click();
  await page.getByTestId('incident').waitFor({ timeout: 30_000 });
  // A full machine takes minutes of the sixty.
  await page.getByTestId('incident').getByTestId('timer').getByText(/^[345]\d:/).first().waitFor();
  await expectGood(page);
  const strip = page.getByTestId('incident-strip');
  await strip.getByText('Liaison coupée à Douala').waitFor({ timeout: 30_000 });
  await page.keyboard.press('g');
  await page.keyboard.press('k');
  await page.waitForURL('**/kpi');
  await strip.getByRole('link').click();
  await page.waitForURL('**/incidents/1');
  await page.getByRole('textbox', { name: 'Écrire un commentaire' }).fill('Groupe démarré');
  await page.getByRole('button', { name: 'Commenter' }).click();
  await page.getByTestId('comments').getByText('Groupe démarré').waitFor();
  await page.getByRole('button', { name: 'Modifier l’incident' }).click();
  await page.getByRole('dialog').getByRole('textbox', { name: 'Titre' }).fill('Liaison coupée entre Douala et OCM');
  await page.getByRole('dialog').getByRole('button', { name: 'Enregistrer' }).click();
  await page.getByRole('heading', { level: 1, name: 'Liaison coupée entre Douala et OCM' }).waitFor({ timeout: 30_000 });
  for (const [name, state] of [['Prendre en compte', 'ACKNOWLEDGED'], ['Déclarer rétabli', 'RESOLVED'], ['Clore', 'CLOSED']] as const) {
    await page.getByRole('button', { name, exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name, exact: true }).click();
    await page.locator(`[data-testid=incident][data-state=${state}]`).waitFor({ timeout: 30_000 });
  }
  await strip.waitFor({ state: 'detached', timeout: 30_000 });
  // Opened, commented, changed, taken in hand, restored and closed, and whom the rules told meanwhile.
  expect(await page.getByTestId('event').count()).toBeGreaterThanOrEqual(6);
  expect(complaints).toEqual([]);
}, 120_000);

test('narrow, dark, in English: an old breach, its crisis cell with a report too late, and a REX that two people write', async () => {
  const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
  await act(`openIncident(type: "si-ocm-unreachable", title: "OCM unreachable", at: "${ago(200)}")`);
  await act(`openCrisis(incident: 2, at: "${ago(100)}", members: [])`);
  const { page, complaints } = await readers.open('/incidents', { locale: 'en-GB', scheme: 'dark', width: 390 });
  const card = page.getByTestId('open-incident');
  await card.getByText('past the target').waitFor({ timeout: 30_000 });
  await expectGood(page);
  await card.getByRole('link', { name: /^Crisis cell since/ }).click();
  await page.getByTestId('hours').getByText('overdue').waitFor({ timeout: 30_000 });
  await page.getByRole('textbox', { name: 'Report of hour 1' }).fill('Still down');
  await page.getByRole('button', { name: 'Publish the report' }).click();
  await page.getByTestId('hours').getByText(/^written late/).waitFor({ timeout: 30_000 });
  const causes = page.getByRole('textbox', { name: 'Causes' });
  await causes.fill('The link of OCM');
  await act('writeRex(incident: 2, causes: "A router", impact: "120 calls")');
  await page.getByTestId('theirs').getByText('A router').waitFor({ timeout: 30_000 });
  await expectGood(page);
  await page.getByRole('button', { name: 'Append to mine' }).click();
  await page.getByRole('button', { name: 'I have taken the other version into account' }).click();
  await page.getByTestId('rex').getByRole('button', { name: 'Save' }).click();
  await page.getByTestId('rex').getByText(/^saved by/).waitFor({ timeout: 30_000 });
  expect([await causes.inputValue(), await page.getByRole('textbox', { name: 'Impact' }).inputValue()]).toEqual(['The link of OCM\n\nA router', '120 calls']);
  for (const path of ['/incidents/catalogue', '/incidents/rules']) {
    await page.goto(`${readers.program.address}${path}`);
    await page.getByTestId(path.endsWith('rules') ? 'rules' : 'catalogue').waitFor({ timeout: 30_000 });
    await expectGood(page);
  }
  expect(complaints).toEqual([]);
}, 120_000);
