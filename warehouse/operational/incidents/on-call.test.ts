import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { onCallAt, onCallSchema } from './on-call.ts';

const [awa, bello, chef] = [randomUUID(), randomUUID(), randomUUID()];
const at = (text: string): number => Date.parse(text);

test('a week of shifts, through midnight and through both changes of the clocks', () => {
  const paris = onCallSchema.parse({
    id: 'nuit', label: 'Nuit', zone: 'Europe/Paris',
    shifts: [{ weekday: 6, from: '20:00', to: '08:00', contact: awa }, { weekday: 7, from: '08:00', to: '20:00', contact: bello }, { weekday: 7, from: '07:30', to: '08:30', contact: bello }],
  });
  // Sunday 08:00 in Paris is 07:00 UTC until the clocks change, and 06:00 then.
  expect([onCallAt(paris, at('2026-03-22T06:29:00Z')), onCallAt(paris, at('2026-03-22T06:59:00Z')), onCallAt(paris, at('2026-03-22T07:00:00Z'))]).toEqual([[awa], [awa, bello], [bello]]);
  expect([onCallAt(paris, at('2026-03-29T05:29:00Z')), onCallAt(paris, at('2026-03-29T06:00:00Z')), onCallAt(paris, at('2026-03-29T17:59:00Z')), onCallAt(paris, at('2026-03-29T18:00:00Z'))]).toEqual([[awa], [bello], [bello], []]);
  expect([onCallAt(paris, at('2026-10-24T17:59:00Z')), onCallAt(paris, at('2026-10-24T18:00:00Z')), onCallAt(paris, at('2026-10-25T06:29:00Z')), onCallAt(paris, at('2026-10-25T19:00:00Z'))]).toEqual([[], [awa], [awa], []]);
});

test('all day, and what is said of a date', () => {
  const douala = onCallSchema.parse({
    id: 'jour', label: 'Jour', zone: 'Africa/Douala', shifts: [{ weekday: 1, from: '00:00', to: '24:00', contact: awa }, { weekday: 3, from: '08:00', to: '08:00', contact: bello }],
    exceptions: [{ from: '2026-03-02T08:00:00Z', to: '2026-03-02T20:00:00Z', contact: chef }, { from: '2026-03-02T12:00:00Z', to: '2026-03-02T13:00:00Z', contact: null }],
  });
  expect(['2026-03-01T22:59:59Z', '2026-03-01T23:00:00Z', '2026-03-02T08:00:00Z', '2026-03-02T12:30:00Z', '2026-03-02T13:00:00Z', '2026-03-02T22:59:59Z', '2026-03-02T23:00:00Z', '2026-03-04T07:00:00Z', '2026-03-05T06:59:00Z', '2026-03-05T07:00:00Z'].map((text) => onCallAt(douala, at(text))))
    .toEqual([[], [awa], [chef], [], [chef], [awa], [], [bello], [bello], []]);
});

test('a zone that nobody knows, and hours that are none, are refused', () => {
  expect(onCallSchema.safeParse({ id: 'x', label: 'x', zone: 'Europe/Douala', shifts: [] }).success).toBe(false);
  expect(onCallSchema.safeParse({ id: 'x', label: 'x', zone: 'UTC', shifts: [{ weekday: 1, from: '8:00', to: '25:00', contact: awa }] }).success).toBe(false);
});
