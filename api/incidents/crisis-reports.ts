import type { Crisis } from '../../warehouse/operational/incidents/incident.ts';

/** `next` is not due yet; `late` was written after it was due. */
export type CrisisReportState = 'next' | 'overdue' | 'written' | 'late';

/** One hour (or what the settings say instead) of a crisis cell, whether its report was written or not. */
export interface CrisisReport {
  hour: number;
  dueAtMs: number;
  state: CrisisReportState;
  written: Crisis['reports'][number] | null;
  remindedAtAll: boolean;
}

/** A cell that nobody has ended shows its newest hours; longer than any long interruption. */
const MOST_HOURS = 120;

/** How many hours of a crisis cell have begun: of a later one there is nothing to report. */
export function hoursBegun({ openedAtMs, endedAtMs }: Pick<Crisis, 'openedAtMs' | 'endedAtMs'>, { nowMs, everyMs }: { nowMs: number; everyMs: number }): number {
  return 1 + Math.max(0, Math.floor(((endedAtMs ?? nowMs) - openedAtMs) / everyMs));
}

/** Every report that was due until now, and while the cell is open the next one. The newest first. */
export function crisisReports(crisis: Crisis, { nowMs, everyMs }: { nowMs: number; everyMs: number }): CrisisReport[] {
  const { openedAtMs, endedAtMs, reports, remindedHours } = crisis;
  const dueHours = hoursBegun(crisis, { nowMs, everyMs }) - 1;
  const last = Math.max(endedAtMs === null ? dueHours + 1 : dueHours, ...reports.map(({ hour }) => hour));
  const byHour = new Map(reports.map((report) => [report.hour, report]));
  return Array.from({ length: Math.min(last, MOST_HOURS) }, (_, index) => {
    const hour = last - index;
    const dueAtMs = openedAtMs + hour * everyMs;
    const written = byHour.get(hour) ?? null;
    return { hour, dueAtMs, written, state: stateOf(written, dueAtMs, nowMs), remindedAtAll: remindedHours.includes(hour) };
  });
}

function stateOf(written: CrisisReport['written'], dueAtMs: number, nowMs: number): CrisisReportState {
  if (written) return written.atMs > dueAtMs ? 'late' : 'written';
  return nowMs > dueAtMs ? 'overdue' : 'next';
}
