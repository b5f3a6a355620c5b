import { describe, expect, test } from 'vitest';
import { duration, hours } from './duration.ts';
import { createFormats } from './formats.ts';

const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');

test('durations are floored m:ss, and h:mm:ss from an hour on', () => {
  expect([0, 5.9, 65, 3599, 3600, 36_061, -3].map(duration)).toEqual(['0:00', '0:05', '1:05', '59:59', '1:00:00', '10:01:01', '0:00']);
  expect([null, undefined, Number.NaN].map(duration)).toEqual(['–', '–', '–']);
  expect([2520, 25_500].map(hours)).toEqual(['42 min', '7 h 05']);
});

describe('values follow the unit and the language', () => {
  const fr = createFormats('fr', 'Africa/Douala');
  const en = createFormats('en', 'Africa/Douala');
  test.each([
    ['RATIO', 0.8125, '81,3 %', '81.3%'],
    ['COUNT', 12_345, '12 345', '12,345'],
    ['SECONDS', 254.7, '4:14', '4:14'],
    ['SECONDS', 400_000, '111 h 06', '111 h 06'],
    ['PER_HOUR', 8.04, '8,0', '8.0'],
  ] as const)('%s %s', (unit, value, french, english) => {
    expect(plain(fr.value(unit, value))).toBe(french);
    expect(en.value(unit, value)).toBe(english);
  });
  test('changes carry a true sign', () => {
    expect([plain(fr.points(-0.0501)), plain(fr.change(0.183)), plain(en.change(-0.708)), en.points(0)]).toEqual(['\u22125,0', '+18,3 %', '\u221270.8%', '0.0']);
  });
  test('no value is a dash, never a zero', () => {
    expect(fr.value('RATIO', null)).toBe('–');
    expect(en.count(undefined)).toBe('–');
  });
  test('instants are shown in the page’s zone', () => {
    expect(fr.time('2026-07-01T22:30:00Z')).toBe('23:30');
    expect(createFormats('fr', 'Europe/Paris').time('2026-07-01T22:30:00Z')).toBe('00:30');
  });
  test('a local date keeps its day in every zone', () => {
    expect(plain(createFormats('en', 'Pacific/Auckland').localDate('2026-01-31'))).toContain('31');
  });
});
