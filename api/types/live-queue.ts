import type { BoardQueue } from '../live/board.ts';
import { builder } from '../builder.ts';

const LiveWaiter = builder.objectRef<BoardQueue['waiters'][number]>('LiveWaiter').implement({
  fields: (t) => ({
    callId: t.exposeString('callId'),
    since: t.expose('since', { type: 'DateTime' }),
    caller: t.exposeString('caller'),
    priority: t.exposeInt('priority'),
  }),
});

export const LiveQueue = builder.objectRef<BoardQueue>('LiveQueue').implement({
  description: "Live state joined with the day's figures; a figure is null while it has no value",
  fields: (t) => ({
    queue: t.exposeString('queue'),
    name: t.exposeString('name'),
    tenant: t.exposeString('tenant'),
    open: t.exposeBoolean('open'),
    targetSeconds: t.exposeInt('targetSeconds'),
    targetServiceLevel: t.exposeFloat('targetServiceLevel'),
    waiting: t.exposeInt('waiting'),
    longestWaitSince: t.expose('longestWaitSince', { type: 'DateTime', nullable: true }),
    waiters: t.expose('waiters', { type: [LiveWaiter], description: 'In order of service; ringing calls still wait', complexity: { multiplier: 5 } }),
    agentsLoggedIn: t.exposeInt('agentsLoggedIn'),
    agentsReady: t.exposeInt('agentsReady'),
    agentsTalking: t.exposeInt('agentsTalking'),
    queued: t.exposeInt('queued', { nullable: true }),
    answered: t.exposeInt('answered', { nullable: true }),
    abandoned: t.exposeInt('abandoned', { nullable: true }),
    serviceLevel: t.exposeFloat('serviceLevel', { nullable: true }),
    serviceLevel30: t.exposeFloat('serviceLevel30', { nullable: true, description: 'Of the last 30 minutes' }),
    abandonmentRate: t.exposeFloat('abandonmentRate', { nullable: true }),
    asaSeconds: t.exposeFloat('asaSeconds', { nullable: true }),
    averageHandleSeconds: t.exposeFloat('averageHandleSeconds', { nullable: true }),
    serviceLevelTrend: t.expose('serviceLevelTrend', {
      type: ['Float'],
      nullable: { list: false, items: true },
      complexity: 1,
      description: 'Service level of the last 60 minutes, one point every 5 minutes, oldest first',
    }),
  }),
});
