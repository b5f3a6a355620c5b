import type { Queue as Row } from '../../telephony/configuration.ts';
import { builder } from '../builder.ts';
import { validAt } from '../directory.ts';
import { allows } from '../viewer.ts';

const LIMIT = "An agent who stays longer in this state of the queue's calls needs a look; null = as long as it takes";

const Queue = builder.objectRef<Row>('Queue').implement({
  fields: (t) => ({
    id: t.string({ resolve: (queue) => String(queue.number) }),
    name: t.exposeString('name'),
    tenant: t.exposeString('tenant'),
    medium: t.exposeString('medium'),
    priority: t.exposeInt('priority', { description: 'Larger is served first' }),
    targetSeconds: t.int({ resolve: (queue) => Math.round(queue.targetSeconds) }),
    targetServiceLevel: t.exposeFloat('targetServiceLevel', { description: 'Share to reach, 0 to 1' }),
    targetAbandonmentRate: t.exposeFloat('targetAbandonmentRate', { description: 'Abandoned / queued not to pass, 0 to 1' }),
    shortAbandonSeconds: t.int({ resolve: (queue) => Math.round(queue.shortAbandonSeconds) }),
    ringLimitSeconds: t.exposeFloat('ringLimitSeconds', { nullable: true, description: LIMIT }),
    talkLimitSeconds: t.exposeFloat('talkLimitSeconds', { nullable: true, description: LIMIT }),
    holdLimitSeconds: t.exposeFloat('holdLimitSeconds', { nullable: true, description: LIMIT }),
    wrapupLimitSeconds: t.exposeFloat('wrapupLimitSeconds', { nullable: true, description: LIMIT }),
  }),
});

builder.queryField('queues', (t) =>
  t.field({
    type: [Queue],
    description: 'Valid now',
    resolve: (_root, _args, { directory, viewer: { scope }, clock }) =>
      validAt(directory.configuration().queues, clock.nowMs()).filter((row) => allows(scope.tenants, row.tenant) && allows(scope.queues, String(row.number))),
  }),
);
