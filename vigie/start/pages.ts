import { createRequire } from 'node:module';
import { get, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { NextServer, NextServerOptions } from 'next/dist/server/next.js';
import { projectRoot } from '../../warehouse/sql-files.ts';

export interface Pages {
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  close(): Promise<void>;
}

/** The built dashboard, served inside this process. It asks for its data over HTTP like any client. */
export async function openPages(options: { hostname: string; port: number }): Promise<Pages> {
  // Next is CommonJS; its default export differs between module resolutions, the required one does not.
  const next: (options: NextServerOptions) => NextServer = createRequire(import.meta.url)('next');
  const app = next({ dev: false, dir: join(projectRoot(), 'dashboard'), ...options });
  await app.prepare();
  const handle = app.getRequestHandler();
  return { handle: (request, response) => handle(request, response), close: () => app.close() };
}

/** Each loads code of its own the first time it is drawn: a fifth of a second in which nothing else runs. */
const FIRST_DRAWN = ['/', '/kpi', '/calls', '/agents', '/dialer', '/call-files'];

/** Draws the pages once, before anybody is told where they are. A page that fails here fails for its reader, with its reason in the log. */
export async function warmPages(address: string): Promise<void> {
  for (const path of FIRST_DRAWN) {
    await new Promise<void>((resolve) => {
      get(new URL(path, address), (response) => response.resume().once('close', resolve)).once('error', () => resolve());
    });
  }
}
