import { GraphQLError } from 'graphql';
import { slug } from '../../warehouse/operational/incidents/events.ts';
import type { Incident as Row } from '../../warehouse/operational/incidents/incident.ts';
import { builder } from '../builder.ts';
import { allows } from '../viewer.ts';
import { incidentOf, type IncidentContext } from './find.ts';
import { iso, isoOrNull } from './instants.ts';
import { incidentInSight, seesAll } from './sight.ts';
import { ClientIncident } from './types/client-incident.ts';
import { Detector } from './types/detector.ts';
import { NotificationStateEnum, SeverityEnum } from './types/enums.ts';
import { Incident } from './types/incident.ts';
import { IncidentRules } from './types/incident-rules.ts';
import { IncidentSettings } from './types/incident-settings.ts';
import { IncidentType } from './types/incident-type.ts';
import { Notification } from './types/notification.ts';
import { whatTheClientMaySee, type ClientIncident as ClientRow } from './what-the-client-may-see.ts';

const MOST = 100;
/** Pages that are read to find those of one client. */
const MOST_LOOKS = 50;
const LATEST_MS = Date.UTC(2200, 0, 1);

const IncidentPage = builder.objectRef<{ atMs: number; incidents: Row[]; before: number | null }>('IncidentPage').implement({
  fields: (t) => ({
    at: t.field({ type: 'DateTime', description: "The server's clock, as of this answer", resolve: ({ atMs }) => iso(atMs) }),
    incidents: t.expose('incidents', { type: [Incident], complexity: { multiplier: 1 } }),
    before: t.exposeInt('before', { nullable: true, description: 'For the next page; null = this is the last one' }),
  }),
});

const ClientIncidentPage = builder.objectRef<{ incidents: ClientRow[]; before: number | null }>('ClientIncidentPage').implement({
  fields: (t) => ({
    incidents: t.expose('incidents', { type: [ClientIncident], complexity: { multiplier: 1 } }),
    before: t.exposeInt('before', { nullable: true, description: 'For the next page; null = this is the last one' }),
  }),
});

builder.queryFields((t) => {
  const first = t.arg.int({ required: true, defaultValue: 50, description: `At most ${MOST}` });
  return {
    incidents: t.field({
      type: IncidentPage,
      complexity: ({ first: rows }) => ({ field: 50, multiplier: rowsOf(rows) }),
      description: 'The newest first',
      args: {
        open: t.arg.boolean({ description: 'true: not closed' }),
        unfinished: t.arg.boolean({ required: true, defaultValue: false, description: 'Not closed, or something is still to be done: a REX, an action, a signature' }),
        type: t.arg.string(),
        severity: t.arg({ type: SeverityEnum }),
        from: t.arg({ type: 'DateTime', description: 'Detected from then on' }),
        to: t.arg({ type: 'DateTime', description: 'Detected before' }),
        first,
        before: t.arg.int({ description: 'As the last page said' }),
      },
      resolve: (_root, args, context) => page(args, context),
    }),
    incident: t.field({
      type: Incident,
      nullable: true,
      complexity: { field: 20, multiplier: 1 },
      args: { number: t.arg.int({ required: true }) },
      resolve: (_root, { number }, context) => incidentOf(number, context),
    }),
    clientIncidents: t.field({
      type: ClientIncidentPage,
      complexity: ({ first: rows }) => ({ field: 50, multiplier: rowsOf(rows) }),
      description: 'What touches a client, as the client may see it; the newest first',
      args: { tenant: t.arg.string({ required: true }), open: t.arg.boolean(), from: t.arg({ type: 'DateTime' }), to: t.arg({ type: 'DateTime' }), first, before: t.arg.int({ description: 'As the last page said' }) },
      resolve: (_root, { tenant, ...args }, context) => clientIncidents(tenant, args, context),
    }),
    incidentTypes: t.field({
      type: [IncidentType],
      complexity: { field: 10, multiplier: 15 },
      args: { retired: t.arg.boolean({ required: true, defaultValue: false, description: 'Those that are not offered any more too' }) },
      resolve: async (_root, { retired }, { incidents, loaders }) => (incidents ? [...(await loaders.incidents.frame()).types.values()].filter((type) => retired || !type.retired) : []),
    }),
    incidentSettings: t.field({
      type: IncidentSettings, nullable: true, complexity: { field: 10, multiplier: 1 }, description: 'Null = there are no incidents here',
      resolve: async (_root, _args, { incidents, loaders }) => (incidents ? (await loaders.incidents.frame()).settings : null),
    }),
    incidentRules: t.field({
      type: IncidentRules, nullable: true, complexity: { field: 10, multiplier: 1 }, description: 'Who is told when; null = the viewer sees a part of the centre only',
      resolve: (_root, _args, context) => (context.incidents && seesAll(context) ? context.incidents.store.incidents.rules() : null),
    }),
    detectors: t.field({
      type: [Detector], complexity: { field: 10, multiplier: 10 }, description: 'With what they see now',
      resolve: (_root, _args, context) => (context.incidents && seesAll(context) ? context.incidents.detectors.list() : []),
    }),
    notificationsSince: t.field({
      type: 'DateTime', nullable: true, complexity: { field: 10, multiplier: 1 }, description: 'How far their journal reaches back: of what was over before then, some is gone. Null = all are there',
      resolve: async (_root, _args, { incidents }) => isoOrNull((await incidents?.store.notifications.keptSinceMs()) ?? null),
    }),
    notifications: t.field({
      type: [Notification],
      complexity: ({ first: rows }) => ({ field: 50, multiplier: rowsOf(rows) }),
      description: 'The journal of what is told outside, the newest first',
      args: { incident: t.arg.int(), states: t.arg({ type: [NotificationStateEnum] }), first, before: t.arg.string({ description: 'The last id of the page before' }) },
      resolve: async (_root, { incident, states, first: limit, before }, context) => {
        if (!context.incidents) return [];
        // What is about no incident is told to those who see everything.
        if (incident == null ? !seesAll(context) : (await incidentOf(incident, context)) === null) return [];
        if (before != null && !/^\d{1,15}$/.test(before)) return [];
        return context.incidents.store.notifications.list({
          limit: bounded(limit),
          ...(incident == null ? {} : { about: { kind: 'incident', id: String(incident) } }), ...(states == null ? {} : { states }), ...(before == null ? {} : { beforeId: Number(before) }),
        });
      },
    }),
  };
});

