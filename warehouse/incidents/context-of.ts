import type { CentreConfiguration } from '../../telephony/configuration.ts';
import { calendarOf } from '../operational/incidents/calendar-of.ts';
import { COMPONENTS } from '../operational/incidents/catalogue.ts';
import type { Incident } from '../operational/incidents/incident.ts';
import type { IncidentSettings } from '../operational/incidents/settings.ts';
import { targetClock } from '../operational/incidents/target-clock.ts';
import { placesOf, type Centre } from './concerned.ts';
import type { FactsContext } from './to-incident-facts.ts';

/** Of its time, a component is meant to be there, where nobody has set another target. */
export const USUAL_AVAILABILITY = 0.999;
const DAY_MS = 86_400_000;

/** What the facts of incidents need to know besides them. */
export function contextOf({ calendars, ...centre }: Centre & Pick<CentreConfiguration, 'calendars'>, { availability, rexDays }: Pick<IncidentSettings, 'availability' | 'rexDays'>, nowMs: number): FactsContext {
  const allowedPpmOf = (component: string): number => Math.round((1 - (availability[component] ?? USUAL_AVAILABILITY)) * 1_000_000);
  return {
    ...placesOf(centre),
    components: Object.entries(COMPONENTS).map(([component, { fr, en }]) => ({ component, nameFr: fr, nameEn: en, allowedPpm: allowedPpmOf(component) })), allowedPpmOf,
    breachedAtMs: (incident) => targetClock(incident, calendarOf(incident, calendars), nowMs).breachedAtMs,
    rexDueAtMs: ({ crisis, earlierCrises }) => rexDueAtMs([...earlierCrises, ...crisis ? [crisis] : []], rexDays),
  };
}

function rexDueAtMs(crises: NonNullable<Incident['crisis']>[], rexDays: number): number | null {
  const ends = crises.flatMap(({ endedAtMs }) => endedAtMs ?? []);
  // While a cell is open nothing is due.
  return ends.length === 0 || ends.length < crises.length ? null : Math.max(...ends) + rexDays * DAY_MS;
}
