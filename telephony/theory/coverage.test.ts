import { expect, it } from 'vitest';
import { referenceRows } from '../erlang/reference.fixture.ts';
import { NOT_LIVED, referenceSystems } from './reference-systems.ts';

const rows = referenceRows();
/** Arithmetic alone; and another's simulation of a system that is neither Erlang C nor A, which agrees but takes a minute. */
const LEFT_OUT = new Set(['occupancy', 'G/GI sim']);

it.skipIf(!rows)('every published figure of a floor is lived', () => {
  const lived = referenceSystems.flatMap(({ rows: keys, figures }) => keys.flatMap((key) => Object.keys(figures).map((metric) => `${key}|${metric}`)));
  const published = (rows ?? []).filter(({ model, metric }) => !NOT_LIVED.has(metric) && !LEFT_OUT.has(model)).map(({ model, inputs, metric }) => `${model}|${inputs}|${metric}`);
  expect(published.length).toBeGreaterThan(50);
  expect(published.filter((row) => !lived.includes(row))).toEqual([]);
});
