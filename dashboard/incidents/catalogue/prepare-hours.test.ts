import { expect, test } from 'vitest';
import { prepareHours } from './prepare-hours.ts';

const DAYS = ['lun.', 'mar.', 'mer.', 'jeu.', 'ven.', 'sam.', 'dim.'];
const at = (weekday: number, from = '08:00', to = '18:00') => ({ weekday, from, to });

test('days in a row with the same hours are said once, a break in the day as two spans', () => {
  expect(prepareHours([at(1), at(2), at(4), at(5, '08:00', '12:00'), at(5, '13:00', '18:00'), at(6, '09:00', '12:00'), at(7, '09:00', '12:00')], DAYS)).toBe('lun.–mar. 08:00–18:00, jeu. 08:00–18:00, ven. 08:00–12:00 + 13:00–18:00, sam.–dim. 09:00–12:00');
  expect(prepareHours([], DAYS)).toBe('');
});
