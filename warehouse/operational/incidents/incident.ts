import type { Calendar } from '../../../telephony/configuration.ts';
import type { Affects, Evidence, IncidentEvent, IncidentLink, LONG_CAUSES, Person, Severity } from './events.ts';

/** In order; `mitigated` is optional, and `reopened` leads back to where it was before the resolution. */
export const INCIDENT_STATES = ['detected', 'acknowledged', 'mitigated', 'resolved', 'closed'] as const;
export type IncidentState = (typeof INCIDENT_STATES)[number];

/** What an incident is, computed from its log. Instants are epoch milliseconds; null = it has not happened. */
export interface Incident {
  number: number;
  state: IncidentState;
  /** Resolved is open: something is to be done until it is closed. */
  open: boolean;
  type: string;
  severity: Severity;
  title: string;
  /** Null = the title is as somebody wrote it, whoever reads it. */
  titleEn: string | null;
  description: string;
  affects: Affects;
  /** What was said of that, and since when it was so, in order; the first is from its opening. */
  affected: { fromMs: number; affects: Affects }[];
  openedBy: string;
  /** The detector that opened it; null = a person. */
  detector: string | null;
  startedAtMs: number | null;
  detectedAtMs: number;
  acknowledgedAtMs: number | null;
  mitigatedAtMs: number | null;
  resolvedAtMs: number | null;
  closedAtMs: number | null;
  targetMinutes: number;
  calendar: string | null;
  /** Of that calendar, as they were when it was set; null = the log does not say, or there is no calendar. */
  hours: Calendar | null;
  /** Of the target's clock, cut to detection..resolution, in order, without overlap; `toMs` null = it is paused now. */
  pauses: { fromMs: number; toMs: number | null; reason: string }[];
  /** Spans in which it was taken for resolved and was not: they count as trouble. */
  reopenings: { resolvedAtMs: number; reopenedAtMs: number; reason: string }[];
  /** Noted by the program when it happened; stands, whatever people enter later. */
  breachNotedAtMs: number | null;
  /** A breach that was noted while a detector's condition was over and nobody knew yet: it is none, unless the incident goes on. */
  breachWithdrawn: { notedAtMs: number; endedAtMs: number } | null;
  warnedShares: number[];
  persons: Person[];
  /** Removed since; what they did still names them. */
  formerPersons: Person[];
  comments: { id: string; atMs: number; by: string; text: string; editedAtMs: number | null; editedBy: string | null; /** Earlier texts, oldest first, each with who wrote it when. */ earlier: { atMs: number; by: string; text: string }[] }[];
  attachments: { id: string; atMs: number; by: string; name: string; mediaType: string; bytes: number; sha256: string }[];
  links: IncidentLink[];
  evidence: { atMs: number; cleared: boolean; evidence: Evidence }[];
  conferences: { id: string; calledAtMs: number; startsAtMs: number; place: string; participants: string[]; heldAtMs: number | null; minutes: string | null }[];
  /** The newest one; after its end another may be opened. */
  crisis: Crisis | null;
  earlierCrises: Crisis[];
  actions: { id: string; list: 'plan' | 'rex'; text: string; owner: string; dueAtMs: number; doneAtMs: number | null; doneBy: string | null; addedAtMs: number }[];
  long: {
    declaredAtMs: number;
    cause: (typeof LONG_CAUSES)[number];
    steps: { step: string; doneAtMs: number; by: string; note: string }[];
    progress: { id: string; atMs: number; by: string; text: string }[];
  } | null;
  rex: { version: string; writtenAtMs: number; by: string; impact: string; causes: string; wentWell: string; wentBadly: string; approvedAtMs: number | null } | null;
  document: { id: string; sha256: string; madeAtMs: number; signers: string[]; signatures: { person: string; atMs: number; typedName: string }[]; remindedAtMs: number | null } | null;
  /** The whole log by `atMs`; of one millisecond in the order that makes sense (a person is added before it is invited), then by id. */
  timeline: IncidentEvent[];
}

export interface Crisis {
  openedAtMs: number;
  endedAtMs: number | null;
  members: string[];
  reports: { id: string; hour: number; atMs: number; by: string; text: string }[];
  remindedHours: number[];
}

/** The target's clock of an incident at one instant. */
export interface TargetClock {
  state: 'running' | 'paused' | 'off-hours' | 'stopped';
  targetMs: number;
  /** Counted: between detection and resolution, within the calendar, without pauses. */
  usedMs: number;
  /** Negative after the target. */
  leftMs: number;
  /** Wall instant of the target if nothing stops the clock from now on, or when it passed; null = paused, stopped, or not within two years. */
  dueAtMs: number | null;
  /** Noted, or computed from the log where the program was not there to note it; null = within the target. */
  breachedAtMs: number | null;
}
