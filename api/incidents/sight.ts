import { tenantsTouched, type Clients } from '../../warehouse/incidents/concerned.ts';
import type { Affects } from '../../warehouse/operational/incidents/events.ts';
import type { Incident } from '../../warehouse/operational/incidents/incident.ts';
import type { Scope } from '../../warehouse/warehouse.ts';
import { allows, type Viewer } from '../viewer.ts';

type Seen = Pick<Incident, 'affects' | 'detectedAtMs'>;

/** Whether an incident may be seen: it touches something that the viewer may see. One that touches everything touches everybody. */
export function incidentInSight({ affects, detectedAtMs }: Seen, scope: Scope, directory: Clients): boolean {
  return meets(scope.tenants, tenantsTouched(affects, detectedAtMs, directory)) && meets(scope.sites, affects.sites.length > 0 ? affects.sites : 'all') && meets(scope.queues, affects.queues.length > 0 ? affects.queues : 'all');
}

function meets(seen: 'all' | readonly string[], touched: 'all' | readonly string[]): boolean {
  return touched === 'all' ? seen === 'all' || seen.length > 0 : touched.some((id) => allows(seen, id));
}

/** Of what an incident touches, what the viewer may see. */
export function affectsInSight({ affects: { tenants, sites, queues, components }, detectedAtMs }: Seen, scope: Scope, { tenantOfQueue }: Clients): Affects {
  return {
    tenants: tenants.filter((id) => allows(scope.tenants, id)),
    sites: sites.filter((id) => allows(scope.sites, id)),
    queues: queues.filter((id) => allows(scope.queues, id) && allows(scope.tenants, tenantOfQueue(id, detectedAtMs) ?? '')),
    components,
  };
}

/** What somebody writes who sees a part: of the rest it stays as it was. */
export function affectsWithHidden(written: Affects, incident: Seen, scope: Scope, directory: Clients): Affects {
  const { affects: before } = incident;
  const seen = affectsInSight(incident, scope, directory);
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
