import { zoneOffsetMs } from '../url/local-date.ts';

/** An instant as a `datetime-local` field writes it, on the clocks of a zone. */
export function toField(instantMs: number, zone: string): string {
  return new Date(Math.floor(instantMs / 60_000) * 60_000 + zoneOffsetMs(instantMs, zone)).toISOString().slice(0, 16);
}

/** What a field says, as an instant; null = it says nothing yet. Of an hour that comes twice, the first; one that is skipped moves on. */
export function fromField(text: string, zone: string): number | null {
  const wall = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(text) ? Date.parse(`${text.slice(0, 16)}:00Z`) : Number.NaN;
  if (Number.isNaN(wall)) return null;
  // The offset before the change gives the first of two; both agree on every other day.
  return wall - zoneOffsetMs(wall - zoneOffsetMs(wall - 86_400_000, zone), zone);
}

