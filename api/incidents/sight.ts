import { tenantsTouched } from '../../warehouse/incidents/concerned.ts';
import type { Affects } from '../../warehouse/operational/incidents/events.ts';
import type { Incident } from '../../warehouse/operational/incidents/incident.ts';
import type { Scope } from '../../warehouse/warehouse.ts';
import type { Directory } from '../directory.ts';
import { allows, type Viewer } from '../viewer.ts';

/** What of the directory says whose an incident is. */
export type Whose = Pick<Directory, 'queue' | 'tenantsAt'>;

/** Which clients an incident touches, as the centre is now. */
export function clientsOf(affects: Affects, { queue, tenantsAt }: Whose): ReturnType<typeof tenantsTouched> {
  return tenantsTouched(affects, { tenantOfQueue: (number) => queue(Number(number))?.tenant ?? null, tenantsAt });
}

/** Whether an incident may be seen: it touches something that the viewer may see. One that touches everything touches everybody. */
export function incidentInSight({ affects }: Pick<Incident, 'affects'>, scope: Scope, directory: Whose): boolean {
  return meets(scope.tenants, clientsOf(affects, directory)) && meets(scope.sites, affects.sites.length > 0 ? affects.sites : 'all') && meets(scope.queues, affects.queues.length > 0 ? affects.queues : 'all');
}

function meets(seen: 'all' | readonly string[], touched: 'all' | readonly string[]): boolean {
  return touched === 'all' ? seen === 'all' || seen.length > 0 : touched.some((id) => allows(seen, id));
}

/** Of what an incident touches, what the viewer may see. */
export function affectsInSight({ tenants, sites, queues, components }: Affects, scope: Scope, directory: Pick<Directory, 'queue'>): Affects {
  return {
    tenants: tenants.filter((id) => allows(scope.tenants, id)),
    sites: sites.filter((id) => allows(scope.sites, id)),
    queues: queues.filter((id) => allows(scope.queues, id) && allows(scope.tenants, directory.queue(Number(id))?.tenant ?? '')),
    components,
  };
}

/** What somebody writes who sees a part: of the rest it stays as it was. */
export function affectsWithHidden(written: Affects, before: Affects, scope: Scope, directory: Pick<Directory, 'queue'>): Affects {
  const seen = affectsInSight(before, scope, directory);
  const hidden = (all: readonly string[], shown: readonly string[]): string[] => all.filter((id) => !shown.includes(id));
  return {
    tenants: [...new Set([...written.tenants, ...hidden(before.tenants, seen.tenants)])],
    sites: [...new Set([...written.sites, ...hidden(before.sites, seen.sites)])],
    queues: [...new Set([...written.queues, ...hidden(before.queues, seen.queues)])],
    components: written.components,
  };
}

/** What is everybody's (rules, detectors, the journal) is shown to those who see everything. */
export function seesAll({ viewer: { scope } }: { viewer: Viewer }): boolean {
  return scope.tenants === 'all' && scope.sites === 'all' && scope.queues === 'all' && scope.teams === 'all';
}
