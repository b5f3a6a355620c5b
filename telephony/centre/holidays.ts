import type { Centre } from './centre-schema.ts';

/** Public holidays by site: those of the calendars in the site's zone, `yyyy-MM-dd`. */
export function holidays(centre: Centre): ReadonlyMap<string, ReadonlySet<string>> {
  return new Map(centre.sites.map(({ id, zone }) => [id, new Set(centre.calendars.filter((calendar) => calendar.zone === zone).flatMap((calendar) => calendar.holidays))]));
}
