import type { Command, CommandResult } from '../telephony/commands.ts';
import type { ConfigurationPort } from '../telephony/configuration.ts';
import type { LiveEvent } from '../telephony/live.ts';
import type { CallFileDesk } from '../ingest/call-files/desk.ts';
import type { ImportStep } from '../ingest/call-files/import-call-file.ts';
import type { Impact } from '../warehouse/incidents/impact.ts';
import type { Appended } from '../warehouse/operational/incidents/append-events.ts';
import type { Person } from '../warehouse/operational/incidents/events.ts';
import type { Added } from '../warehouse/operational/incidents/incident-files.ts';
import type { Incident } from '../warehouse/operational/incidents/incident.ts';
import type { OperationalStore } from '../warehouse/operational/store.ts';

/** The core's CT-Proxy, in this thread or across one. */
export interface LivePort {
  /**
   * The first event is a snapshot, then changes follow in order. `broken` is called once when no more
   * events will come (the core ended); the api then subscribes again. Returns how to stop.
   */
  subscribe(listener: (event: LiveEvent) => void, broken?: (reason: string) => void): () => void;
  command(command: Command): Promise<CommandResult | CoreUnavailable>;
}

/** A core in another process does not answer: the command may have been done all the same. */
export interface CoreUnavailable { ok: false; code: 'core-unavailable'; reason: string }

/** The centre's configuration: names, targets, memberships. The same port as the core's. */
export type DirectoryPort = ConfigurationPort;

export const STUDY_MODES = ['manual', 'preview', 'progressive', 'vicidial-hard-limit', 'vicidial-average', 'vicidial-tapered', 'predictive', 'clairvoyant'] as const;
export type StudyMode = (typeof STUDY_MODES)[number];

/** One outbound campaign, to be lived under each of the modes: the same contacts, the same agents. */
export interface StudyQuestion {
  contacts: number;
  agents: number;
  modes: StudyMode[];
  /** Who answers and who talks how long follows from it. */
  seed: number;
  /** Highest share of nuisance calls in any 24 hours. */
  nuisanceShare: number;
  /** Share of dials that a person answers. */
  answerShare: number;
  talkSeconds: number;
  wrapupSeconds: number;
}

/** What a mode came to; null = too few answered to say. */
export interface StudiedMode {
  mode: StudyMode;
  /** Of calling, one after the other. */
  hours: number;
  contactsDialed: number;
  contactsLeft: number;
  talkMinutesPerHour: number;
  /** Talk and wrap-up over logged time. */
  busyShare: number;
  waitSeconds: number | null;
  nuisanceShare: number | null;
  worstDayShare: number | null;
  nuisances: number;
  takenForMachine: number;
  contactsPerHour: number;
  lines: number;
  peakLines: number;
}

export interface StudyProgress {
  state: 'queued' | 'running' | 'done' | 'failed';
  /** Studies before this one. */
  ahead: number;
  /** The mode that is being lived. */
  mode: StudyMode | null;
  /** Of the whole, 0..1. */
  done: number;
  modes: StudiedMode[];
}

/** Lives campaigns that nobody dials, one study at a time. */
export interface StudyPort {
  /** Tells progress until all is lived; leaving ends it. Null = too many wait already. */
  study(question: StudyQuestion): AsyncIterableIterator<StudyProgress> | null;
}

/** What the composition knows and the warehouse does not. */
export interface ProgressPort {
  /** How far the first history is; null = nothing is being filled. */
  filling(): { daysDone: number; daysTotal: number } | null;
}

/** One agent's planned shift: work, but for its pauses. Epoch milliseconds. */
export interface PlannedShift {
  tenant: string;
  agent: string;
  fromMs: number;
  toMs: number;
  pauses: { /** The pause's reason code. */ reason: string; fromMs: number; toMs: number }[];
}

/** Who is planned to work when: a roster, a planning tool. */
export interface PlanPort {
  /** All shifts that touch a range, past or to come. Who has none is not planned then. */
  shifts(fromMs: number, toMs: number): Promise<PlannedShift[]>;
}

