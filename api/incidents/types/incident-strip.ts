import { builder } from '../../builder.ts';
import { asPublished } from '../../live/projection.ts';
import { iso } from '../instants.ts';
import type { Strip, StripClock as ClockRow, StripIncident as Row } from '../strip-board.ts';
import { ClockStateEnum, IncidentStateEnum, SeverityEnum } from './enums.ts';

const StripClock = builder.objectRef<ClockRow>('StripClock').implement({
  fields: (t) => ({
    state: t.expose('state', { type: ClockStateEnum }),
    targetMs: t.exposeFloat('targetMs'),
    leftMs: t.exposeFloat('leftMs', { nullable: true, description: 'Null while it runs: then it is `dueAt` less the time' }),
    dueAt: t.expose('dueAt', { type: 'DateTime', nullable: true }),
    breachedAt: t.expose('breachedAt', { type: 'DateTime', nullable: true }),
  }),
});

export const StripIncident = builder.objectRef<Row>('StripIncident').implement({
  fields: (t) => ({
    number: t.exposeInt('number'),
    state: t.expose('state', { type: IncidentStateEnum }),
    severity: t.expose('severity', { type: SeverityEnum }),
    title: t.exposeString('title'),
    titleEn: t.exposeString('titleEn', { description: 'The same, unless a detector wrote it' }),
    type: t.exposeString('type'),
    typeFr: t.exposeString('typeFr'),
    typeEn: t.exposeString('typeEn'),
    detectedAt: t.expose('detectedAt', { type: 'DateTime' }),
    acknowledgedAt: t.expose('acknowledgedAt', { type: 'DateTime', nullable: true }),
    clock: t.expose('clock', { type: StripClock }),
    conferenceDueAt: t.expose('conferenceDueAt', { type: 'DateTime', nullable: true, description: "The client's IT is still to be called" }),
    crisis: t.exposeBoolean('crisis', { description: 'A crisis cell is open' }),
    overdueReports: t.exposeInt('overdueReports'),
    longInterruption: t.exposeBoolean('longInterruption'),
  }),
});

const IncidentStrip = builder.objectRef<Strip>('IncidentStrip').implement({
  description: 'Open incidents, the gravest first',
  fields: (t) => ({
    at: t.expose('at', { type: 'DateTime', description: "The server's clock, as of this answer" }),
    incidents: t.expose('incidents', { type: [StripIncident], complexity: { multiplier: 5 } }),
  }),
});

builder.queryField('incidentStrip', (t) => t.field({
  type: IncidentStrip,
  complexity: { field: 5, multiplier: 1 },
  resolve: (_root, _args, { incidents, clock, viewer }) => ({ at: iso(clock.nowMs()), incidents: incidents?.strips.shown(viewer.scope) ?? [] }),
}));

builder.subscriptionField('incidentStrip', (t) => t.field({
  type: IncidentStrip,
  description: 'Now, and whenever something of it changes. Boards that watch `live` have the same in `LiveBoard.incidents`',
  complexity: { field: 20, multiplier: 1 },
  subscribe: (_root, _args, { incidents, viewer, clock }) => incidents?.strips.watch(viewer.scope) ?? once({ at: iso(clock.nowMs()), incidents: [] }),
  resolve: asPublished<Strip>,
}));

/** There are no incidents here, and never will be. */
async function* once(strip: Strip): AsyncGenerator<Strip> {
  yield strip;
}
