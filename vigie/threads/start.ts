import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { MessageChannel, Worker, type MessagePort, type WorkerOptions } from 'node:worker_threads';
import { unpackError, type PackedError } from './errors.ts';
import { connectPort, type Remote } from './port.ts';

export interface ThreadOptions {
  /** `new URL('./x.worker.ts', import.meta.url)`: the compiled file is found by itself. */
  entry: URL;
  /** Shown in messages and in a profiler. */
  name: string;
  /** Plain data for the worker's start. */
  data?: unknown;
  /** Ports inside `data`: they pass to the worker. */
  ports?: MessagePort[];
  /** What the worker may call on this side. */
  functions?: object;
  /** Longest time for an orderly end before the thread is cut off; default 15 s. */
  endTimeoutMs?: number;
}

export interface Thread<Functions extends object> {
  readonly name: string;
  readonly remote: Remote<Functions>;
  /** Settles when the thread is over: null after {@link Thread.end}, else why it died. Never rejects. */
  readonly ended: Promise<Error | null>;
  /** Asks the worker to finish its work and waits for it; calls under way are answered first if the worker does so. */
  end(): Promise<void>;
}

/** Messages beside the calls, on the worker's own port. */
export type FromWorker = { kind: 'ready' } | { kind: 'failed'; error: PackedError };
export type ToWorker = { kind: 'end' };

/**
 * Starts a worker and resolves when it serves. Runs from sources (tsx, vitest) and compiled alike.
 * @throws the worker's own error when it fails before it serves.
 */
export async function startThread<Functions extends object>(options: ThreadOptions): Promise<Thread<Functions>> {
  const { port1, port2 } = new MessageChannel();
  const worker = new Worker(...entryOf(options.entry, {
    name: options.name,
    workerData: { port: port2, data: options.data },
    transferList: [port2, ...(options.ports ?? [])],
    execArgv: [],
  }));
  const remote = connectPort<Functions>(port1, options.functions ?? {});
  let failure: Error | null = null;
  let asked = false;
  const ended = new Promise<Error | null>((resolve) => {
    worker.once('exit', (code) => {
      port1.close();
      resolve(asked && code === 0 ? null : (failure ?? new Error(`thread ${options.name} ended unexpectedly with code ${code}`)));
    });
  });
  const ready = new Promise<void>((resolve, reject) => {
    worker.on('message', (message: FromWorker) => {
      if (message.kind === 'ready') resolve();
      else failure = unpackError(message.error);
    });
    worker.once('error', (error) => {
      failure ??= error instanceof Error ? error : new Error(`thread ${options.name} threw ${String(error)}`);
    });
    void ended.then((error) => reject(error ?? new Error(`thread ${options.name} ended before it served`)));
  });
  await ready;
  return {
    name: options.name,
    remote,
    ended,
    async end() {
      asked = true;
      const message: ToWorker = { kind: 'end' };
      worker.postMessage(message);
      const timer = setTimeout(() => void worker.terminate(), options.endTimeoutMs ?? 15_000);
      await ended;
      clearTimeout(timer);
    },
  };
}

/** Node 20 does not pass a loader on to workers: from sources, the worker registers it before its entry. */
function entryOf(entry: URL, options: WorkerOptions): [string | URL, WorkerOptions] {
  if (!import.meta.url.endsWith('.ts')) return [new URL(entry.href.replace(/\.ts$/, '.js')), options];
  const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx/esm/api')).href.replace(/\.cjs$/, '.mjs');
  const script = `import(${JSON.stringify(loader)}).then(({ register }) => { register(); return import(${JSON.stringify(entry.href)}); })`;
  return [script, { ...options, eval: true }];
}
