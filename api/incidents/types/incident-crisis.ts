import type { Crisis, Incident } from '../../../warehouse/operational/incidents/incident.ts';
import { builder } from '../../builder.ts';
import type { ApiContext } from '../../context.ts';
import { crisisReports, type CrisisReport as Report } from '../crisis-reports.ts';
import { iso, isoOrNull } from '../instants.ts';
import { personsOf } from '../persons.ts';
import { CrisisReportStateEnum } from './enums.ts';
import { IncidentPerson } from './incident-person.ts';

export interface CrisisOf { crisis: Crisis; incident: Incident }

const CrisisReport = builder.objectRef<Report>('CrisisReport').implement({
  description: 'One hour of a crisis cell',
  fields: (t) => ({
    hour: t.exposeInt('hour', { description: '1 is due one hour after the cell opened' }),
    dueAt: t.field({ type: 'DateTime', resolve: ({ dueAtMs }) => iso(dueAtMs) }),
    state: t.expose('state', { type: CrisisReportStateEnum }),
    writtenAt: t.field({ type: 'DateTime', nullable: true, resolve: ({ written }) => isoOrNull(written?.atMs ?? null) }),
    by: t.string({ nullable: true, resolve: ({ written }) => written?.by ?? null }),
    text: t.string({ nullable: true, resolve: ({ written }) => written?.text ?? null }),
    reminded: t.exposeBoolean('remindedAtAll'),
  }),
});

export const IncidentCrisis = builder.objectRef<CrisisOf>('IncidentCrisis').implement({
  fields: (t) => ({
    openedAt: t.field({ type: 'DateTime', resolve: ({ crisis }) => iso(crisis.openedAtMs) }),
    endedAt: t.field({ type: 'DateTime', nullable: true, resolve: ({ crisis }) => isoOrNull(crisis.endedAtMs) }),
    members: t.field({ type: [IncidentPerson], resolve: ({ crisis, incident }) => personsOf(incident, crisis.members) }),
    reports: t.field({ type: [CrisisReport], complexity: { multiplier: 24 }, description: 'The newest first; while the cell is open, the next one too', resolve: reportsOf }),
    overdueReports: t.int({ resolve: async (row, args, context) => (await reportsOf(row, args, context)).filter(({ state }) => state === 'overdue').length }),
    nextReportDueAt: t.field({ type: 'DateTime', nullable: true, description: 'Null = the cell has ended', resolve: async (row, args, context) => isoOrNull((await reportsOf(row, args, context)).findLast(({ state }) => state === 'next')?.dueAtMs ?? null) }),
  }),
});

async function reportsOf({ crisis }: CrisisOf, _args: object, { clock, loaders }: Pick<ApiContext, 'clock' | 'loaders'>): Promise<Report[]> {
  const { settings } = await loaders.incidents.frame();
  return crisisReports(crisis, { nowMs: clock.nowMs(), everyMs: settings.reportMinutes * 60_000 });
}
