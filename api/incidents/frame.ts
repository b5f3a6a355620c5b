import { calendarOf } from '../../warehouse/operational/incidents/calendar-of.ts';
import type { IncidentType } from '../../warehouse/operational/incidents/catalogue.ts';
import type { Incident, TargetClock } from '../../warehouse/operational/incidents/incident.ts';
import type { IncidentSettings } from '../../warehouse/operational/incidents/settings.ts';
import { targetClock } from '../../warehouse/operational/incidents/target-clock.ts';
import type { OperationalStore } from '../../warehouse/operational/store.ts';
import type { Directory } from '../directory.ts';
import type { Language } from './event-words.ts';

/** What incidents are read by: the catalogue, the times of the procedure, the calendars. */
export interface IncidentFrame {
  types: ReadonlyMap<string, IncidentType>;
  settings: IncidentSettings;
  /** A type that is not in the catalogue is called by its slug. */
  typeLabel(slug: string, language: Language): string;
  clockOf(incident: Incident, nowMs: number): TargetClock;
  /** Null = it is not to be called (any more). */
  conferenceDueMs(incident: Incident): number | null;
  /** Null = none is asked for (yet), or it is written. */
  rexDueMs(incident: Incident): number | null;
}

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

export async function readFrame(store: Pick<OperationalStore['incidents'], 'types' | 'settings'>, directory: Pick<Directory, 'configuration'>): Promise<IncidentFrame> {
  const [list, settings] = await Promise.all([store.types(), store.settings()]);
  const types = new Map(list.map((type) => [type.slug, type]));
  return {
    types,
    settings,
    typeLabel(slug, language) {
      const type = types.get(slug);
      return (language === 'fr' ? type?.labelFr : type?.labelEn) ?? slug;
    },
    clockOf: (incident, nowMs) => targetClock(incident, calendarOf(incident, directory.configuration().calendars), nowMs),
    conferenceDueMs: ({ type, open, resolvedAtMs, conferences, detectedAtMs }) =>
      (open && resolvedAtMs === null && conferences.length === 0 && types.get(type)?.breakdown !== false ? detectedAtMs + settings.conferenceMinutes * MINUTE_MS : null),
    rexDueMs: ({ crisis, rex }) => (crisis !== null && crisis.endedAtMs !== null && rex === null ? crisis.endedAtMs + settings.rexDays * DAY_MS : null),
  };
}
