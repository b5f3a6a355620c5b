import { addDays, isLocalDate, localDateAt, midnight } from '../../url/local-date.ts';
import type { OnCall } from '../catalogue-query.ts';
import { fromField, toField } from '../zoned-input.ts';

export type Exception = OnCall['exceptions'][number];

/** An exception as it is written: on the calendar's clocks, so that another zone moves it along. */
export interface ExceptionDraft {
  /** `from` and `to` are local dates, the last day is meant; else local times of a `datetime-local` field. */
  wholeDays: boolean;
  from: string;
  to: string;
  /** Null = nobody is on call. */
  contact: string | null;
}

type ExceptionProblem = 'exceptionIncomplete' | 'exceptionBackwards';

export function draftOf({ from, to, contact }: Exception, zone: string): ExceptionDraft {
  const [begins, ends] = [Date.parse(from), Date.parse(to)];
  const [first, end] = [localDateAt(begins, zone), localDateAt(ends, zone)];
  const wholeDays = begins < ends && midnight(first, zone) === begins && midnight(end, zone) === ends;
  return wholeDays ? { wholeDays, from: first, to: addDays(end, -1), contact } : { wholeDays, from: toField(begins, zone), to: toField(ends, zone), contact };
}

/** What is kept of it; a text = why it cannot be. */
export function exceptionOf({ wholeDays, from, to, contact }: ExceptionDraft, zone: string): Exception | ExceptionProblem {
  const whole = wholeDays && isLocalDate(from) && isLocalDate(to);
  const [begins, ends] = whole ? [midnight(from, zone), midnight(addDays(to, 1), zone)] : wholeDays ? [null, null] : [fromField(from, zone), fromField(to, zone)];
  if (begins === null || ends === null) return 'exceptionIncomplete';
  return begins < ends ? { from: new Date(begins).toISOString(), to: new Date(ends).toISOString(), contact } : 'exceptionBackwards';
}

/** The same between whole days and hours. */
export function turned({ wholeDays, from, to, contact }: ExceptionDraft): ExceptionDraft {
  if (wholeDays) return { wholeDays: false, from: isLocalDate(from) ? `${from}T00:00` : '', to: isLocalDate(to) ? `${addDays(to, 1)}T00:00` : '', contact };
  const [first, end] = [from.slice(0, 10), to.slice(0, 10)];
  return { wholeDays: true, from: first, to: to.endsWith('T00:00') && end > first ? addDays(end, -1) : end, contact };
}

/** Those that hold now or later, the next one first. */
export function comingExceptions(exceptions: readonly Exception[], zone: string, nowMs: number): (ExceptionDraft & { holds: boolean })[] {
  return exceptions.filter(({ to }) => Date.parse(to) > nowMs).toSorted((a, b) => Date.parse(a.from) - Date.parse(b.from)).map((each) => ({ ...draftOf(each, zone), holds: Date.parse(each.from) <= nowMs }));
}
