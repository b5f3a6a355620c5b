import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export const TOKEN = 'token-of-the-tests';

/** Starts {@link ./ingest-process.ts}, behind other commands if wanted (`strace …`), and gives its address. */
export async function startIngest(folder: string, before: string[] = []): Promise<{ child: ChildProcess; url: string }> {
  const command = [...before, process.execPath, '--import', 'tsx', fileURLToPath(new URL('ingest-process.ts', import.meta.url)), folder, TOKEN];
  const child = spawn(command[0] ?? '', command.slice(1), { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, UV_THREADPOOL_SIZE: '8' } });
  const lines = createInterface({ input: child.stdout });
  const port = await Promise.race([
    once(lines, 'line').then(([line]) => String(line)),
    once(child, 'exit').then(([code]) => { throw new Error(`the ingest process ended with ${String(code)} before it listened`); }),
  ]);
  return { child, url: `http://127.0.0.1:${port}` };
}

/** Lets it load everything and end. */
export async function stopIngest(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}

/** Gives the status, null when nobody answered. */
export async function postBatch(url: string, kind: string, batchId: string, body: Buffer): Promise<number | null> {
  try {
    const response = await fetch(`${url}/ingest/${kind}`, { method: 'POST', headers: { Authorization: `Bearer ${TOKEN}`, 'Batch-Id': batchId }, body: new Uint8Array(body) });
    await response.arrayBuffer();
    return response.status;
  } catch {
    return null;
  }
}
