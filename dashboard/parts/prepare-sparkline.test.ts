import { expect, test } from 'vitest';
import { prepareSparkline } from './prepare-sparkline.ts';

test('a gap splits the line, a lonely value is a dot', () => {
  const shape = prepareSparkline([0.5, 1, null, 0.5, null, 0, 1], undefined, 66, 26);
  expect(shape.paths).toEqual(['M3 13L13 3', 'M53 23L63 3']);
  expect(shape.dots).toEqual([[33, 13]]);
  expect(shape.last).toEqual([63, 3]);
});

test('the target is always inside the box', () => {
  const { targetY } = prepareSparkline([0.9, 0.95], 0.8, 60, 20);
  expect(targetY).toBe(17);
});

test('no values at all', () => {
  expect(prepareSparkline([null, null], 0.8, 60, 20)).toEqual({ paths: [], dots: [], targetY: null, last: null });
});

test('equal values stay on one level and finite', () => {
  expect(prepareSparkline([1, 1, 1], undefined, 60, 20).paths).toEqual(['M3 17L30 17L57 17']);
});
