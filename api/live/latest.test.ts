import { expect, test, vi } from 'vitest';
import { latest } from './latest.ts';

test('a slow reader gets the newest value only', async () => {
  const channel = latest<number>(() => undefined);
  for (let value = 1; value <= 1000; value += 1) channel.put(value);
  expect(await channel.next()).toEqual({ done: false, value: 1000 });
  const waiting = channel.next();
  channel.put(1001);
  channel.put(1002);
  expect(await waiting).toEqual({ done: false, value: 1001 });
  expect(await channel.next()).toEqual({ done: false, value: 1002 });
});

test('a reader that leaves ends the channel once, also while it waits', async () => {
  const ended = vi.fn<() => void>();
  const channel = latest<number>(ended);
  const waiting = channel.next();
  await channel.return?.();
  channel.end();
  channel.put(1);
  expect(await waiting).toEqual({ done: true, value: undefined });
  expect(await channel.next()).toEqual({ done: true, value: undefined });
  expect(ended).toHaveBeenCalledTimes(1);
});
