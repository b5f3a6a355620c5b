import type { Affects } from '../../../warehouse/operational/incidents/events.ts';
import { builder } from '../../builder.ts';

export const AffectedComponent = builder.objectRef<Affects['components'][number]>('AffectedComponent').implement({
  fields: (t) => ({
    component: t.exposeString('component', { description: 'As in `components`' }),
    share: t.exposeFloat('share', { description: 'How much of it stands still: 1 = all of it' }),
  }),
});

export const IncidentAffects = builder.objectRef<Affects>('IncidentAffects').implement({
  description: 'No tenant, site and queue at all = everything',
  fields: (t) => ({
    tenants: t.exposeStringList('tenants'),
    sites: t.exposeStringList('sites'),
    queues: t.exposeStringList('queues'),
    components: t.expose('components', { type: [AffectedComponent] }),
  }),
});
