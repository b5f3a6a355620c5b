import { byLibrary } from '../../ingest/call-files/phone-numbers.ts';
import { zoneOfCountry } from '../../ingest/call-files/zones.ts';
import { Opening } from '../../telephony/core/opening.ts';
import { ZoneOffsets } from '../../telephony/core/zone-offsets.ts';
import type { DialingRules } from '../../warehouse/operational/contacts/rules.ts';

/** The zones in which a number may be, told by its country; null = there is no such number, or nobody knows where it is. */
export function placesOfNumber(number: string): readonly string[] | null {
  // With its plus sign it needs no country of its own: any will do.
  const country = byLibrary(number, 'FR')?.country ?? null;
  return country === null ? null : (zoneOfCountry(country)?.places ?? null);
}

/** May be called at this hour in all of these zones. */
export function isGoodHour({ hours, holidays }: Pick<DialingRules, 'hours' | 'holidays'>, zones: readonly string[], atMs: number): boolean {
  return hours === null || zones.every((zone) => new Opening({ id: '', zone, weekdays: hours, holidays: [...holidays] }, new ZoneOffsets(zone)).isOpen(atMs));
}
