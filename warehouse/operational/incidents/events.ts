import { z } from 'zod';
import { calendarSchema } from '../../../telephony/configuration.ts';

/**
 * What can happen to an incident. Its log is only ever appended to: states, clocks and texts are computed from it by
 * {@link foldIncident}, and a correction is one more event. Events may come late and in any order.
 */

export const text = z.string().trim().min(1).max(20_000);
export const line = z.string().trim().min(1).max(200);
const optionalText = z.string().trim().max(20_000).default('');
export const instant = z.iso.datetime();
const id = z.uuid();
/** The name of a type, a rule, a component … */
export const slug = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/);

/** 1 = the site stands still … 4 = an annoyance. */
export const SEVERITIES = [1, 2, 3, 4] as const;
export const severitySchema = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]);

/** What stands still, and how much of it: 1 = all of it, 0.5 = half. Availability is weighted with it. */
export const affectedComponentSchema = z.object({ component: slug, share: z.number().gt(0).max(1).default(1) });
export const affectsSchema = z.object({
  tenants: z.array(z.string()).default([]),
  sites: z.array(z.string()).default([]),
  queues: z.array(z.string()).default([]),
  components: z.array(affectedComponentSchema).default([]),
});

export const partySchema = z.enum(['site', 'client', 'vendor']);
export const personSchema = z.object({
  id,
  name: line,
  email: z.email().nullable().default(null),
  /** Whom the person speaks for; `client` is OCM's IT. */
  party: partySchema,
  role: z.string().trim().max(200).default(''),
  language: z.enum(['fr', 'en']).default('fr'),
  /** Signs the final report. */
  signs: z.boolean().default(false),
});

export const linkSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('call'), tenant: slug, callId: line }),
  /** A question to the measures: `question` is the KPI page's address after the `?`. */
  z.object({ kind: z.literal('measures'), label: line, question: z.string().max(2000) }),
]);

/** What a detector saw: numbers and words, as of one instant. */
export const evidenceSchema = z.object({
  detector: slug,
  values: z.record(z.string(), z.union([z.number(), z.string(), z.boolean(), z.null()])),
  textFr: text,
  textEn: text,
});

export const LONG_CAUSES = ['fire', 'crash', 'flood', 'other'] as const;
export const actionListSchema = z.enum(['plan', 'rex']);

/** Of the calendar that an event names, as it was when it was written: put there by the store, so that whoever changes a calendar changes no verdict. */
const hoursSchema = calendarSchema.optional();

