import { MessagePort, parentPort, workerData } from 'node:worker_threads';
import { packError } from './errors.ts';
import { connectPort, type Remote } from './port.ts';
import type { FromWorker, ToWorker } from './start.ts';

export interface Served {
  functions: object;
  /** Finishes the work (drain, close files); the thread ends after it. */
  end?: () => Promise<void> | void;
}

/**
 * The body of a `*.worker.ts`: prepares the work and serves its functions to the thread that started it.
 * `data` is what {@link startThread} was given; `remote` are the starter's functions. A failure, also
 * after an uncaught exception, ends the thread and reaches the starter as the reason.
 */
export async function serveThread<Functions extends object = object>(prepare: (data: unknown, remote: Remote<Functions>) => Promise<Served> | Served): Promise<void> {
  if (!parentPort) throw new Error('serveThread is for worker threads');
  const control = parentPort;
  const tell = (message: FromWorker): void => control.postMessage(message);
  const { port, data } = startData();
  // The functions are bound late: the remote exists before they do.
  const functions: Record<string, unknown> = {};
  let served: Served | null = null;
  const remote = connectPort<Functions>(port, new Proxy(functions, { get: (_, name) => (served ? Reflect.get(served.functions, name) : undefined) }));
  try {
    served = bindAll(await prepare(data, remote));
  } catch (error) {
    tell({ kind: 'failed', error: packError(error) });
    process.exit(1);
  }
  const { end } = served;
  control.on('message', (message: ToWorker) => {
    if (message.kind === 'end') void finish();
  });
  tell({ kind: 'ready' });

  async function finish(): Promise<void> {
    try {
      await end?.();
      port.close();
      process.exit(0);
    } catch (error) {
      tell({ kind: 'failed', error: packError(error) });
      process.exit(1);
    }
  }
}

function startData(): { port: MessagePort; data: unknown } {
  const given: unknown = workerData;
  if (typeof given === 'object' && given !== null && 'port' in given && given.port instanceof MessagePort)
    return { port: given.port, data: 'data' in given ? given.data : undefined };
  throw new Error('this worker was not started by startThread');
}

/** Methods keep their object: birpc calls them on the proxy. */
function bindAll(served: Served): Served {
  const { functions } = served;
  return {
    ...served,
    functions: new Proxy(functions, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    }),
  };
}
