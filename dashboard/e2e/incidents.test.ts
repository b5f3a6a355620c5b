import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { z } from 'zod';
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

const DAY_MS = 86_400_000;
const ZONE = 'Africa/Douala';
const localDay = (instantMs: number) => new Intl.DateTimeFormat('en-CA', { timeZone: ZONE }).format(instantMs);
/** Long over: nothing of it moves on while it is compared. */
const [DAY, NEXT] = [localDay(Date.now() - 3 * DAY_MS), localDay(Date.now() - 2 * DAY_MS)];
const at = (time: string) => `${DAY}T${time}:00+01:00`;
const SECRETS = ['secret-description', 'secret-note', 'secret-comment', 'Secret Person', 'secret@site.example', 'secret-role', 'secret-pause', 'secret-rex'];
const FIGURES = ['incidents', 'mttd', 'mtta', 'mttr', 'incidents-within-target', 'breaches', 'first-report-time', 'rex-on-time', 'actions-overdue'];
const COMPONENT_MEASURES = ['availability', 'outage-time', 'error-budget'];

const kpiRows = z.object({ rows: z.array(z.record(z.string(), z.union([z.number(), z.string(), z.null()]))) });
const graphRows = z.object({ data: z.object({ kpi: z.object({ rows: z.array(z.object({ keys: z.array(z.object({ value: z.string() })), values: z.array(z.number().nullable()) })) }) }) });
type Figures = Record<string, string>;
const raw = (value: unknown) => (typeof value === 'number' ? String(value) : '');

async function kpiOf(measures: readonly string[], by: string | null, tenant: string | null): Promise<Figures> {
  const answer = kpiRows.parse(await readers.program.json('kpi', '--measures', measures.join(','), ...(by === null ? [] : ['--by', by]), ...(tenant === null ? [] : ['--where', `tenant=${tenant}`]), '--from', DAY, '--to', NEXT, '--zone', ZONE));
  return Object.fromEntries(answer.rows.flatMap((row) => measures.map((id) => [by === null ? id : `${row[by]} ${id}`, raw(row[id])])));
}

