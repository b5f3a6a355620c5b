import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Where Chromium and its kin usually stand. */
const USUAL: Record<string, readonly string[]> = {
  linux: ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable', '/usr/bin/microsoft-edge', '/snap/bin/chromium'],
  darwin: ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium', '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge'],
  win32: [process.env['PROGRAMFILES'], process.env['PROGRAMFILES(X86)'], process.env['LOCALAPPDATA']].flatMap((folder) => (folder === undefined ? [] : [join(folder, 'Google/Chrome/Application/chrome.exe'), join(folder, 'Microsoft/Edge/Application/msedge.exe')])),
};

/** There is no browser that could print. */
export class NoBrowserError extends Error {
  override readonly name = 'NoBrowserError';
}

/**
 * The browser that prints.
 * @param configured its path; null = where it is usually installed.
 * @throws NoBrowserError that says what to install.
 */
export function findBrowser(configured: string | null): string {
  if (configured !== null) {
    if (existsSync(configured)) return configured;
    throw new NoBrowserError(`there is no browser at ${configured}: set VIGIE_BROWSER to the path of a Chromium or Chrome, or leave it empty for the one that is installed`);
  }
  const found = (USUAL[process.platform] ?? []).find((path) => existsSync(path));
  if (found !== undefined) return found;
  throw new NoBrowserError('a PDF is printed by Chromium, and none is installed: install it (Debian and Ubuntu: apt install chromium), or set VIGIE_BROWSER to the path of a Chromium, Chrome or Edge');
}
