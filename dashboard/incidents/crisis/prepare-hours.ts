export type HourState = 'NEXT' | 'OVERDUE' | 'WRITTEN' | 'LATE';

export interface Hour { hour: number; dueAt: string; state: HourState; writtenAt: string | null; by: string | null; text: string | null; reminded: boolean }

/** The hours of a cell from its beginning, as of now: an hour falls overdue between two answers of the server. */
export function prepareHours(reports: readonly Hour[], nowMs: number): Hour[] {
  return reports
    .map((hour): Hour => (hour.state === 'NEXT' && Date.parse(hour.dueAt) < nowMs ? { ...hour, state: 'OVERDUE' } : hour))
    .toSorted((a, b) => a.hour - b.hour);
}

/** The hour that a report should be written for first: the earliest overdue, else the next. */
export function hourToWrite(hours: readonly Hour[]): number | null {
  return (hours.find(({ state }) => state === 'OVERDUE') ?? hours.find(({ state }) => state === 'NEXT'))?.hour ?? null;
}
