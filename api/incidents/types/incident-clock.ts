import type { TargetClock } from '../../../warehouse/operational/incidents/incident.ts';
import { builder } from '../../builder.ts';
import { isoOrNull } from '../instants.ts';
import { ClockStateEnum } from './enums.ts';

export const IncidentClock = builder.objectRef<TargetClock>('IncidentClock').implement({
  description: "The target's clock. While it runs, what is left is `dueAt` less the server's clock (`at`, told with every answer).",
  fields: (t) => ({
    state: t.expose('state', { type: ClockStateEnum }),
    targetMs: t.exposeFloat('targetMs'),
    usedMs: t.exposeFloat('usedMs'),
    leftMs: t.exposeFloat('leftMs', { description: 'Negative after the target' }),
    dueAt: t.field({ type: 'DateTime', nullable: true, description: 'Null = it does not run now, or has stopped', resolve: ({ dueAtMs }) => isoOrNull(dueAtMs) }),
    breachedAt: t.field({ type: 'DateTime', nullable: true, description: 'Null = within the target', resolve: ({ breachedAtMs }) => isoOrNull(breachedAtMs) }),
  }),
});
