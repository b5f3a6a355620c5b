import { z } from 'zod';
import { outboundSchema } from './outbound-configuration.ts';

/**
 * What the core must know of the centre. It lives in the operational store; the core reads it through
 * {@link ConfigurationPort}, bound by the composition. Numbers are Hermes' numbers (they stand in the
 * rows); names and targets have a validity period because numbers are recycled.
 */

const number = z.number().int().positive();
const seconds = z.number().nonnegative();
/** `HH:mm`, local to the calendar's zone; `24:00` is the end of the day. */
const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/);
const localDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const zone = z.string().refine(isZone, { error: 'not an IANA time zone' });
/** Start of validity, UTC ISO; open ends are null. A value is valid from inclusive, to exclusive. */
const validity = { validFrom: z.iso.datetime().nullable().default(null), validTo: z.iso.datetime().nullable().default(null) };

export const tenantSchema = z.object({ id: z.string().regex(/^[a-z0-9-]+$/), customerNumber: number, name: z.string(), zone });
export const siteSchema = z.object({ id: z.string().regex(/^[a-z0-9-]+$/), name: z.string(), zone });
export const teamSchema = z.object({ id: z.string().regex(/^[a-z0-9-]+$/), name: z.string(), site: z.string(), tenant: z.string() });
export const skillLevelSchema = z.object({ queue: number, /** 1 = lowest … 9 = best. */ level: z.number().int().min(1).max(9) });
export const agentSchema = z.object({
  number,
  name: z.string(),
  tenant: z.string(),
  site: z.string(),
  /** An agent can be in several teams; the first is the one shown. */
  teams: z.array(z.string()).min(1),
  skills: z.array(skillLevelSchema),
  ...validity,
});
export const calendarSchema = z.object({
  id: z.string(),
  zone,
  /** Opening intervals by ISO weekday (1 = Monday); a weekday without entry is closed. */
  weekdays: z.partialRecord(z.enum(['1', '2', '3', '4', '5', '6', '7']), z.array(z.object({ from: clockTime, to: clockTime }))),
  /** Closed all day. */
  holidays: z.array(localDate).default([]),
});
export const queueSchema = z.object({
  number,
  name: z.string(),
  tenant: z.string(),
  medium: z.enum(['voice', 'chat', 'email', 'callback', 'social']).default('voice'),
  /** Larger is served first. */
  priority: z.number().int().default(0),
  /** Service level target T, inclusive. */
  targetSeconds: seconds.default(20),
  /** Share to reach, 0..1, e.g. 0.8. */
  targetServiceLevel: z.number().min(0).max(1).default(0.8),
  /** Abandonment rate (abandoned / queued) not to pass, 0..1. */
  targetAbandonmentRate: z.number().min(0).max(1).default(0.05),
  /** Short abandon S, inclusive. */
  shortAbandonSeconds: seconds.default(5),
  /** Longest wait before the overflow rule; null = no limit. */
  maximumWaitSeconds: seconds.nullable().default(null),
  /** Where a call goes after the maximum wait; null = it is hung up with an announcement. */
  overflowQueue: number.nullable().default(null),
  calendar: z.string().nullable().default(null),
  /** What happens to a call that enters while no agent with the skill is logged in. */
  noAgentRule: z.enum(['wait', 'hang-up', 'overflow']).default('wait'),
  ringTimeoutSeconds: seconds.default(20),
  /** Wrap-up is ended by the core after this; null = by the agent only. */
  maximumWrapupSeconds: seconds.nullable().default(null),
  /** How long an agent may stay in a state of this queue's calls before the board draws a supervisor's eye; null = as long as it takes. */
  ringLimitSeconds: seconds.nullable().default(10),
  talkLimitSeconds: seconds.nullable().default(600),
  holdLimitSeconds: seconds.nullable().default(90),
  wrapupLimitSeconds: seconds.nullable().default(90),
  ...validity,
});

