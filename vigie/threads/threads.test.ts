import { MessageChannel } from 'node:worker_threads';
import { describe, expect, test } from 'vitest';
import { WarehouseError } from '../../warehouse/warehouse.ts';
import type { Echo } from './fixtures/echo.worker.ts';
import { connectPort } from './port.ts';
import { startThread } from './start.ts';

const entry = new URL('./fixtures/echo.worker.ts', import.meta.url);

describe('threads', () => {
  test('calls, call-backs, ports, errors and an orderly end', async () => {
    let sum = 0;
    let told = false;
    const thread = await startThread<Echo>({
      entry, name: 'echo',
      functions: {
        add: (value: number) => (sum += value),
        ended: () => { told = true; },
      },
    });
    expect(await thread.remote.echo({ at: new Date(5), list: [1, null] })).toEqual({ at: new Date(5), list: [1, null] });
    expect(await thread.remote.callBack(4)).toBe(10);

    const { port1, port2 } = new MessageChannel();
    await thread.remote.pair(port2);
    const pair = connectPort<{ hello(): string }>(port1, {});
    expect(await pair.hello()).toBe('from the pair');
    port1.close();

    const failure: unknown = await thread.remote.fail().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(WarehouseError);
    expect(failure).toMatchObject({ code: 'invalid-query', message: 'measure "x" is not there' });
    expect(failure instanceof Error && failure.cause).toBeInstanceOf(RangeError);

    await thread.end();
    expect(told).toBe(true);
    expect(await thread.ended).toBeNull();
  });

  test('a worker that fails at its start gives its own error', async () => {
    await expect(startThread<Echo>({ entry, name: 'refusing', data: { refuse: true } })).rejects.toMatchObject({ name: 'WarehouseError', code: 'unavailable' });
  });

  test('a crash settles `ended` with its reason, and calls under way fail', async () => {
    const thread = await startThread<Echo>({ entry, name: 'crashing' });
    await thread.remote.crash();
    expect(await thread.ended).toMatchObject({ message: 'crashed on purpose' });
    await expect(thread.remote.echo(1)).rejects.toThrow('closed');
  });
});
