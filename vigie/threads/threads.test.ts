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

  test('a stream is pulled: errors keep their class, a reader that goes away is told, and so is one whose thread dies', async () => {
    const thread = await startThread<Echo>({ entry, name: 'counting' });
    const { stream } = await thread.remote.count(3, false);
    const counted: Uint8Array[] = [];
    for await (const bytes of stream) counted.push(bytes);
    expect(counted).toEqual([Uint8Array.of(0), Uint8Array.of(1), Uint8Array.of(2)]);
    const failing = (await thread.remote.count(1, true)).stream.getReader();
    expect((await failing.read()).value).toEqual(Uint8Array.of(0));
    const failure: unknown = await failing.read().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(WarehouseError);
    expect(failure).toMatchObject({ code: 'too-large', message: 'enough' });
    const left = (await thread.remote.count(1000, false)).stream.getReader();
    await left.read();
    expect(await thread.remote.told()).toEqual({ given: 1, cancelled: false });
    await left.cancel();
    expect(await thread.remote.told()).toEqual({ given: 1, cancelled: true });
    const orphan = (await thread.remote.count(1000, false)).stream.getReader();
    await orphan.read();
    await thread.remote.crash();
    await thread.ended;
    await expect(orphan.read()).rejects.toThrow('the thread on the other side has ended');
  });

  test('a worker that fails at its start gives its own error', async () => {
    await expect(startThread<Echo>({ entry, name: 'refusing', data: { refuse: true } })).rejects.toMatchObject({ name: 'WarehouseError', code: 'unavailable' });
  });

  test('a crash settles `ended` with its reason, and calls under way fail', async () => {
    const thread = await startThread<Echo>({ entry, name: 'crashing' });
    await thread.remote.crash();
    expect(await thread.ended).toMatchObject({ message: 'crashed on purpose' });
    // In the same words whether or not its port has closed yet.
    await expect(thread.remote.echo(1)).rejects.toThrow('the thread on the other side has ended');
    await new Promise(setImmediate);
    await expect(thread.remote.echo(2)).rejects.toThrow('the thread on the other side has ended');
    await expect(thread.remote.echo.asEvent(3)).rejects.toThrow('the thread on the other side has ended');
  });
});
