import type { LiveBoard } from './live-query.ts';

export type LiveMessage = LiveBoard['messages'][number];
export interface MessageView { id: string; at: string; text: string; kind: 'begun' | 'ended' | 'sent'; /** To whom a supervisor wrote. */ to: { kind: 'agent' | 'team'; id: string } | { kind: 'all' }; seen: number }

/** The newest first, as many as one glance takes in. */
export function prepareMessages(messages: readonly LiveMessage[], most: number): MessageView[] {
  return messages.toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at)).slice(0, most).map(({ messageId, at, text, general, toAgent, toTeam, seenBy }) => ({
    id: messageId,
    at,
    text,
    kind: general === 'campaign-begun' ? 'begun' : general === 'campaign-ended' ? 'ended' : 'sent',
    to: toAgent !== null ? { kind: 'agent', id: toAgent } : toTeam !== null ? { kind: 'team', id: toTeam } : { kind: 'all' },
    seen: seenBy.length,
  }));
}
