import { expect, test } from 'vitest';
import { filesInView, prepareSegments } from './prepare-files.ts';

const none = { new: 0, inProgress: 0, callBack: 0, followUp: 0, done: 0, exhausted: 0, excluded: 0 };

test('a bar has what there is, the rest last', () => {
  expect(prepareSegments({ accepted: 200, states: { ...none, new: 100, done: 60, callBack: 40 } }).map(({ state, share }) => [state, share])).toEqual([['done', 0.3], ['callBack', 0.2], ['new', 0.5]]);
  expect(prepareSegments({ accepted: 0, states: none })).toEqual([]);
});

test('only the files of the clients, sites and the campaign in view', () => {
  const files = [{ id: 1, campaign: '9000', tenant: 'ocm' }, { id: 2, campaign: '9100', tenant: 'sereno' }, { id: 3, campaign: 'gone', tenant: 'ocm' }];
  const campaigns = [{ id: '9000', site: 'douala' }, { id: '9100', site: 'lille' }];
  const seen = (where: Partial<Parameters<typeof filesInView>[2]>) => filesInView(files, campaigns, { tenant: [], site: [], campaign: null, ...where }).map(({ id }) => id);
  expect([seen({}), seen({ tenant: ['ocm'] }), seen({ site: ['lille'] }), seen({ campaign: '9000' })]).toEqual([[1, 2, 3], [1, 3], [2], [1]]);
});
