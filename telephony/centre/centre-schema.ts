import { z } from 'zod';
import { calendarSchema, campaignSchema, gatewaySchema, pauseReasonSchema, queueSchema, scenarioSchema, siteSchema, statusSchema, tenantSchema, type ScenarioStep } from '../configuration.ts';
import { outboundCampaignSchema, namesOfOutbound } from './outbound-schema.ts';
import { duration, share, weight } from './units.ts';

/**
 * A simulated centre in one file: what the core must know of it ({@link buildConfiguration} makes a
 * CentreConfiguration), and how its callers and agents behave.
 */

const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'not a time of day HH:mm' });
const isoWeekday = z.number().int().min(1).max(7);
/** Exponential. */
const patience = z.strictObject({ meanSeconds: z.number().positive() });

const centreQueueSchema = queueSchema.omit({ validFrom: true, validTo: true }).extend({
  behaviour: z.strictObject({
    talk: duration,
    wrapup: duration,
    patience,
    /** Share of the talks with a hold. */
    holdShare: share,
    transferShare: share,
    transferTo: z.array(z.strictObject({ queue: z.number().int(), weight })),
    /** Name of a list in `outcomes`. */
    outcomes: z.string(),
  }),
});

const teamSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  site: z.string(),
  tenant: z.string(),
  firstNumber: z.number().int().positive(),
  agents: z.number().int().positive(),
  /** Agents take these in turn and move on by one every week. */
  shifts: z.array(z.string()).min(1),
  /** ISO weekdays off, by agent in turn. */
  daysOff: z.array(z.array(isoWeekday)).min(1),
  /** `share` of the agents have the skill, each at a level between the two. */
  skills: z.array(z.strictObject({ queue: z.number().int(), levels: z.tuple([z.number().int().min(1), z.number().int().max(9)]), share })),
});

const shiftSchema = z.strictObject({
  id: z.string(),
  /** Local time of the team's site; `to` before `from` ends on the next day. */
  from: clockTime,
  to: clockTime,
  pauses: z.array(z.strictObject({ reason: z.string(), after: z.number().nonnegative().describe('minutes since the shift began'), minutes: z.number().positive(), share })),
});

const entryPointSchema = z.strictObject({
  did: campaignSchema.shape.did,
  name: z.string(),
  tenant: z.string(),
  site: z.string(),
  /** What callers dial. */
  number: z.string().min(1),
  queue: z.number().int(),
  scenario: z.string().nullable(),
  callsPerDay: z.number().nonnegative(),
  /** Name of a list in `profiles`: weights of the 24 hours. */
  profile: z.string(),
  /** Factors of Monday … Sunday; a holiday is a Sunday. */
  weekdays: z.array(weight).length(7),
  /** Name of a population in `callers`. */
  callers: z.string(),
});

const callersSchema = z.strictObject({
  prefix: z.string().regex(/^\d+$/),
  digits: z.number().int().min(3).max(9),
  count: z.number().int().positive(),
  anonymousShare: share,
  /** Puts shares of the population into a table for IVR look-ups. */
  lookUp: z.strictObject({ table: z.string(), values: z.record(z.string(), share) }).nullable(),
});

