import { Writable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { SseStream } from './sse-stream.ts';

test('a reader that keeps up gets every event', async () => {
  const stream = new SseStream(() => undefined);
  const got: string[] = [];
  stream.on('data', (bytes: Buffer) => got.push(bytes.toString()));
  for (let event = 0; event < 20; event += 1) {
    stream.offer(Buffer.from(`${event};`));
    await pause(1);
  }
  expect(got.join('')).toBe(Array.from({ length: 20 }, (_, event) => `${event};`).join(''));
  expect(stream.dropped).toBe(0);
});

test('a reader that stops gets the newest when it goes on, and nothing piles up', async () => {
  const stream = new SseStream(() => undefined);
  const got: number[] = [];
  let release: (() => void) | undefined;
  stream.pipe(new Writable({
    highWaterMark: 1,
    write: (bytes: Buffer, _encoding, done) => {
      got.push(bytes.readUInt32LE());
      release = done;
    },
  }));
  const event = (number: number): Buffer => {
    const bytes = Buffer.alloc(100_000);
    bytes.writeUInt32LE(number);
    return bytes;
  };
  for (let number = 1; number <= 500; number += 1) {
    stream.offer(event(number));
    await pause(0);
  }
  expect(stream.readableLength).toBeLessThanOrEqual(200_000);
  while (got.at(-1) !== 500 && got.length < 10) {
    release?.();
    await pause(5);
  }
  expect(got.at(-1)).toBe(500);
  expect(got.length).toBeLessThan(6);
  expect(stream.dropped).toBe(500 - got.length);
});

test('the end comes after the newest event', async () => {
  const closed = vi.fn<() => void>();
  const stream = new SseStream(closed);
  stream.offer(Buffer.from('old'));
  stream.offer(Buffer.from('new'));
  stream.finish(Buffer.from('|end'));
  let text = '';
  for await (const bytes of stream) text += String(bytes);
  expect(text).toBe('new|end');
  expect(closed).toHaveBeenCalledTimes(1);
});
