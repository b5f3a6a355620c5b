import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { launchBrowser } from './browser.ts';
import { startProgram, type Program } from './program.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
let program: Program;
let browser: Browser;
let context: BrowserContext | undefined;

beforeAll(async () => {
  program = await startProgram();
  browser = await launchBrowser();
}, 600_000);
afterEach(async () => { await context?.close(); });
afterAll(async () => {
  await browser?.close();
  await program?.end();
}, 60_000);

interface Look { locale?: string; width?: number; scheme?: 'light' | 'dark' }

/** A fresh reader; what the page complains about is collected. */
async function open(path: string, { locale = 'fr-FR', width = 1440, scheme = 'light' }: Look = {}): Promise<{ page: Page; complaints: string[] }> {
  context = await browser.newContext({ locale, viewport: { width, height: 900 }, colorScheme: scheme });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => { if (message.type() === 'error') complaints.push(message.text()); });
  await page.goto(`${program.address}${path}`);
  return { page, complaints };
}

async function seriousFindings(page: Page): Promise<string[]> {
  await page.addScriptTag({ content: axe }).catch(async () => page.evaluate(axe));
  return page.evaluate(async () => {
    const run: unknown = Reflect.get(window, 'axe');
    if (typeof run !== 'object' || run === null || !('run' in run) || typeof run.run !== 'function') throw new Error('axe is not there');
    const { violations }: { violations: { id: string; impact: string; nodes: { html: string }[] }[] } = await run.run();
    return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)}`);
  });
}

const board = (page: Page) => page.getByTestId('board');

test('the board moves', async () => {
  const { page, complaints } = await open('/');
  await board(page).waitFor({ timeout: 30_000 });
  const first = await board(page).getAttribute('data-at');
  await page.waitForFunction((before) => document.querySelector('[data-testid=board]')?.getAttribute('data-at') !== before, first, { timeout: 20_000 });
  expect(complaints).toEqual([]);
});

test.each([['/', 'board'], ['/kpi?by=queue,day&vs=previous-week', 'totals'], ['/calls?range=last-7', 'total'], ['/agents', null]] as const)('%s: both languages, both themes, wide and narrow, without serious axe findings', async (path, sign) => {
  for (const look of [{ locale: 'fr-FR', scheme: 'light', width: 1440 }, { locale: 'en-GB', scheme: 'dark', width: 390 }] as const) {
    const { page, complaints } = await open(path, look);
    await page.locator('main h1').first().waitFor({ state: 'attached', timeout: 30_000 });
    if (sign) await page.getByTestId(sign).first().waitFor({ timeout: 30_000 });
    expect(await page.evaluate(() => document.documentElement.lang)).toBe(look.locale.slice(0, 2));
    expect(await seriousFindings(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBeLessThanOrEqual(0);
    expect(complaints).toEqual([]);
    await context?.close();
  }
}, 180_000);

test('the language is switched and stays after a reload', async () => {
  const { page } = await open('/kpi');
  await page.getByRole('heading', { name: 'Indicateurs', level: 1 }).waitFor();
  await page.getByRole('button', { name: /Switch to English/ }).click();
  await page.getByRole('heading', { name: 'KPI', level: 1 }).waitFor();
  await page.reload();
  await page.getByRole('heading', { name: 'KPI', level: 1 }).waitFor();
  expect(await page.evaluate(() => document.documentElement.lang)).toBe('en');
});

test('a number leads to its calls, and a reload shows the same', async () => {
  const { page } = await open('/kpi?measures=queued,answered&by=queue&range=last-7');
  const cell = page.locator('tbody td[data-measure=queued]').first();
  await cell.waitFor({ timeout: 30_000 });
  const queued = Number(await cell.getAttribute('data-value'));
  expect(queued).toBeGreaterThan(0);
  await cell.getByRole('link').click();
  await page.waitForURL(/\/calls\?.*queue=/);
  const total = page.getByTestId('total');
  await total.waitFor({ timeout: 30_000 });
  const shown = Number(await total.getAttribute('data-value'));
  expect(shown).toBeGreaterThan(0);
  await page.getByTestId('call-row').first().click();
  await page.getByTestId('call-details').waitFor();
  const url = page.url();
  await page.reload();
  await page.getByTestId('call-details').waitFor();
  expect(page.url()).toBe(url);
  await page.keyboard.press('Escape');
  await page.getByTestId('call-details').waitFor({ state: 'detached' });
});

test('keys lead from page to page', async () => {
  const { page } = await open('/');
  await board(page).waitFor();
  await page.keyboard.press('g');
  await page.keyboard.press('c');
  await page.waitForURL(/\/calls/);
  await page.getByTestId('total').waitFor();
  await page.keyboard.press('/');
  expect(await page.evaluate(() => document.activeElement?.hasAttribute('data-search'))).toBe(true);
});

const MEASURES = ['queued', 'answered', 'abandoned', 'service-level'];
const kpiAnswer = z.object({ rows: z.array(z.record(z.string(), z.union([z.number(), z.string(), z.null()]))) });

/** The board moves on while the command runs: an answer counts when the board showed the same before and after it. */
test('the figures of a queue are those of `vigie kpi`', async () => {
  const { page } = await open('/?zone=Africa/Douala');
  await board(page).waitFor();
  const now = () => page.evaluate((names) => [...document.querySelectorAll('[data-testid^=queue-]')].map((row) => [row.getAttribute('data-testid')?.slice(6), ...names.map((name) => row.getAttribute(`data-${name}`))].join('=')).toSorted().join(' '), MEASURES);
  const day = new Intl.DateTimeFormat('en-CA', { timeZone: 'Africa/Douala' });
  const compare = async () => {
    const before = await now();
    const today = day.format(Date.now());
    const answer = kpiAnswer.parse(await program.json('kpi', '--measures', MEASURES.join(','), '--by', 'queue', '--from', today, '--to', day.format(Date.now() + 86_400_000), '--zone', 'Africa/Douala'));
    const asked = new Map(answer.rows.map((row) => [String(row['queue']), MEASURES.map((name) => String(row[name] ?? ''))]));
    const shown = before.split(' ').map((each) => each.split('='));
    return { still: before === await now(), shown, asked: shown.map(([queue = '']) => [queue, ...(asked.get(queue) ?? ['0', '0', '0', ''])]) };
  };
  let both = await compare();
  for (let attempt = 0; attempt < 20 && !both.still; attempt++) both = await compare();
  expect(both.still).toBe(true);
  expect(both.shown.length).toBeGreaterThanOrEqual(8);
  expect(both.shown).toEqual(both.asked);
}, 120_000);

test('a broken stream is said at once, and the board comes back', async () => {
  const { page } = await open('/');
  await board(page).waitFor();
  await program.stop();
  await page.getByRole('alert').filter({ hasText: 'Le direct est coupé' }).waitFor({ timeout: 5000 });
  expect(await board(page).getAttribute('data-stale')).toBe('true');
  await program.restart();
  await page.getByRole('alert').filter({ hasText: 'Le direct est coupé' }).waitFor({ state: 'detached', timeout: 60_000 });
  expect(await board(page).getAttribute('data-stale')).toBeNull();
}, 180_000);
