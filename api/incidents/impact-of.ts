import { concerned, placesOf } from '../../warehouse/incidents/concerned.ts';
import { LOOKED_BACK_MS, measureImpact, type Impact } from '../../warehouse/incidents/impact.ts';
import type { Incident } from '../../warehouse/operational/incidents/incident.ts';
import type { ApiContext } from '../context.ts';
import { tell, withDeadline } from '../warehouse-errors.ts';
import { affectsInSight } from './sight.ts';
import { wordsZone } from './words-zone.ts';

/** Of incidents that may have troubled the weeks before. */
const MOST_OTHERS = 500;

/** What an incident did, of what the viewer may see. */
export async function impactOf(incident: Incident, zone: string | null | undefined, context: ApiContext): Promise<Impact> {
  const { directory, viewer, incidents, clock } = context;
  const places = placesOf(directory.configuration());
  const of = ({ affects, detectedAtMs }: Incident): ReturnType<typeof concerned> => concerned(affects, detectedAtMs, places);
  const startMs = Math.min(incident.startedAtMs ?? incident.detectedAtMs, incident.detectedAtMs);
  const own = of(incident);
  const others = await incidents?.store.incidents.list({ fromMs: startMs - LOOKED_BACK_MS, toMs: startMs, limit: MOST_OTHERS }) ?? [];
  const types = incidents && (await context.loaders.incidents.frame()).types;
  // A backup that is overdue takes no call from anybody, for however many weeks it is.
  const troubled = others.filter(({ number, type }) => number !== incident.number && types?.get(type)?.breakdown !== false);
  const meets = (a: readonly string[], b: readonly string[]): boolean => a.some((id) => b.includes(id));
  // What is seen of whom it touches; whom it names not, it touches all of what the viewer may see.
  const affects = affectsInSight(incident, viewer.scope, directory);
  return tell(withDeadline(context, (options) => measureImpact({
    startMs, endMs: incident.resolvedAtMs, tenants: affects.tenants, sites: affects.sites, queues: affects.queues, zone: wordsZone(zone, context), nowMs: clock.nowMs(),
    otherTroubles: troubled.filter((other) => meets(of(other).tenants, own.tenants) && meets(of(other).sites, own.sites))
      .map((other) => ({ fromMs: Math.min(other.startedAtMs ?? other.detectedAtMs, other.detectedAtMs), toMs: other.resolvedAtMs })),
  }, (query) => context.warehouse.kpi(query, viewer.scope, options))));
}
