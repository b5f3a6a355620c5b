import { z } from 'zod';
import { createDesk } from '../../ingest/call-files/desk.ts';
import type { ImportStep } from '../../ingest/call-files/import-call-file.ts';
import { openStore } from '../../warehouse/operational/store.ts';
import { serveThread } from '../threads/serve.ts';

/** What this thread tells its starter. */
export interface Told { step(key: string, step: ImportStep): void }

const connection = z.union([z.object({ connectionString: z.string() }), z.object({ host: z.string(), port: z.number(), files: z.object({ folder: z.string(), seenAs: z.string() }) })]);

/** Reads files of contacts: a million rows of one would stall the main thread. */
await serveThread<Told>(async (data, remote) => {
  const store = await openStore({ connection: connection.parse(data), maxConnections: 1 });
  return { functions: createDesk(store, (key, step) => void remote.step.asEvent(key, step)), end: () => store.close() };
});
