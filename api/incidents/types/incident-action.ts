import type { Incident } from '../../../warehouse/operational/incidents/incident.ts';
import { builder } from '../../builder.ts';
import { iso, isoOrNull } from '../instants.ts';
import { ActionListEnum } from './enums.ts';

export const IncidentAction = builder.objectRef<Incident['actions'][number]>('IncidentAction').implement({
  fields: (t) => ({
    id: t.exposeString('id'),
    list: t.expose('list', { type: ActionListEnum }),
    text: t.exposeString('text'),
    owner: t.exposeString('owner'),
    addedAt: t.field({ type: 'DateTime', resolve: ({ addedAtMs }) => iso(addedAtMs) }),
    dueAt: t.field({ type: 'DateTime', resolve: ({ dueAtMs }) => iso(dueAtMs) }),
    doneAt: t.field({ type: 'DateTime', nullable: true, resolve: ({ doneAtMs }) => isoOrNull(doneAtMs) }),
    doneBy: t.exposeString('doneBy', { nullable: true }),
    overdue: t.boolean({ description: 'Not done, or done after it was due', resolve: ({ dueAtMs, doneAtMs }, _args, { clock }) => (doneAtMs ?? clock.nowMs()) > dueAtMs }),
  }),
});
