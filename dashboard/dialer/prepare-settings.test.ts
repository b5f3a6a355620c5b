import { expect, test } from 'vitest';
import { dialerFixture } from './fixtures/campaign.ts';
import { changeOf, formOf } from './prepare-settings.ts';

const dialer = dialerFixture({ nuisanceLimit: 0.029, maximumLines: 40 });

test('only what differs is sent', () => {
  const form = formOf(dialer);
  expect(form).toEqual({ mode: 'PREDICTIVE', limitPercent: 2.9, maximumLines: 40, ringSeconds: 25 });
  expect(changeOf(form, dialer)).toEqual({});
  expect(changeOf({ ...form, mode: 'PROGRESSIVE' }, dialer)).toEqual({ mode: 'PROGRESSIVE' });
  expect(changeOf({ ...form, maximumLines: '', limitPercent: 2 }, dialer)).toEqual({ maximumLines: null, nuisanceLimit: 0.02 });
  expect(changeOf({ ...form, maximumLines: 60, ringSeconds: 30 }, dialer)).toEqual({ maximumLines: 60, ringSeconds: 30 });
});

test.each([['no limit', { limitPercent: '' }], ['a limit of zero', { limitPercent: 0 }], ['no line', { maximumLines: 0 }], ['a short ring', { ringSeconds: 10 }]])('%s cannot be sent', (_name, over) => {
  expect(changeOf({ ...formOf(dialer), ...over }, dialer)).toBeNull();
});
