import type { Calendar } from '../../../telephony/configuration.ts';
import type { Incident } from './incident.ts';

/**
 * The hours in which the clock of an incident's target runs: as they were when the target was set, whoever changed the calendar since.
 * @param calendars those of today, for logs that say only which one; one that is no more stops no clock.
 */
export function calendarOf({ calendar, hours }: Pick<Incident, 'calendar' | 'hours'>, calendars: readonly Calendar[]): Calendar | null {
  return calendar === null ? null : hours ?? calendars.find(({ id }) => id === calendar) ?? null;
}
