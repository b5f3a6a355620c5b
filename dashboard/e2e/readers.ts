import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { launchBrowser } from './browser.ts';
import { openPage, type Look } from './look.ts';
import { startProgram, type Program, type ProgramOptions } from './program.ts';

export interface Readers {
  /** From the first test on. */
  readonly program: Program;
  /** A fresh reader; what the page complains about is collected. */
  open(path: string, look?: Look): Promise<{ page: Page; complaints: string[] }>;
  /** The last reader goes before the test is over. */
  leave(): Promise<void>;
}

/** A program and a browser for the tests of a file, and a reader for each, who goes with its end. */
export function readersOf(options: ProgramOptions = {}): Readers {
  let program: Program | undefined;
  let browser: Browser | undefined;
  let context: BrowserContext | undefined;
  const started = (): Program => {
    if (!program) throw new Error('the program is not there before the first test');
    return program;
  };
  beforeAll(async () => {
    program = await startProgram(options);
    browser = await launchBrowser();
  }, 600_000);
  const leave = async (): Promise<void> => { await context?.close(); };
  afterEach(leave);
  afterAll(async () => {
    await browser?.close();
    await program?.end();
  }, 60_000);
  return {
    get program() { return started(); },
    async open(path, look) {
      if (!browser) throw new Error('the browser is not there before the first test');
      const { page, complaints, ...opened } = await openPage(browser, `${started().address}${path}`, look);
      context = opened.context;
      return { page, complaints };
    },
    leave,
  };
}
