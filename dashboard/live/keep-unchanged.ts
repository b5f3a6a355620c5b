import type { LiveBoard } from './live-query.ts';

/**
 * The new board with the old board's parts where nothing in them changed: what is drawn from a part
 * that kept its identity is not drawn again. A tick changes a few agents of a hundred.
 */
export function keepUnchanged(before: LiveBoard | null, after: LiveBoard): LiveBoard {
  if (!before) return after;
  return {
    ...after,
    totals: equal(before.totals, after.totals) ? before.totals : after.totals,
    queues: keptList(before.queues, after.queues, ({ tenant, queue }) => `${tenant}/${queue}`),
    agents: keptList(before.agents, after.agents, ({ agent }) => agent),
    messages: keptList(before.messages, after.messages, ({ messageId }) => messageId),
    lastHour: keptList(before.lastHour, after.lastHour, ({ at }) => at),
  };
}

/** Equal as JSON, the order of keys included: boards come from one query, which fixes it. */
export function equal(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

/** The new list with the old items where nothing in them changed; the old list where nothing did. */
export function keptList<T>(before: T[], after: T[], idOf: (item: T) => string): T[] {
  const known = new Map(before.map((item) => [idOf(item), item]));
  const kept = after.map((item) => {
    const old = known.get(idOf(item));
    return old !== undefined && equal(old, item) ? old : item;
  });
  return kept.length === before.length && kept.every((item, at) => item === before[at]) ? before : kept;
}
