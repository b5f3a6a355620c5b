import type { LiveAgent, LiveEvent, LiveMessage } from '../live.ts';

/** What CT-Proxy sends to one agent's screen: the own state, call and production figures (CA, CP), and the messages to read. */
export interface AgentDesk {
  /** Null = not configured any more. */
  own: LiveAgent | null;
  messages: LiveMessage[];
}

/** Turns the floor's live events into one agent's: the listener hears only what concerns that agent. */
export function agentDesk(agent: number, listener: (desk: AgentDesk) => void): (event: LiveEvent) => void {
  let desk: AgentDesk = { own: null, messages: [] };
  let last = '';
  const concerns = ({ to }: LiveMessage, own: LiveAgent | null): boolean => to === 'all' || ('agent' in to ? to.agent === agent : (own?.teams.includes(to.team) ?? false));
  return (event) => {
    const moved = event.kind === 'snapshot' ? event.state : event.change;
    const entry = moved.agents?.[agent];
    const own = entry === undefined ? desk.own : entry;
    const messages = moved.messages ? moved.messages.filter((message) => concerns(message, own)) : desk.messages;
    const text = JSON.stringify([own, messages]);
    if (text === last) return;
    last = text;
    desk = { own, messages };
    listener(desk);
  };
}
