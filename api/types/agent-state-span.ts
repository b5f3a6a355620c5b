import type { AgentStateSpan as Span } from '../../warehouse/warehouse.ts';
import { builder } from '../builder.ts';
import { AgentStateEnum } from './enums.ts';

export const AgentStateSpan = builder.objectRef<Span>('AgentStateSpan').implement({
  fields: (t) => ({
    agent: t.exposeString('agent'),
    state: t.expose('state', { type: AgentStateEnum }),
    reason: t.exposeString('reason', { description: "The pause's reason code" }),
    startedAt: t.expose('startedAt', { type: 'DateTime' }),
    endedAt: t.expose('endedAt', { type: 'DateTime' }),
    callId: t.exposeString('callId'),
    queue: t.exposeString('queue'),
    sessionId: t.exposeString('sessionId'),
  }),
});
