import type { BoardMessage } from '../live/board.ts';
import { builder } from '../builder.ts';

export const LiveMessage = builder.objectRef<BoardMessage>('LiveMessage').implement({
  fields: (t) => ({
    messageId: t.exposeString('messageId'),
    at: t.expose('at', { type: 'DateTime' }),
    from: t.exposeString('from'),
    text: t.exposeString('text'),
    sentAt: t.expose('sentAt', { type: 'DateTime' }),
    seenBy: t.exposeStringList('seenBy', { description: 'Agents', complexity: 1 }),
    toAgent: t.exposeString('toAgent', { nullable: true, description: 'Neither agent nor team = everybody' }),
    toTeam: t.exposeString('toTeam', { nullable: true }),
  }),
});
