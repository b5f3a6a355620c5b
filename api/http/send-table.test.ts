import { createServer, get, type IncomingMessage } from 'node:http';
import { tableFromIPC } from 'apache-arrow';
import { afterEach, expect, test } from 'vitest';
import { openTableWriter } from '../../warehouse/arrow/table-writer.ts';
import { WarehouseError } from '../../warehouse/warehouse.ts';
import { sendTable } from './send-table.ts';

const closing: (() => void)[] = [];
afterEach(() => { for (const close of closing.splice(0)) close(); });

/** A server whose table gives batches until it fails, or for ever; `given` counts them. */
async function serve(failAfter: number | null): Promise<{ url: string; given: () => number; cancelled: Promise<void>; errors: unknown[] }> {
  const writer = await openTableWriter([{ name: 'n', kind: 'int' }]);
  const errors: unknown[] = [];
  let given = 0;
  let cancel = (): void => {};
  const cancelled = new Promise<void>((resolve) => { cancel = resolve; });
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (given === failAfter) return controller.error(new WarehouseError('too-large', 'too many rows'));
      for (let n = 0; n < 20_000; n += 1) writer.add(0, n);
      const batch = writer.batch();
      controller.enqueue(given === 0 ? Buffer.concat([writer.head(), batch]) : batch);
      given += 1;
    },
    cancel,
  }, { highWaterMark: 0 });
  const server = createServer((_request, response) => void sendTable(response, { stream, zone: 'UTC', fromUtc: '', toUtc: '', loadMark: 7 }).catch((error: unknown) => errors.push(error)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => { server.closeAllConnections(); server.close(); });
  const address = server.address();
  return { url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`, given: () => given, cancelled, errors };
}

const answerOf = (url: string): Promise<IncomingMessage> => new Promise((resolve, reject) => { get(url, resolve).on('error', reject); });

test('a table that fails in its middle is told by the transfer, by its bytes, and to whoever looks into them', async () => {
  const { url, errors } = await serve(3);
  const answer = await answerOf(url);
  const parts: Buffer[] = [];
  const reading = async (): Promise<void> => { for await (const part of answer) parts.push(part); };
  await expect(reading()).rejects.toThrow('aborted');
  expect(answer.headers['vigie-load-mark']).toBe('7');
  const saved = Buffer.concat(parts);
  expect(() => tableFromIPC(saved)).toThrow(/Expected to read/);
  expect(saved.toString('latin1')).toContain('THIS ANSWER BROKE OFF: too many rows');
  expect(errors).toEqual([expect.objectContaining({ code: 'too-large' })]);
});

test('a client that does not read holds the table back, one that goes away ends it', async () => {
  const { url, given, cancelled, errors } = await serve(null);
  const answer = await answerOf(url);
  await expect.poll(given, { timeout: 10_000 }).toBeGreaterThan(2);
  let before = -1;
  // What the sockets hold is some megabytes.
  await expect.poll(() => { const same = given() === before; before = given(); return same; }, { interval: 200, timeout: 20_000 }).toBe(true);
  expect(given()).toBeLessThan(500);
  answer.destroy();
  await cancelled;
  expect(errors).toEqual([]);
});
