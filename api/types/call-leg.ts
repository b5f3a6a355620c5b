import type { CallLeg as Leg } from '../../warehouse/warehouse.ts';
import { builder } from '../builder.ts';

export const CallLeg = builder.objectRef<Leg>('CallLeg').implement({
  description: "A call's visit to a queue and an agent",
  fields: (t) => ({
    leg: t.exposeInt('leg'),
    visit: t.exposeInt('visit', { description: 'Legs of one stay in one queue share it' }),
    queue: t.exposeString('queue'),
    queueName: t.exposeString('queueName'),
    agent: t.exposeString('agent'),
    agentName: t.exposeString('agentName'),
    enteredAt: t.expose('enteredAt', { type: 'DateTime' }),
    startedAt: t.expose('startedAt', { type: 'DateTime' }),
    answeredAt: t.expose('answeredAt', { type: 'DateTime', nullable: true }),
    leftAt: t.expose('leftAt', { type: 'DateTime', nullable: true }),
    outcome: t.exposeString('outcome'),
    waitSeconds: t.exposeInt('waitSeconds'),
    ringSeconds: t.exposeInt('ringSeconds'),
    talkSeconds: t.exposeInt('talkSeconds'),
    holdSeconds: t.exposeInt('holdSeconds'),
    wrapupSeconds: t.exposeInt('wrapupSeconds'),
  }),
});