async function graphOf(measures: readonly string[], by: string | null, tenant: string | null): Promise<Figures> {
  const where = tenant === null ? [] : [{ dimension: 'tenant', ids: [tenant] }];
  const response = await fetch(`${readers.program.address}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({
    query: 'query($measures: [MeasureId!]!, $by: [String!]!, $where: [DimensionFilter!]!) { kpi(measures: $measures, by: $by, where: $where, from: "' + DAY + '", to: "' + NEXT + '", zone: "' + ZONE + '") { ... on Kpi { rows { keys { value } values } } } }',
    variables: { measures, by: by === null ? [] : [by], where },
  }) });
  const { rows } = graphRows.parse(await response.json()).data.kpi;
  return Object.fromEntries(rows.flatMap(({ keys: [key], values }) => measures.map((id, index) => [key ? `${key.value} ${id}` : id, raw(values[index])])));
}

/** What a page shows, unrounded: figures by their measure, cells by component and measure. */
const shownOn = (page: Page): Promise<{ figures: Figures; cells: Figures }> => page.evaluate(() => {
  const attribute = (element: Element | null, name: string) => element?.getAttribute(name) ?? '';
  return {
    figures: Object.fromEntries([...document.querySelectorAll('[data-figure]')].map((each) => [attribute(each, 'data-figure'), attribute(each, 'data-raw')])),
    cells: Object.fromEntries([...document.querySelectorAll('[data-component] [data-measure]')].map((each) => [`${attribute(each.closest('[data-component]'), 'data-component')} ${attribute(each, 'data-measure')}`, attribute(each, 'data-raw')])),
  };
});

test('SLA: each figure is that of GraphQL and of `vigie kpi`, and on a phone the calendar shows today', async () => {
  await act(`openIncident(type: "power", title: "Coupure à Douala", description: "secret-description", startedAt: "${at('08:58')}", at: "${at('09:00')}", affects: { tenants: ["ocm"], sites: ["douala"], components: [{ component: "power" }, { component: "crm", share: 0.5 }] })`);
  await act('commentIncident(incident: 3, text: "secret-comment")');
  await act('addIncidentPerson(incident: 3, person: { name: "Secret Person", party: SITE, email: "secret@site.example", signs: true, role: "secret-role" })');
  await act(`acknowledgeIncident(incident: 3, at: "${at('09:03')}", note: "secret-note")`);
  await act(`pauseIncidentClock(incident: 3, at: "${at('09:12')}", reason: "secret-pause")`);
  await act(`resolveIncident(incident: 3, at: "${at('09:20')}", note: "secret-note")`);
  await act('writeRex(incident: 3, causes: "secret-rex", impact: "secret-rex")');
  await act(`closeIncident(incident: 3, at: "${at('09:30')}", note: "secret-note")`);
  await act(`openIncident(type: "crm-disconnected", title: "CRM de Sereno coupé", at: "${at('11:00')}", affects: { tenants: ["sereno"], components: [{ component: "crm" }] })`);
  for (const [name, time] of [['acknowledge', '11:01'], ['resolve', '11:10'], ['close', '11:20']]) await act(`${name}Incident(incident: 4, at: "${at(time ?? '')}")`);
  await expect.poll(async () => (await graphOf(['incidents'], null, null))['incidents'], { timeout: 30_000 }).toBe('2');
  const { page, complaints } = await readers.open(`/incidents/sla?range=${DAY}..${DAY}&zone=${ZONE}`);
  await page.locator('[data-figure=incidents][data-raw="2"]').waitFor({ timeout: 30_000 });
  await page.locator('[data-testid=sla-components] [data-component=power]').waitFor({ timeout: 30_000 });
  const shown = await shownOn(page);
  expect(shown.figures).toEqual(await kpiOf(FIGURES, null, null));
  expect(shown.figures).toEqual(await graphOf(FIGURES, null, null));
  expect(shown.cells).toEqual(await kpiOf(COMPONENT_MEASURES, 'component', null));
  expect(shown.cells).toEqual(await graphOf(COMPONENT_MEASURES, 'component', null));
  expect([shown.figures['breaches'], shown.figures['mtta'], shown.cells['power outage-time'] === '0']).toEqual(['1', '120', false]);
  await expectGood(page);
  await page.locator('[data-figure=breaches]').click();
  await page.getByTestId('sla-behind').getByRole('link', { name: 'Coupure à Douala' }).waitFor();
  await expect.poll(() => page.getByTestId('sla-behind').getByRole('link').count()).toBe(1);
  await readers.leave();
  const phone = await readers.open('/incidents/sla', { locale: 'en-GB', scheme: 'dark', width: 390 });
  const today = phone.page.getByTestId('sla-calendar').locator('th[aria-current=date]');
  await today.waitFor({ timeout: 30_000 });
  await expect.poll(async () => { const box = await today.boundingBox(); return box !== null && box.x > 0 && box.x + box.width <= 390; }).toBe(true);
  await expectGood(phone.page);
  expect([...complaints, ...phone.complaints]).toEqual([]);
}, 120_000);

test('the client’s board tells what the client may know and nothing else, with the figures of `vigie kpi`, on sheets of A4', async () => {
  const { page, complaints } = await readers.open('/kpi');
  const told: string[] = [];
  page.on('response', (response) => { if (response.url().includes('/graphql')) void response.text().then((text) => told.push(text), () => undefined); });
  await page.goto(`${readers.program.address}/incidents/client?tenant=ocm&range=${DAY}..${DAY}&zone=${ZONE}`);
  await page.getByTestId('client-incidents').getByText('Coupure à Douala').waitFor({ timeout: 30_000 });
  await page.locator('[data-figure=incidents][data-raw="1"]').waitFor({ timeout: 30_000 });
  await page.locator('[data-component=power] [data-measure=availability]').waitFor({ timeout: 30_000 });
  const { figures, cells } = await shownOn(page);
  const OWN = ['availability', 'incidents', 'mtta', 'mttr', 'incidents-within-target', 'breaches'];
  expect(figures).toEqual(await kpiOf(OWN, null, 'ocm'));
  expect(figures).toEqual(await graphOf(OWN, null, 'ocm'));
  expect(cells).toEqual(await kpiOf(['availability', 'outage-time'], 'component', 'ocm'));
  // The incident of the other client is no outage of this one.
  expect(cells['crm outage-time']).not.toBe((await kpiOf(['outage-time'], 'component', null))['crm outage-time']);
  const sheet = await page.getByTestId('client-sheet').innerText();
  expect(told.join('')).toContain('Coupure à Douala');
  for (const hidden of [...SECRETS, 'CRM de Sereno coupé']) expect([hidden, sheet.includes(hidden), told.some((text) => text.includes(hidden))]).toEqual([hidden, false, false]);
  await expectGood(page);
  await page.setViewportSize({ width: 794, height: 1123 });
  await page.emulateMedia({ media: 'print' });
  expect(await overflow(page)).toBeLessThanOrEqual(0);
  expect(await page.evaluate(() => [...document.querySelectorAll('nav, [data-noprint], [data-testid=incident-strip], button')].filter((each) => each.checkVisibility()).map((each) => each.outerHTML.slice(0, 120)))).toEqual([]);
  expect(await page.evaluate(() => { const sheet = document.querySelector('[data-testid=client-sheet]'); const edge = sheet?.getBoundingClientRect().right ?? 0; return [...(sheet?.querySelectorAll('table, [data-figure]') ?? [])].filter((each) => each.getBoundingClientRect().right > edge + 1).length; })).toBe(0);
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
  const boxes = [...pdf.matchAll(/\/MediaBox\s*\[([^\]]+)\]/g)].map(([, box = '']) => box.trim().split(/\s+/).map((side) => Math.round(Number(side))));
  expect(new Set(boxes.map((box) => box.join(' ')))).toEqual(new Set(['0 0 595 842']));
  expect(boxes.length).toBeLessThanOrEqual(2);
  expect(complaints).toEqual([]);
}, 120_000);