export const centreSchema = z
  .strictObject({
    tenants: z.array(tenantSchema).min(1),
    sites: z.array(siteSchema).min(1),
    gateways: z.array(gatewaySchema).min(1),
    /** First and last names by site; an agent gets one of each, no pair twice. */
    names: z.record(z.string(), z.strictObject({ first: z.array(z.string()).min(1), last: z.array(z.string()).min(1) })),
    calendars: z.array(calendarSchema),
    pauseReasons: z.array(pauseReasonSchema),
    statuses: z.array(statusSchema),
    outcomes: z.record(z.string(), z.array(z.strictObject({ num: z.number().int(), weight })).min(1)),
    queues: z.array(centreQueueSchema).min(1),
    scenarios: z.array(scenarioSchema),
    ivrBehaviour: z.strictObject({
      reactionSeconds: duration,
      patienceSeconds: patience,
      /** Share of the callers that press nothing. */
      silentShare: share,
      /** Weights of the keys by the menu's message; what is left to 100 presses a wrong key. */
      menus: z.record(z.string(), z.record(z.string(), weight)),
    }),
    profiles: z.record(z.string(), z.array(weight).length(24)),
    entryPoints: z.array(entryPointSchema).min(1),
    callers: z.record(z.string(), callersSchema),
    outbound: z.array(outboundCampaignSchema).default([]),
    callerBehaviour: z.strictObject({
      /** Of the callers that hung up in the queue or found the line busy: share that tries again. */
      retrialShare: share,
      retrialDelay: duration,
      maximumTries: z.number().int().positive(),
      /** Share of the calls that come from the small pool of frequent callers, and that pool's share of the population. */
      repeatCallerShare: share,
      repeatCallerPool: share,
      /** Spread of the day's and of each hour's volume about the plan. */
      dayNoise: z.number().nonnegative(),
      hourNoise: z.number().nonnegative(),
      /** Some days have some hours with far more calls than planned. */
      surge: z.strictObject({ shareOfDays: share, factor: z.number().positive(), hours: z.number().int().positive().max(24) }),
    }),
    agentBehaviour: z.strictObject({
      answerDelay: duration,
      missedRingShare: share,
      backAfterMissedRing: duration,
      /** Length of a pause that a supervisor orders, and time until a message is read. */
      forcedPause: duration,
      messageReading: duration,
      /** Spread of the agents' own speed: factor on talk and wrap-up. */
      speedSpread: z.number().nonnegative(),
      absenceShare: share,
      loginSpreadSeconds: z.number().nonnegative(),
      logoutSpreadSeconds: z.number().nonnegative(),
      pauseLengthSpread: z.number().nonnegative(),
      /** Share of the talks that the agent ends. */
      hangUpShare: share,
      holdLength: duration,
      consultedTransferShare: share,
      consultation: duration,
      qualifiedShare: share,
      /** Of the qualified calls: share qualified long after the wrap-up. */
      lateQualificationShare: share,
      lateQualification: duration,
      requalifiedShare: share,
    }),
    shifts: z.array(shiftSchema).min(1),
    teams: z.array(teamSchema).min(1),
  })
  .superRefine((centre, context) => {
    for (const { path, message } of danglingNames(centre)) context.addIssue({ code: 'custom', path, message });
  });

export type Centre = z.infer<typeof centreSchema>;
export type CentreQueue = Centre['queues'][number];
export type CentreTeam = Centre['teams'][number];
export type Shift = Centre['shifts'][number];
export type EntryPoint = Centre['entryPoints'][number];
export type { OutboundCampaign } from './outbound-schema.ts';
export type { Duration } from './units.ts';

interface Dangling {
  path: (string | number)[];
  message: string;
}

function nextSteps(step: ScenarioStep): string[] {
  switch (step.kind) {
    case 'announce':
      return [step.next];
    case 'menu':
      return [...Object.values(step.choices), step.otherwise];
    case 'opening-hours':
      return [step.open, step.closed];
    case 'look-up':
      return [...Object.values(step.matches), step.otherwise];
    default:
      return [];
  }
}

