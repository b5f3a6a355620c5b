import { z } from 'zod';
import { serveEmbedded } from '../../warehouse/operational/embedded.ts';
import { serveThread } from '../threads/serve.ts';

/** The embedded operational store: a statement of it would stall the main thread. */
export interface StoreThread { place(): Promise<{ host: string; port: number }> }

await serveThread(async (data) => {
  const { directory } = z.object({ directory: z.string() }).parse(data);
  const store = await serveEmbedded(directory);
  const functions: StoreThread = { place: () => Promise.resolve({ host: store.host, port: store.port }) };
  return { functions, end: () => store.stop() };
});
