import type { BoardMessage } from '../live/board.ts';
import { builder } from '../builder.ts';

export const LiveMessage = builder.objectRef<BoardMessage>('LiveMessage').implement({
  fields: (t) => ({
    messageId: t.exposeString('messageId'),
    at: t.expose('at', { type: 'DateTime' }),
    from: t.exposeString('from'),
    text: t.exposeString('text', { description: "A general message has the campaign's name here" }),
    general: t.exposeString('general', { nullable: true, description: "What the automaton says: `campaign-begun` or `campaign-ended`; null = a supervisor's message" }),
    sentAt: t.expose('sentAt', { type: 'DateTime' }),
    seenBy: t.exposeStringList('seenBy', { description: 'Agents', complexity: 1 }),
    toAgent: t.exposeString('toAgent', { nullable: true, description: 'Neither agent nor team = everybody' }),
    toTeam: t.exposeString('toTeam', { nullable: true }),
  }),
});
