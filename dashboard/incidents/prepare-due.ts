export interface DueOf {
  state: string;
  clock: { dueAt: string | null };
  /** When the client's IT is to be called; null = it was, or service was back before. */
  conferenceDueAt: string | null;
  conferences: readonly { startsAt: string; heldAt: string | null }[];
  /** With the hour that is next, written or not. */
  crisis: { endedAt: string | null; reports: readonly { hour: number; dueAt: string; writtenAt: string | null }[] } | null;
  actions: readonly { text: string; dueAt: string; doneAt: string | null }[];
  rexDueAt: string | null;
  rex: { approvedAt: string | null } | null;
}

export type Due =
  | { kind: 'target' | 'conference' | 'conferenceHeld' | 'rex'; atMs: number }
  | { kind: 'report'; atMs: number; hour: number }
  | { kind: 'action'; atMs: number; text: string };

/** When the conference is due, or why it is not. */
export type Conference = { kind: 'due' | 'called' | 'held'; atMs: number } | { kind: 'none' };

export function conferenceOf({ conferenceDueAt, conferences }: Pick<DueOf, 'conferenceDueAt' | 'conferences'>): Conference {
  const last = conferences.at(-1);
  if (last) return last.heldAt === null ? { kind: 'called', atMs: Date.parse(last.startsAt) } : { kind: 'held', atMs: Date.parse(last.heldAt) };
  return conferenceDueAt === null ? { kind: 'none' } : { kind: 'due', atMs: Date.parse(conferenceDueAt) };
}

/** The hourly report that is due first: the lowest hour without one. Null = no cell is open. */
export function nextReport(crisis: DueOf['crisis']): { hour: number; atMs: number } | null {
  if (!crisis || crisis.endedAt !== null) return null;
  const [first] = crisis.reports.filter(({ writtenAt }) => writtenAt === null).toSorted((a, b) => a.hour - b.hour);
  return first ? { hour: first.hour, atMs: Date.parse(first.dueAt) } : null;
}

/** Everything that an open incident waits for, the first due first. What is past is overdue. */
export function duesOf(incident: DueOf): Due[] {
  const running = incident.state !== 'RESOLVED' && incident.state !== 'CLOSED';
  const conference = conferenceOf(incident);
  const report = nextReport(incident.crisis);
  const dues: Due[] = [
    ...(running && incident.clock.dueAt !== null ? [{ kind: 'target' as const, atMs: Date.parse(incident.clock.dueAt) }] : []),
    ...(conference.kind === 'due' ? [{ kind: 'conference' as const, atMs: conference.atMs }] : []),
    ...(conference.kind === 'called' ? [{ kind: 'conferenceHeld' as const, atMs: conference.atMs }] : []),
    ...(report ? [{ kind: 'report' as const, ...report }] : []),
    ...incident.actions.filter(({ doneAt }) => doneAt === null).map(({ text, dueAt }) => ({ kind: 'action' as const, text, atMs: Date.parse(dueAt) })),
    ...(incident.rexDueAt !== null && incident.rex?.approvedAt == null ? [{ kind: 'rex' as const, atMs: Date.parse(incident.rexDueAt) }] : []),
  ];
  return dues.toSorted((a, b) => a.atMs - b.atMs);
}