/** `at` of an event is when it happened; what is said here of other instants stands in its body. */
export const incidentBodySchema = z.discriminatedUnion('kind', [
  /** At the instant of detection. The target and its calendar are frozen from the catalogue. */
  z.object({
    kind: z.literal('opened'), type: slug, severity: severitySchema, title: line, description: optionalText,
    /** A detector says it in both languages; a person in his own. */
    titleEn: line.optional(),
    /** When the trouble began, if that is known; never after the detection. */
    startedAt: instant.nullable().default(null),
    /** When somebody wrote it down who did so after its detection: by the clock that gives the other instants, which `recordedAt` is not. */
    enteredAt: instant.optional(),
    affects: affectsSchema,
    targetMinutes: z.number().positive().max(100_000),
    /** Hours in which the target's clock runs; null = always. */
    calendar: z.string().nullable().default(null),
    hours: hoursSchema,
    evidence: evidenceSchema.nullable().default(null),
  }),
  z.object({ kind: z.literal('acknowledged'), note: optionalText }),
  z.object({ kind: z.literal('mitigated'), note: optionalText }),
  /** Service is back. The target's clock stops. Said by the program, it is as of when a detector's condition ended. */
  z.object({ kind: z.literal('resolved'), note: optionalText }),
  z.object({ kind: z.literal('reopened'), reason: text }),
  z.object({ kind: z.literal('closed'), note: optionalText }),
  /** The target's clock alone: that of the conference never pauses. */
  z.object({ kind: z.literal('clock-paused'), reason: text }),
  z.object({ kind: z.literal('clock-resumed'), note: optionalText }),
  /** Only what is given changes. */
  z.object({
    kind: z.literal('changed'), type: slug.optional(), severity: severitySchema.optional(), title: line.optional(), description: z.string().trim().max(20_000).optional(),
    startedAt: instant.nullable().optional(), affects: affectsSchema.optional(), targetMinutes: z.number().positive().max(100_000).optional(), calendar: z.string().nullable().optional(), hours: hoursSchema,
  }),
  z.object({ kind: z.literal('commented'), text }),
  /** The program's own comment: what it noticed, in the reader's language. */
  z.object({ kind: z.literal('remarked'), textFr: text, textEn: text }),
  z.object({ kind: z.literal('comment-edited'), comment: id, text }),
  z.object({ kind: z.literal('attached'), attachment: id, name: line, mediaType: line, bytes: z.number().int().nonnegative(), sha256: z.string().regex(/^[0-9a-f]{64}$/) }),
  z.object({ kind: z.literal('person-added'), person: personSchema }),
  z.object({ kind: z.literal('person-removed'), person: id }),
  z.object({ kind: z.literal('linked'), link: linkSchema }),
  z.object({ kind: z.literal('unlinked'), link: linkSchema }),
  /** The condition of a detector came back, or ended, while its incident is open. */
  z.object({ kind: z.literal('condition-seen'), evidence: evidenceSchema }),
  z.object({ kind: z.literal('condition-cleared'), evidence: evidenceSchema }),
  /**
   * The program's own: a share of the target was used up; the target has passed. A breach that was noted stands, whatever people enter later. It is
   * none when a detector's condition had ended before, and nobody could know that yet.
   */
  z.object({ kind: z.literal('warned'), share: z.number().gt(0).lt(1) }),
  z.object({ kind: z.literal('breached'), targetMinutes: z.number().positive() }),
  /** Who was told by which rule at which moment: shown in the timeline; nobody, where no contact is configured. The sending itself has its own journal. */
  z.object({ kind: z.literal('told'), rule: slug, moment: slug, level: z.number().int().positive(), recipients: z.array(line) }),
  /** The conference with the client's IT, due 60 minutes after the detection. `place`: an address or a number to dial; empty = none is configured. */
  z.object({ kind: z.literal('conference-called'), conference: id, startsAt: instant, place: z.string().trim().max(500).default(''), participants: z.array(id) }),
  z.object({ kind: z.literal('conference-held'), conference: id, minutes: text, participants: z.array(id) }),
  z.object({ kind: z.literal('crisis-opened'), members: z.array(id) }),
  z.object({ kind: z.literal('crisis-member-added'), person: id }),
  z.object({ kind: z.literal('crisis-member-removed'), person: id }),
  /** `hour` 1 is due one hour after the cell opened, and so on. A late one is written all the same. */
  z.object({ kind: z.literal('crisis-report'), hour: z.number().int().positive(), text }),
  z.object({ kind: z.literal('report-reminded'), hour: z.number().int().positive() }),
  z.object({ kind: z.literal('crisis-ended'), note: optionalText }),
  z.object({ kind: z.literal('action-added'), action: id, list: actionListSchema, text: line, owner: line, dueAt: instant }),
  z.object({ kind: z.literal('action-changed'), action: id, text: line.optional(), owner: line.optional(), dueAt: instant.optional() }),
  z.object({ kind: z.literal('action-done'), action: id, note: optionalText }),
  z.object({ kind: z.literal('action-reopened'), action: id, reason: text }),
  /** 24 to 72 hours without the platform: another procedure with steps of its own. */
  z.object({ kind: z.literal('long-interruption-declared'), cause: z.enum(LONG_CAUSES), note: optionalText }),
  z.object({ kind: z.literal('step-done'), step: slug, note: optionalText }),
  z.object({ kind: z.literal('step-undone'), step: slug, reason: text }),
  /** To the client's IT. */
  z.object({ kind: z.literal('progress-reported'), text }),
  /** `basedOn`: the event of the version that the writer had before him; null = there was none. Another version meanwhile refuses this one. */
  z.object({ kind: z.literal('rex-written'), basedOn: id.nullable(), impact: optionalText, causes: optionalText, wentWell: optionalText, wentBadly: optionalText }),
  z.object({ kind: z.literal('rex-approved') }),
  /** The final report as a document that is signed; a later one takes its place, and its signatures are gone. */
  z.object({ kind: z.literal('report-made'), document: id, sha256: z.string().regex(/^[0-9a-f]{64}$/), signers: z.array(id) }),
  z.object({ kind: z.literal('signed'), document: id, person: id, sha256: z.string().regex(/^[0-9a-f]{64}$/), typedName: line }),
  z.object({ kind: z.literal('signature-reminded'), document: id, persons: z.array(id) }),
]);
export type IncidentBody = z.infer<typeof incidentBodySchema>;
export type IncidentKind = IncidentBody['kind'];
export type Severity = z.infer<typeof severitySchema>;
export type Affects = z.infer<typeof affectsSchema>;
export type Person = z.infer<typeof personSchema>;
export type IncidentLink = z.infer<typeof linkSchema>;
export type Evidence = z.infer<typeof evidenceSchema>;

/** As it stands in the log. */
export interface IncidentEvent {
  /** Given by whoever made the event: the same one appended twice is one. */
  id: string;
  incident: number;
  /** 1, 2, 3 … in order of arrival. */
  sequence: number;
  /** When it happened, epoch milliseconds; as said, so it may lie before other events. */
  atMs: number;
  /** When it was written down. */
  recordedAtMs: number;
  /** A person's name, or `vigie` (`THE_PROGRAM`). */
  by: string;
  body: IncidentBody;
}

/** An event to append. */
export type NewIncidentEvent = Pick<IncidentEvent, 'id' | 'atMs' | 'by' | 'body'>;