const stepId = z.string().min(1);
/** An IVR scenario is data: named steps, entered at `start`. */
export const scenarioStepSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('announce'), message: z.string(), seconds, next: stepId }),
  z.object({ kind: z.literal('menu'), message: z.string(), seconds, choices: z.record(z.string(), stepId), timeoutSeconds: seconds, retries: z.number().int().nonnegative(), otherwise: stepId }),
  z.object({ kind: z.literal('opening-hours'), calendar: z.string(), open: stepId, closed: stepId }),
  /** Looks the caller up in a table of the configuration; `matches` maps the found value to a step. */
  z.object({ kind: z.literal('look-up'), table: z.string(), seconds, matches: z.record(z.string(), stepId), otherwise: stepId }),
  z.object({ kind: z.literal('queue'), queue: number }),
  /** `resolved`: the caller got what he wanted (IVR containment counts it). */
  z.object({ kind: z.literal('hang-up'), message: z.string(), seconds, resolved: z.boolean() }),
]);
export const scenarioSchema = z.object({ id: z.string(), name: z.string(), start: stepId, steps: z.record(stepId, scenarioStepSchema) });
/** Caller number → value, for `look-up` steps. */
export const lookupTableSchema = z.object({ id: z.string(), entries: z.record(z.string(), z.string()) });

export const campaignSchema = z.object({
  /** The campaign's DID: its key in the rows. */
  did: z.string().min(1),
  name: z.string(),
  tenant: z.string(),
  site: z.string(),
  direction: z.enum(['inbound', 'outbound']),
  /** Numbers and short codes that enter here. */
  entryPoints: z.array(z.string()).default([]),
  /** The campaign's own queue, used without a scenario. */
  queue: number,
  scenario: z.string().nullable().default(null),
  statusGroup: z.number().int().positive().default(1),
  /** How an outbound campaign dials; null = this core does not dial for it. Its agents are those with the skill for its queue, whose priority stands against that of their inbound queues. */
  outbound: outboundSchema.nullable().default(null),
  ...validity,
}).refine(({ direction, outbound }) => direction === 'outbound' || outbound === null, { path: ['outbound'], error: 'an inbound campaign does not dial' });
export const statusSchema = z.object({
  tenant: z.string(), group: z.number().int().nonnegative(), num: z.number().int(), detail: z.number().int().default(0),
  labelFr: z.string(), labelEn: z.string(),
  /** Positive ones are argued too, and an appointment is a positive one. */
  outcome: z.enum(['none', 'not-argued', 'argued', 'positive', 'appointment']),
});
export const pauseReasonSchema = z.object({
  code: z.string(), labelFr: z.string(), labelEn: z.string(), productive: z.boolean(),
  /** How long such a pause may last before the board draws a supervisor's eye; null = as long as it takes. */
  limitSeconds: seconds.nullable().default(1200),
  ...validity,
});
export const gatewaySchema = z.object({ id: z.string(), site: z.string(), e1Links: z.number().int().min(1).max(64) });

export const centreConfigurationSchema = z.object({
  /** Grows with every change; the core ignores a version that it already has. */
  version: z.number().int().nonnegative(),
  tenants: z.array(tenantSchema), sites: z.array(siteSchema), teams: z.array(teamSchema), agents: z.array(agentSchema),
  queues: z.array(queueSchema), campaigns: z.array(campaignSchema), calendars: z.array(calendarSchema),
  scenarios: z.array(scenarioSchema), lookupTables: z.array(lookupTableSchema),
  statuses: z.array(statusSchema), pauseReasons: z.array(pauseReasonSchema), gateways: z.array(gatewaySchema),
});

export type Tenant = z.infer<typeof tenantSchema>;
export type Site = z.infer<typeof siteSchema>;
export type Team = z.infer<typeof teamSchema>;
export type Agent = z.infer<typeof agentSchema>;
export type Calendar = z.infer<typeof calendarSchema>;
export type Queue = z.infer<typeof queueSchema>;
export type Scenario = z.infer<typeof scenarioSchema>;
export type ScenarioStep = z.infer<typeof scenarioStepSchema>;
export type LookupTable = z.infer<typeof lookupTableSchema>;
export { DIALING_MODES } from './outbound-configuration.ts';
export type { Outbound } from './outbound-configuration.ts';
export type Campaign = z.infer<typeof campaignSchema>;
export type Status = z.infer<typeof statusSchema>;
export type PauseReason = z.infer<typeof pauseReasonSchema>;
export type Gateway = z.infer<typeof gatewaySchema>;
export type CentreConfiguration = z.infer<typeof centreConfigurationSchema>;

/** Where the core reads its configuration. */
export interface ConfigurationPort {
  /** The rows valid now and the earlier and later ones, whole and checked. */
  load(): Promise<CentreConfiguration>;
  /** Calls the listener with every new version until the returned function is called. */
  subscribe(listener: (configuration: CentreConfiguration) => void): () => void;
}

function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
