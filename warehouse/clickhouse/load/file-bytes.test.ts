import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { fileBytes } from './file-bytes.ts';
import { lineRanges } from './line-ranges.ts';

const folder = mkdtempSync(join(tmpdir(), 'vigie-bytes-'));
const file = join(folder, 'file');
afterAll(() => { rmSync(folder, { recursive: true }); });

test('ranges are whole lines, one after the other, whatever the lines', () => {
  fc.assert(fc.property(fc.array(fc.string({ maxLength: 30 }).map((text) => text.replaceAll('\n', '')), { maxLength: 40 }), fc.boolean(), fc.integer({ min: 1, max: 200 }), (lines, ended, parts) => {
    writeFileSync(file, lines.join('\n') + (ended ? '\n' : ''));
    const bytes = readFileSync(file);
    const ranges = lineRanges(file, parts);
    const borders = ranges.slice(1).map(({ from }) => from);
    expect([ranges[0]?.from, ...ranges.map(({ to }) => to)]).toEqual([0, ...borders, bytes.length]);
    expect(borders.every((border) => bytes[border - 1] === 10)).toBe(true);
    expect(new Set([0, ...borders]).size).toBe(ranges.length);
  }));
});

test('a reader that is slow at times gets every byte of its range, though buffers go round', async () => {
  const bytes = Buffer.alloc(23_456_789);
  for (let at = 0; at + 4 <= bytes.length; at += 4) bytes.writeUInt32LE(at, at);
  writeFileSync(file, bytes);
  const range = { from: 12_345, to: bytes.length - 54_321 };
  const server = createServer((incoming, answer) => {
    const hash = createHash('sha256');
    void (async () => {
      let pieces = 0;
      for await (const piece of incoming) {
        hash.update(piece);
        if (++pieces % 40 === 0) await pause(3);
      }
      answer.end(hash.digest('hex'));
    })();
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const address = server.address();
  const sent = request({ port: typeof address === 'object' ? address?.port : 0, host: '127.0.0.1', method: 'POST' });
  const answered = new Promise<string>((resolve, reject) => {
    sent.on('error', reject);
    sent.on('response', (response) => { void response.setEncoding('utf8').toArray().then((parts) => { resolve(parts.join('')); }); });
  });
  await pipeline(fileBytes(file, range), sent);
  expect(await answered).toBe(createHash('sha256').update(bytes.subarray(range.from, range.to)).digest('hex'));
  server.close();
});

test('a file that is not there is said to whoever reads', async () => {
  await expect(fileBytes(join(folder, 'none'), { from: 0, to: 9 }).toArray()).rejects.toThrow('ENOENT');
});

test('a file that became shorter is an error, not an end', async () => {
  writeFileSync(file, 'one\ntwo\n');
  await expect(fileBytes(file, { from: 4, to: 12 }).toArray()).rejects.toThrow('shorter');
});