/** Names that are used but not defined, and numbers that are defined twice. */
function* danglingNames(centre: Centre): Generator<Dangling> {
  const has = {
    tenant: new Set(centre.tenants.map(({ id }) => id)),
    site: new Set(centre.sites.map(({ id }) => id)),
    calendar: new Set(centre.calendars.map(({ id }) => id)),
    queue: new Set([...centre.queues, ...centre.outbound.map(({ queue }) => ({ number: queue }))].map(({ number }) => number)),
    scenario: new Set(centre.scenarios.map(({ id }) => id)),
    shift: new Set(centre.shifts.map(({ id }) => id)),
    'pause reason': new Set(centre.pauseReasons.map(({ code }) => code)),
    profile: new Set(Object.keys(centre.profiles)),
    'caller population': new Set(Object.keys(centre.callers)),
    'menu in ivrBehaviour.menus': new Set(Object.keys(centre.ivrBehaviour.menus)),
    'look-up table': new Set(Object.values(centre.callers).flatMap(({ lookUp }) => (lookUp ? [lookUp.table] : []))),
    'list of outcomes': new Set(Object.keys(centre.outcomes)),
    'list of names': new Set(Object.keys(centre.names)),
    status: new Set(centre.statuses.map(({ tenant, group, num }) => `${tenant} ${group}/${num}`)),
  };
  const missing: Dangling[] = [];
  const check = (kind: keyof typeof has, name: string | number | null, ...path: (string | number)[]): void => {
    const known: ReadonlySet<string | number> = has[kind];
    if (name !== null && !known.has(name)) missing.push({ path, message: `no ${kind} ${name}; known: ${[...known].join(', ')}` });
  };

  centre.calendars.forEach((calendar, i) => {
    if (Object.values(calendar.weekdays).flat().some(({ from, to }) => from >= to)) missing.push({ path: ['calendars', i], message: `calendar ${calendar.id}: an interval ends before it begins` });
  });
  centre.gateways.forEach(({ site }, i) => check('site', site, 'gateways', i, 'site'));
  centre.queues.forEach((queue, i) => {
    check('tenant', queue.tenant, 'queues', i, 'tenant');
    check('calendar', queue.calendar, 'queues', i, 'calendar');
    check('queue', queue.overflowQueue, 'queues', i, 'overflowQueue');
    check('list of outcomes', queue.behaviour.outcomes, 'queues', i, 'behaviour', 'outcomes');
    queue.behaviour.transferTo.forEach(({ queue: to }, j) => check('queue', to, 'queues', i, 'behaviour', 'transferTo', j));
  });
  centre.scenarios.forEach((scenario, i) => {
    const steps = (name: string, ...path: string[]): void => {
      if (!Object.hasOwn(scenario.steps, name)) missing.push({ path: ['scenarios', i, ...path], message: `no step ${name} in scenario ${scenario.id}` });
    };
    steps(scenario.start, 'start');
    for (const [id, step] of Object.entries(scenario.steps)) {
      if (step.kind === 'queue') check('queue', step.queue, 'scenarios', i, 'steps', id);
      if (step.kind === 'menu') check('menu in ivrBehaviour.menus', step.message, 'scenarios', i, 'steps', id);
      if (step.kind === 'opening-hours') check('calendar', step.calendar, 'scenarios', i, 'steps', id);
      if (step.kind === 'look-up') check('look-up table', step.table, 'scenarios', i, 'steps', id);
      for (const next of nextSteps(step)) steps(next, 'steps', id);
    }
  });
  centre.entryPoints.forEach((entry, i) => {
    check('tenant', entry.tenant, 'entryPoints', i, 'tenant');
    check('site', entry.site, 'entryPoints', i, 'site');
    check('queue', entry.queue, 'entryPoints', i, 'queue');
    check('scenario', entry.scenario, 'entryPoints', i, 'scenario');
    check('profile', entry.profile, 'entryPoints', i, 'profile');
    check('caller population', entry.callers, 'entryPoints', i, 'callers');
  });
  centre.outbound.forEach((campaign, i) => {
    for (const { kind, name, path } of namesOfOutbound(campaign)) check(kind, name, 'outbound', i, ...path);
    if (centre.queues.some(({ number }) => number === campaign.queue)) missing.push({ path: ['outbound', i, 'queue'], message: `queue ${campaign.queue} is not its own` });
  });
  centre.shifts.forEach((shift, i) => shift.pauses.forEach(({ reason }, j) => check('pause reason', reason, 'shifts', i, 'pauses', j, 'reason')));
  const numbers = new Set<number>();
  centre.teams.forEach((team, i) => {
    check('tenant', team.tenant, 'teams', i, 'tenant');
    check('site', team.site, 'teams', i, 'site');
    team.shifts.forEach((shift, j) => check('shift', shift, 'teams', i, 'shifts', j));
    team.skills.forEach(({ queue }, j) => check('queue', queue, 'teams', i, 'skills', j, 'queue'));
    const names = centre.names[team.site];
    if (!names) missing.push({ path: ['names'], message: `no names for site ${team.site}` });
    for (let number = team.firstNumber; number < team.firstNumber + team.agents; number++) {
      if (numbers.has(number)) missing.push({ path: ['teams', i, 'firstNumber'], message: `agent number ${number} is given twice` });
      numbers.add(number);
    }
  });
  for (const [site, { first, last }] of Object.entries(centre.names)) {
    const agents = centre.teams.filter((team) => team.site === site).reduce((total, team) => total + team.agents, 0);
    if (first.length * last.length < agents) missing.push({ path: ['names', site], message: `${first.length * last.length} names for ${agents} agents` });
  }
  yield* missing;
}