/** Files of contacts: what is known of them, and who reads them without holding up anything else. */
export interface CallFilesPort {
  store: Pick<OperationalStore, 'callFiles' | 'contacts'>;
  /** Uploaded files lie here until they are imported. */
  folder: string;
  /** Which of several processes this is, each with uploads of its own; default: there is one. */
  process?: string;
  /** `tell` hears how far each piece of work is. */
  open(tell: (key: string, step: ImportStep) => void): CallFileDesk;
}

/** `quiet`: nothing to tell · `seen`: its condition holds · `blind`: it fails · `unseen`: there is nothing to watch here · `waiting`: it cannot be said yet · `off`. */
export const DETECTOR_STATES = ['quiet', 'seen', 'blind', 'unseen', 'waiting', 'off'] as const;

/** Why a detector tells nothing. Whoever shows it says it in the reader's language. */
export const DETECTOR_REASONS = {
  unseen: ['elsewhere', 'no-floor', 'no-warehouse', 'no-spool', 'no-backup-folder'],
  waiting: ['not-looked-yet', 'core-away', 'first-history', 'just-started', 'rows-waiting'],
  blind: ['folder-missing', 'not-allowed', 'not-reached', 'too-slow', 'wrong-settings', 'failed'],
} as const;

export interface DetectorReason {
  code: (typeof DETECTOR_REASONS)[keyof typeof DETECTOR_REASONS][number];
  /** Of a code that depends on a time. */
  minutes?: number;
  /** Of a code about a file or a folder. */
  path?: string;
}

/** One that watches the platform: what it is, how it is set, what it saw. */
export interface Detector {
  detector: string;
  labelFr: string;
  labelEn: string;
  on: boolean;
  /** Of the incident that it opens. */
  type: string;
  /** As it is set, and as it is unless it is set. */
  parameters: { name: string; labelFr: string; labelEn: string; /** Such as `min`; empty = none. */ unit: string; value: ParameterValue; usual: ParameterValue }[];
  /** Of its setting; 0 = as shipped. */
  version: number;
  state: (typeof DETECTOR_STATES)[number];
  sinceMs: number | null;
  checkedAtMs: number | null;
  /** Why it is `unseen`, `waiting` or `blind`. */
  reason: DetectorReason | null;
  /** Of a `blind` one, what failed in its own words: for whoever mends it. */
  failure: string | null;
  /** What it saw last. */
  textFr: string | null;
  textEn: string | null;
  /** The open incident of this detector. */
  incident: number | null;
}

export type ParameterValue = number | string | boolean | null;

/** Those that run in this process, or what is known of those that run in another one. */
export interface DetectorsPort {
  list(): Promise<Detector[]>;
  /** What is wrong with parameters that somebody wants to set, in the words of either language; null = nothing. */
  complaint?(detector: string, parameters: Record<string, unknown>): { fr: string; en: string } | null;
}

/** A report that was not printed: nothing was written down. */
export interface NotPrinted { ok: false; code: 'no-browser' | 'not-printed'; /** What to install, or what the browser said. */ reason: string }

/** Who does it, once: the event that is written has this id. */
export interface ReportAct { id: string; atMs: number; by: string }

/** The end of an incident: its final report as PDF, and the personal links to sign it. */
export interface ReportPort {
  /** Prints and keeps the report; it takes the place of an earlier one. */
  make(incident: Incident, parts: { signers: readonly Person[]; impact: Impact; zone: string }, act: ReportAct): Promise<Added | NotPrinted>;
  /** Who has signed the present report, as a document of its own: the signed one never changes. */
  sheet(incident: Incident, zone: string): Promise<{ ok: true; name: string; content: Uint8Array } | NotPrinted>;
  /** Sends a personal link to each of these signers; the links that they had are good no more. All of them have an address. */
  sendLinks(incident: Incident, signers: readonly (Person & { email: string })[], act: ReportAct): Promise<Appended>;
}

/** Incidents, and what is told about them. */
export interface IncidentsPort {
  store: Pick<OperationalStore, 'incidents' | 'notifications'>;
  /** Default: nothing is watched here. */
  detectors?: DetectorsPort;
  /** Default: no report is made here. */
  reports?: ReportPort;
}
