import type { BoardTotals } from '../live/board.ts';
import { builder } from '../builder.ts';

export const LiveTotals = builder.objectRef<BoardTotals>('LiveTotals').implement({
  description: 'Over everything that the board shows; an agent counts once',
  fields: (t) => ({
    waiting: t.exposeInt('waiting'),
    longestWaitSince: t.expose('longestWaitSince', { type: 'DateTime', nullable: true }),
    agentsReady: t.exposeInt('agentsReady'),
    agentsRinging: t.exposeInt('agentsRinging'),
    agentsTalking: t.exposeInt('agentsTalking', { description: 'Talking or holding' }),
    agentsWrapup: t.exposeInt('agentsWrapup'),
    agentsPaused: t.exposeInt('agentsPaused'),
    agentsLoggedIn: t.exposeInt('agentsLoggedIn'),
    callsInProgress: t.exposeInt('callsInProgress'),
    offered: t.exposeInt('offered', { nullable: true }),
    queued: t.exposeInt('queued', { nullable: true }),
    answered: t.exposeInt('answered', { nullable: true }),
    abandoned: t.exposeInt('abandoned', { nullable: true }),
    serviceLevel: t.exposeFloat('serviceLevel', { nullable: true }),
    serviceLevel30: t.exposeFloat('serviceLevel30', { nullable: true, description: 'Of the last 30 minutes' }),
    abandonmentRate: t.exposeFloat('abandonmentRate', { nullable: true }),
    asaSeconds: t.exposeFloat('asaSeconds', { nullable: true }),
    averageHandleSeconds: t.exposeFloat('averageHandleSeconds', { nullable: true }),
    occupancy: t.exposeFloat('occupancy', { nullable: true }),
    targetServiceLevel: t.exposeFloat('targetServiceLevel', { nullable: true, description: 'Null where the queues have different ones' }),
  }),
});
