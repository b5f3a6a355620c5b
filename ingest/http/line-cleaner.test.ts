import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LineCleaner } from './line-cleaner.ts';

function clean(body: Buffer, cuts: number[], maximumLineBytes = 100): string[] {
  const cleaner = new LineCleaner(maximumLineBytes);
  const parts: Buffer[] = [];
  let from = 0;
  for (const cut of [...cuts.map((share) => Math.floor(share * body.length)).sort((a, b) => a - b), body.length]) {
    parts.push(cleaner.push(body.subarray(from, cut)));
    from = cut;
  }
  parts.push(cleaner.end());
  const text = Buffer.concat(parts).toString('utf8');
  expect(text === '' || text.endsWith('\n')).toBe(true);
  return text.split('\n').slice(0, -1);
}

test('good lines pass unchanged, however they are cut, with any end of line', () => {
  const line = fc.json().map((text) => text.replaceAll(/\s/g, ' ')).filter((text) => Buffer.byteLength(text) <= 100 && text.trim() !== '');
  fc.assert(fc.property(fc.array(line), fc.constantFrom('\n', '\r\n', '\n\n', '\r\n\n'), fc.array(fc.double({ min: 0, max: 1, noNaN: true })), (lines, end, cuts) => {
    expect(clean(Buffer.from(lines.join(end)), cuts)).toEqual(lines);
  }));
});

test('any bytes become the same lines, however they are cut, and none of them is more than text', () => {
  const bytes = fc.array(fc.oneof(fc.constantFrom(10, 13, 0, 1, 32, 0xc3, 0xff, 34), fc.integer({ min: 0, max: 255 })), { maxLength: 400 });
  fc.assert(fc.property(bytes, fc.array(fc.double({ min: 0, max: 1, noNaN: true })), (body, cuts) => {
    const whole = clean(Buffer.from(body), [], 20);
    expect(clean(Buffer.from(body), cuts, 20)).toEqual(whole);
    for (const text of whole) {
      expect(text).not.toBe('');
      expect([...text].some((character) => ['\r', '\0', '\u0001'].includes(character))).toBe(false);
    }
  }), { numRuns: 500 });
});

test('what cannot be JSON stays one line that is none, and says why', () => {
  const body = Buffer.concat([Buffer.from('{"a":1}\n{"b":"'), Buffer.of(0xe9, 0xff), Buffer.from('"}\n{"c":\0"x"}\n{"d":\r1}\n{"e":"'), Buffer.alloc(200, 'x'), Buffer.from('"}\n{"f":2}')]);
  const lines = clean(body, []);
  expect(lines.map((text) => text.replace(/x{9,}/, 'x…'))).toEqual([
    '{"a":1}', '{"b":"\ufffd\ufffd"} <line is not UTF-8>', '{"c":\ufffd"x"} <line holds control characters>', '{"d":\ufffd1} <line holds control characters>',
    '{"e":"x…"} <line of 208 bytes was cut, the limit is 100>', '{"f":2}',
  ]);
});
