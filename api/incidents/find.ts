import type { Incident } from '../../warehouse/operational/incidents/incident.ts';
import type { ApiContext } from '../context.ts';
import { incidentInSight } from './sight.ts';

/** What it takes to see incidents and to act on them. */
export type IncidentContext = Pick<ApiContext, 'viewer' | 'directory' | 'clock' | 'incidents'> & { loaders: Pick<ApiContext['loaders'], 'incidents'> };

/** An integer of the database. */
const MOST = 2 ** 31 - 1;

/** An incident by its number, as it is now, if the viewer may see it. */
export async function incidentOf(number: number, { loaders, viewer, directory }: Omit<IncidentContext, 'clock' | 'incidents'>): Promise<Incident | null> {
  if (number < 1 || number > MOST) return null;
  const incident = await loaders.incidents.byNumber.load(number);
  return incident && incidentInSight(incident, viewer.scope, directory) ? incident : null;
}