interface PageArgs { open?: boolean | null; unfinished?: boolean; type?: string | null; severity?: Row['severity'] | null; from?: string | null; to?: string | null; first: number; before?: number | null }

export async function page({ open, unfinished = false, type, severity, from, to, first, before }: PageArgs, context: IncidentContext): Promise<{ atMs: number; incidents: Row[]; before: number | null }> {
  const { incidents: work, viewer, directory, clock, loaders } = context;
  const limit = bounded(first);
  const rows = type != null && !slug.safeParse(type).success ? [] : (await work?.store.incidents.list({
    limit, unfinished,
    ...(open == null ? {} : { open }), ...(type == null ? {} : { type }), ...(severity == null ? {} : { severity }),
    ...(from == null ? {} : { fromMs: instantOf(from) }), ...(to == null ? {} : { toMs: instantOf(to) }), ...(before == null ? {} : { beforeNumber: before }),
  })) ?? [];
  const incidents = rows.filter((row) => incidentInSight(row, viewer.scope, directory));
  for (const incident of incidents) loaders.incidents.byNumber.prime(incident.number, incident);
  // A page may have fewer than were asked for: what is out of sight is left out.
  return { atMs: clock.nowMs(), incidents, before: rows.length === limit ? (rows.at(-1)?.number ?? null) : null };
}

/** The newest of a client: those of others lie between them. */
async function clientIncidents(tenant: string, { first, before, ...args }: Omit<PageArgs, 'unfinished'>, context: IncidentContext): Promise<{ incidents: ClientRow[]; before: number | null }> {
  const limit = bounded(first);
  if (!context.incidents || !allows(context.viewer.scope.tenants, tenant) || !context.directory.configuration().tenants.some(({ id }) => id === tenant)) return { incidents: [], before: null };
  const frame = await context.loaders.incidents.frame();
  const found: ClientRow[] = [];
  let last = before ?? null;
  for (let looks = 0; looks === 0 || (last !== null && found.length < limit && looks < MOST_LOOKS); looks += 1) {
    const { incidents, before: next } = await page({ ...args, first: MOST, before: last }, context);
    found.push(...incidents.flatMap((incident) => whatTheClientMaySee(incident, frame.clockOf(incident, context.clock.nowMs()), tenant, context.directory) ?? []));
    last = next;
  }
  const incidents = found.slice(0, limit);
  // A page may have fewer than were asked for, where those of others are many.
  return { incidents, before: found.length > limit ? (incidents.at(-1)?.number ?? null) : last };
}

/** For what an answer may cost, before anything is refused. */
function rowsOf(first: number): number {
  return Math.min(Math.max(first, 1), MOST);
}

/** No instant that a database would not take. */
function instantOf(text: string): number {
  return Math.min(Math.max(Date.parse(text), 0), LATEST_MS);
}

function bounded(first: number): number {
  if (first < 1 || first > MOST) throw new GraphQLError(`first: 1 to ${MOST}`, { extensions: { code: 'INVALID_QUERY' } });
  return first;
}
