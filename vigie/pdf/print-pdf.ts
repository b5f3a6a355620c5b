import type { Browser, Page } from 'playwright-core';
import { findBrowser } from './find-browser.ts';

interface PrintBase {
  /** At the foot of each page, before its number. */
  footer: string;
  /** At the head of each page; none by default. */
  header?: string;
  /** Sheets are A4, upright unless this says otherwise. */
  landscape?: boolean;
  language?: 'fr' | 'en';
  /** The path of the browser; null = the one that is installed. */
  browser: string | null;
  /** Everything together; default 60 s. */
  longestMs?: number;
}

/** A document of its own: no script runs, and nothing is fetched but what it carries itself as `data:`. */
export interface PrintHtml extends PrintBase { html: string }

/** A page of ours: it may fetch from its own origin, and from nowhere else. */
export interface PrintUrl extends PrintBase {
  url: string;
  /** What says that the page is whole, such as `[data-printable]`. */
  ready: string;
  /** To its own origin only, for who may see it. */
  headers?: Record<string, string>;
}

/** The browser could not print it. */
export class PrintError extends Error {
  override readonly name = 'PrintError';
}

const LONGEST_MS = 60_000;
const QUIET = ['--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run', '--disable-dev-shm-usage'];
/** Nobody listens there: what goes to another origin than the one that is let through ends here, however it was asked for. */
const NOWHERE = 'http://127.0.0.1:9';
const MARGIN = { top: '18mm', bottom: '18mm', left: '15mm', right: '15mm' };

let last: Promise<unknown> = Promise.resolve();

/**
 * Prints a document as PDF. One at a time: a browser takes some 300 MB while it works. The bytes of two prints differ, by the time at least that
 * stands in them: print once, and keep what came.
 * @throws NoBrowserError when there is none; PrintError when it fails.
 */
export function printPdf(job: PrintHtml | PrintUrl): Promise<Uint8Array> {
  const printed = last.then(() => print(job));
  last = printed.catch(() => undefined);
  return printed;
}

async function print(job: PrintHtml | PrintUrl): Promise<Uint8Array> {
  const { longestMs = LONGEST_MS } = job;
  const browser = await launch(job, longestMs);
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new PrintError(`the document was not printed within ${longestMs / 1000} s`)), longestMs);
  });
  const printing = printWith(browser, job, longestMs);
  try {
    return await Promise.race([printing, tooLong]);
  } catch (error) {
    if (error instanceof PrintError) throw error;
    throw new PrintError(`the browser did not print: ${firstLine(error)}`, { cause: error });
  } finally {
    clearTimeout(timer);
    printing.catch(() => undefined);
    await browser.close().catch(() => undefined);
  }
}

async function launch(job: PrintHtml | PrintUrl, timeout: number): Promise<Browser> {
  const executablePath = findBrowser(job.browser);
  const { chromium } = await import('playwright-core');
  const passed = 'url' in job ? `<-loopback>;${new URL(job.url).host}` : '<-loopback>';
  try {
    return await chromium.launch({
      executablePath, timeout,
      args: [...QUIET, `--proxy-server=${NOWHERE}`, `--proxy-bypass-list=${passed}`],
      // Its sandbox does not work for root.
      chromiumSandbox: process.getuid?.() !== 0,
      // The signals are the program's own.
      handleSIGHUP: false, handleSIGINT: false, handleSIGTERM: false,
    });
  } catch (error) {
    throw new PrintError(`the browser ${executablePath} did not start: ${firstLine(error)}${lastWordsOf(error)}`, { cause: error });
  }
}

async function printWith(browser: Browser, job: PrintHtml | PrintUrl, timeout: number): Promise<Uint8Array> {
  const origin = 'url' in job ? new URL(job.url).origin : null;
  const context = await browser.newContext({ javaScriptEnabled: origin !== null, serviceWorkers: 'block', locale: job.language === 'en' ? 'en-GB' : 'fr-FR', acceptDownloads: false });
  context.setDefaultTimeout(timeout);
  await context.routeWebSocket(/.*/, (socket) => void socket.close());
  await context.route('**/*', async (route) => {
    const request = route.request();
    const url = new URL(request.url());
    if (url.protocol === 'data:' || url.protocol === 'blob:' || url.protocol === 'about:') return route.continue();
    if (url.origin !== origin) return route.abort('blockedbyclient');
    return route.continue('headers' in job && job.headers ? { headers: { ...request.headers(), ...job.headers } } : {});
  });
  const page = await context.newPage();
  if ('url' in job) await open(page, job);
  else await page.setContent(job.html, { waitUntil: 'load' });
  return page.pdf({
    format: 'A4', landscape: job.landscape ?? false, printBackground: true, margin: MARGIN, tagged: true, outline: true,
    displayHeaderFooter: true, headerTemplate: strip(escaped(job.header ?? '')), footerTemplate: strip(`<span style="flex:1">${escaped(job.footer)}</span><span><span class="pageNumber"></span> / <span class="totalPages"></span></span>`),
  });
}

async function open(page: Page, { url, ready }: PrintUrl): Promise<void> {
  const response = await page.goto(url, { waitUntil: 'load' });
  if (!response?.ok()) throw new PrintError(`the page to print answered ${response?.status() ?? 'nothing'}`);
  await page.locator(ready).first().waitFor({ state: 'attached' });
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
}

/** The browser sets these in a document of their own, in which nothing has a size. */
function strip(content: string): string {
  return `<div style="display:flex;width:100%;padding:0 15mm;font:8px system-ui,sans-serif;color:#5c6370">${content}</div>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** The rest is the driver's log. */
function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
}

/** What the browser itself said of its death, such as of a missing library or its sandbox. */
function lastWordsOf(error: unknown): string {
  const said = /^.*(FATAL|error while loading shared libraries|No usable sandbox).*$/m.exec(error instanceof Error ? error.message : '')?.[0];
  return said === undefined ? '' : ` (${said.replace(/^[^[]*\[err\]\s*/, '').trim()})`;
}
