import type { Incident } from '../operational/incidents/incident.ts';
import { concerned, type Places } from './concerned.ts';

/** A component stood still, or a share of it, for those whom an incident concerns. */
export interface Trouble {
  component: string;
  tenants: readonly string[];
  sites: readonly string[];
  fromMs: number;
  /** null = it still does. */
  toMs: number | null;
  sharePpm: number;
}

const PPM = 1_000_000;

/**
 * What an incident says stood still: from the start of the trouble, or its detection where the start is not known, to the last
 * restoration; what was taken for restored and was not is in it. Where what it affects has changed, each from when that was so until it was no more.
 */
export function troublesOf(incident: Incident, places: Places): Trouble[] {
  const periods = periodsOf(incident);
  return periods.flatMap(({ fromMs, affects }, index) => {
    const toMs = periods[index + 1]?.fromMs ?? incident.resolvedAtMs;
    if (toMs !== null && toMs <= fromMs) return [];
    return affects.components.map(({ component, share }) => ({ component, ...concerned(affects, fromMs, places), fromMs, toMs, sharePpm: Math.round(share * PPM) }));
  });
}

/** Said at the very detection, a change holds from the start of the trouble. Said when service is back, it corrects the whole. */
function periodsOf({ affected, startedAtMs, detectedAtMs, resolvedAtMs }: Incident): Incident['affected'] {
  const startMs = Math.min(startedAtMs ?? detectedAtMs, detectedAtMs);
  const last = affected.at(-1);
  if (last && resolvedAtMs !== null && last.fromMs >= resolvedAtMs) return [{ ...last, fromMs: startMs }];
  return affected.map(({ fromMs, affects }) => ({ fromMs: fromMs <= detectedAtMs ? startMs : fromMs, affects }));
}
