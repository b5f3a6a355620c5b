import { expect, test } from 'vitest';
import { toDimensions } from './dimensions.ts';
import { smallCentre } from './fixtures/small-centre.ts';

test('ids are text, and memberships carry the validity of the agent', () => {
  const dimensions = toDimensions(smallCentre);
  expect(dimensions.queues.map(({ queue, targetSeconds, shortAbandonSeconds }) => [queue, targetSeconds, shortAbandonSeconds])).toEqual([['101', 20, 5], ['102', 30, 3]]);
  expect(dimensions.teamMembers).toEqual([
    { team: 'equipe-a', tenant: 'ocm', agent: '1001', validFrom: null, validTo: null },
    { team: 'equipe-b', tenant: 'ocm', agent: '1001', validFrom: null, validTo: null },
    { team: 'equipe-a', tenant: 'ocm', agent: '1002', validFrom: null, validTo: '2025-01-01T00:00:00.000Z' },
    { team: 'equipe-b', tenant: 'sereno', agent: '1002', validFrom: '2025-01-01T00:00:00.000Z', validTo: null },
  ]);
});
