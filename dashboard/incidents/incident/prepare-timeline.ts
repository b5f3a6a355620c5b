import { localDateAt } from '../../url/local-date.ts';
import type { EventKind } from '../incident-query.ts';

export interface TimelineEvent { id: string; sequence: number; kind: EventKind; at: string; recordedAt: string; by: string; words: string }

/** What kind of thing happened, for its shape. */
export type Family = 'state' | 'clock' | 'talk' | 'people' | 'crisis' | 'detector' | 'told' | 'paper';

export interface ToldEvent extends TimelineEvent { family: Family; /** Written down well after it happened. */ late: boolean }

/** Minutes pass between doing and typing; more than these is an entry from memory. */
const LATE_MS = 2 * 60_000;

const FAMILIES: Record<EventKind, Family> = {
  OPENED: 'state', ACKNOWLEDGED: 'state', MITIGATED: 'state', RESOLVED: 'state', REOPENED: 'state', CLOSED: 'state', CHANGED: 'paper',
  CLOCK_PAUSED: 'clock', CLOCK_RESUMED: 'clock', WARNED: 'clock', BREACHED: 'clock',
  COMMENTED: 'talk', REMARKED: 'detector', COMMENT_EDITED: 'talk', CONFERENCE_CALLED: 'talk', CONFERENCE_HELD: 'talk', PROGRESS_REPORTED: 'talk',
  ATTACHED: 'paper', LINKED: 'paper', UNLINKED: 'paper', REX_WRITTEN: 'paper', REX_APPROVED: 'paper', REPORT_MADE: 'paper', SIGNED: 'paper', SIGNATURE_REMINDED: 'told',
  PERSON_ADDED: 'people', PERSON_REMOVED: 'people', CRISIS_MEMBER_ADDED: 'people', CRISIS_MEMBER_REMOVED: 'people',
  CONDITION_SEEN: 'detector', CONDITION_CLEARED: 'detector', TOLD: 'told', REPORT_REMINDED: 'told',
  CRISIS_OPENED: 'crisis', CRISIS_REPORT: 'crisis', CRISIS_ENDED: 'crisis', ACTION_ADDED: 'crisis', ACTION_CHANGED: 'crisis', ACTION_DONE: 'crisis', ACTION_REOPENED: 'crisis',
  LONG_INTERRUPTION_DECLARED: 'crisis', STEP_DONE: 'crisis', STEP_UNDONE: 'crisis',
};

/** What the essential leaves out. */
const DETAILS: ReadonlySet<EventKind> = new Set(['TOLD', 'REPORT_REMINDED', 'SIGNATURE_REMINDED', 'CONDITION_SEEN', 'CONDITION_CLEARED', 'PERSON_ADDED', 'PERSON_REMOVED', 'CRISIS_MEMBER_ADDED', 'CRISIS_MEMBER_REMOVED', 'LINKED', 'UNLINKED', 'COMMENT_EDITED', 'ACTION_CHANGED', 'CHANGED', 'WARNED']);

/** The log by local days; the newest first, and within one instant what was written down last. */
export function prepareTimeline(events: readonly TimelineEvent[], zone: string, essential: boolean): { day: string; events: ToldEvent[] }[] {
  const told = events
    .filter(({ kind }) => !essential || !DETAILS.has(kind))
    .map((event): ToldEvent => ({ ...event, family: FAMILIES[event.kind], late: Date.parse(event.recordedAt) - Date.parse(event.at) > LATE_MS }))
    .toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at) || b.sequence - a.sequence);
  const days = new Map<string, ToldEvent[]>();
  for (const event of told) {
    const day = localDateAt(Date.parse(event.at), zone);
    days.set(day, [...(days.get(day) ?? []), event]);
  }
  return [...days].map(([day, of]) => ({ day, events: of }));
}
