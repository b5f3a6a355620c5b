import { z } from 'zod';
import { serveEmbedded, type EmbeddedStore } from '../../warehouse/operational/embedded.ts';
import { serveThread } from '../threads/serve.ts';

/** The embedded operational store: a statement of it would stall the main thread. */
export interface StoreThread { place(): Promise<Omit<EmbeddedStore, 'stop'>> }

await serveThread(async (data) => {
  const { directory } = z.object({ directory: z.string() }).parse(data);
  const store = await serveEmbedded(directory);
  const functions: StoreThread = { place: () => Promise.resolve({ host: store.host, port: store.port, files: store.files }) };
  return { functions, end: () => store.stop() };
});
