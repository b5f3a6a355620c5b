import { createRequire } from 'node:module';
import type { IncomingMessage, ServerResponse } from 'node:http';
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
