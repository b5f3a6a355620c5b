import type { CallFile } from '../../warehouse/operational/contacts/call-files.ts';
import type { OperationalStore } from '../../warehouse/operational/store.ts';
import { forbidFile, type Forbidden } from './forbid-numbers.ts';
import { importCallFile, type CallFileImport, type ImportStep } from './import-call-file.ts';
import { previewCallFile, type Preview, type PreviewOptions } from './preview.ts';
import { CallFileRefused, type Refusal } from './refusal.ts';

/** A file that is not taken, as plain data. */
export interface Refused { refused: Refusal; detail: string }

export function isRefused(result: object): result is Refused {
  return 'refused' in result && typeof result.refused === 'string';
}

/** Names a piece of work: for those who hear how far it is, and for giving it up. */
interface Task { key: string }

/** Whoever reads files: here or in another thread, so everything that goes in and out is plain data. */
export interface CallFileDesk {
  /** Null = given up meanwhile. */
  preview(task: Task & PreviewOptions): Promise<Preview | Refused | null>;
  /** Null = it was stopped, and has loaded nothing. */
  importFile(task: Task & Omit<CallFileImport, 'onProgress' | 'signal'>): Promise<CallFile | Refused | null>;
  forbid(task: Task & Parameters<typeof forbidFile>[1]): Promise<Forbidden | Refused>;
  /** Ends a preview that nobody waits for any more. */
  giveUp(key: string): Promise<void>;
  /** Too late for one that is all but done: that goes on. */
  stopImport(key: string): Promise<void>;
}

/** `tell` hears each step of each piece of work. */
export function createDesk(store: Pick<OperationalStore, 'callFiles' | 'contacts'>, tell: (key: string, step: ImportStep) => void): CallFileDesk {
  const previews = new Map<string, AbortController>();
  const imports = new Map<string, AbortController>();
  const rowsOf = (key: string) => (rows: number): void => tell(key, { stage: 'reading', rows });
  return {
    preview({ key, ...options }) {
      previews.get(key)?.abort();
      return orAborted(previews, key, (signal) => previewCallFile(options, { onRows: rowsOf(key), signal }));
    },
    importFile: ({ key, ...options }) => orAborted(imports, key, (signal) => importCallFile(store.callFiles, { ...options, onProgress: (step) => tell(key, step), signal })),
    forbid: ({ key, ...list }) => orRefused(() => forbidFile(store.contacts, list, rowsOf(key))),
    giveUp: (key) => Promise.resolve(previews.get(key)?.abort()),
    stopImport: (key) => Promise.resolve(imports.get(key)?.abort()),
  };
}

/** Null = it was ended through `running` before it was done. */
async function orAborted<Result>(running: Map<string, AbortController>, key: string, work: (signal: AbortSignal) => Promise<Result>): Promise<Result | Refused | null> {
  const ending = new AbortController();
  running.set(key, ending);
  try {
    return await orRefused(() => work(ending.signal));
  } catch (error) {
    if (ending.signal.aborted) return null;
    throw error;
  } finally {
    if (running.get(key) === ending) running.delete(key);
  }
}

async function orRefused<Result>(work: () => Promise<Result>): Promise<Result | Refused> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof CallFileRefused) return { refused: error.code, detail: error.detail };
    throw error;
  }
}
