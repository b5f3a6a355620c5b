import { localDateAt } from '../url/local-date.ts';

/** What the incidents behind a number have in common; null = any. */
export interface Behind { type: string | null; component: string | null; day: string | null; outcome: 'breached' | 'within' | null }

interface Known { type: string; startedAt: string | null; detectedAt: string; resolvedAt: string | null; clock: { breachedAt: string | null }; affects: { components: readonly { component: string }[] } }

export function parseBehind(get: (name: string) => string | null): Behind {
  const outcome = get('outcome');
  const day = get('day');
  return { type: get('type'), component: get('component'), day: day !== null && /^\d{4}-\d{2}-\d{2}$/.test(day) ? day : null, outcome: outcome === 'breached' || outcome === 'within' ? outcome : null };
}

/** Of a day are those whose trouble lay in it, whenever they were detected. */
export function prepareBehind<Incident extends Known>(incidents: readonly Incident[], { type, component, day, outcome }: Behind, zone: string, nowMs: number): Incident[] {
  return incidents.filter((incident) => {
    const { clock, affects, startedAt, detectedAt, resolvedAt } = incident;
    if (type !== null && incident.type !== type) return false;
    if (component !== null && !affects.components.some((each) => each.component === component)) return false;
    if (outcome === 'breached' && clock.breachedAt === null) return false;
    if (outcome === 'within' && (clock.breachedAt !== null || resolvedAt === null)) return false;
    return day === null || (localDateAt(Date.parse(startedAt ?? detectedAt), zone) <= day && localDateAt(resolvedAt === null ? nowMs : Date.parse(resolvedAt), zone) >= day);
  });
}
