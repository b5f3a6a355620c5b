import { join } from 'node:path';
import type { CallFilesPort } from '../../api/ports.ts';
import type { CallFileDesk } from '../../ingest/call-files/desk.ts';
import type { StoreOptions, OperationalStore } from '../../warehouse/operational/store.ts';
import { startThread, type Thread } from '../threads/start.ts';
import type { Told } from './call-files.worker.ts';

export interface CallFilesParts {
  store: Pick<OperationalStore, 'callFiles' | 'contacts'>;
  /** The same store, for the thread. */
  connection: StoreOptions['connection'];
  dataDirectory: string;
  /** See `CallFilesPort`. */
  process?: string;
}

/** Binds the api's call files to the store. The thread that reads them is started with the first one, and again when it died. */
export function callFilesPort({ store, connection, dataDirectory, process: name }: CallFilesParts): CallFilesPort & { close(): Promise<void> } {
  let running: Promise<Thread<CallFileDesk>> | null = null;
  const thread = (told: Told): Promise<Thread<CallFileDesk>> => {
    const begun = (running ??= startThread<CallFileDesk>({ name: 'call files', entry: new URL('./call-files.worker.ts', import.meta.url), data: connection, functions: told }));
    const forget = (): void => {
      if (running === begun) running = null;
    };
    void begun.then(({ ended }) => void ended.then(forget), forget);
    return begun;
  };
  return {
    store,
    folder: join(dataDirectory, 'uploads'),
    ...(name === undefined ? {} : { process: name }),
    open(tell) {
      const told: Told = { step: tell };
      return {
        preview: async (task) => (await thread(told)).remote.preview(task),
        importFile: async (task) => (await thread(told)).remote.importFile(task),
        forbid: async (task) => (await thread(told)).remote.forbid(task),
        // What does not run has nothing to give up.
        giveUp: async (key) => (await running)?.remote.giveUp(key),
        stopImport: async (key) => (await running)?.remote.stopImport(key),
      };
    },
    async close() {
      await (await running?.catch(() => null))?.end();
    },
  };
}
