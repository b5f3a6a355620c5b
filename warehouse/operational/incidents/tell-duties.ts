import { dutyEvent, dutyEventId, type Duty, type Handling } from './duty.ts';
import type { Crisis, Incident } from './incident.ts';
import { afterEntry } from './late-entry.ts';
import { recipientsOf } from './recipients.ts';
import type { Moment } from './rules.ts';
import { withdrawKey } from './withdraw-duty.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** News that nobody could be told in this time is no news: a rule that is added today does not speak of last week. */
const STALE = DAY;

/** A moment of an incident, past or to come. */
interface Occasion {
  moment: Moment;
  /** Of several of the same moment. */
  which: string | number;
  atMs: number;
  /** When it was written down, where it may be told however late that was. */
  knownMs: number;
  /** Of the rules that wait so long alone; null = of all of them. */
  afterMinutes: number | null;
  /** Is it still so? A rule that waits tells nobody if not. */
  holds: boolean;
}

/** What the rules say, each for each of its moments. */
export function toTell(incident: Incident, handling: Handling, nowMs: number): Duty[] {
  const { rules } = handling;
  const matching = rules.rules.filter(({ on, severities, types }) => on && (severities.length === 0 || severities.includes(incident.severity)) && (types.length === 0 || types.includes(incident.type)));
  return occasionsOf(incident, handling, nowMs).flatMap(({ moment, which, atMs, knownMs, afterMinutes, holds }) => matching.flatMap((rule): Duty[] => {
    const plainMs = atMs + rule.afterMinutes * MINUTE;
    // Whoever enters it afterwards has it in hand, and says so next.
    const dueAtMs = moment === 'unacknowledged' ? afterEntry(incident, plainMs) : plainMs;
    const waits = rule.afterMinutes > 0 || moment === 'unacknowledged' || moment === 'warned';
    if (rule.moment !== moment || (afterMinutes !== null && afterMinutes !== rule.afterMinutes) || (waits && !holds) || Math.max(dueAtMs, knownMs - nowMs > STALE ? 0 : knownMs) + STALE < nowMs) return [];
    const key = `tell ${rule.id} ${which}`;
    const recipients = recipientsOf(rule, rules, incident, nowMs, handling.touched);
    // Whom no mail reaches is not said to have been told.
    const names = [...recipients.people.filter(({ email }) => email !== null).map(({ name }) => name), ...recipients.webhooks];
    return [{
      key, kind: 'tell', dueAtMs, events: [dutyEvent(incident.number, key, nowMs, { kind: 'told', rule: rule.id, moment, level: rule.level, recipients: names })],
      telling: { moment, rule, level: rule.level, ...recipients },
    }];
  }));
}

function occasionsOf(incident: Incident, { settings, rules }: Handling, nowMs: number): Occasion[] {
  const { detectedAtMs, resolvedAtMs, crisis, long, rex } = incident;
  const lasts = resolvedAtMs === null;
  const found: Occasion[] = [];
  const add = (moment: Moment, which: string | number, atMs: number | null | undefined, holds: boolean, knownMs = 0, afterMinutes: number | null = null): void => {
    if (atMs !== null && atMs !== undefined) found.push({ moment, which, atMs, knownMs, afterMinutes, holds });
  };
  /** Somebody may say days later since when service is back: every party is told all the same. */
  const writtenMs = (kind: 'resolved' | 'closed', at: number | null): number => incident.timeline.findLast(({ body, atMs }) => body.kind === kind && atMs === at)?.recordedAtMs ?? 0;
  add('opened', '', detectedAtMs, lasts);
  add('unacknowledged', '', detectedAtMs, incident.acknowledgedAtMs === null);
  for (const { body, atMs } of incident.timeline) if (body.kind === 'warned') add('warned', body.share, atMs, lasts && incident.breachNotedAtMs === null);
  add('breached', '', incident.breachNotedAtMs, lasts);
  // It was taken back, and the incident goes on after all: the last word was wrong.
  if (incident.breachNotedAtMs !== null) {
    for (const { resolvedAtMs: endedMs, reopenedAtMs } of incident.reopenings)
      if (incident.timeline.some(({ id }) => id === dutyEventId(incident.number, withdrawKey(endedMs)))) add('breached', `again ${reopenedAtMs}`, reopenedAtMs, lasts);
  }
  for (const { id, calledAtMs } of incident.conferences) add('conference', id, calledAtMs, lasts);
  for (const { openedAtMs, endedAtMs } of [...incident.earlierCrises, ...(crisis ? [crisis] : [])]) add('crisis', openedAtMs, openedAtMs, endedAtMs === null);
  add('long-interruption', '', long?.declaredAtMs, lasts);
  for (const { id, atMs } of long?.progress ?? []) add('progress', id, atMs, true);
  add('resolved', resolvedAtMs ?? '', resolvedAtMs, true, writtenMs('resolved', resolvedAtMs));
  for (const { reopenedAtMs } of incident.reopenings) add('reopened', reopenedAtMs, reopenedAtMs, lasts);
  add('closed', incident.closedAtMs ?? '', incident.closedAtMs, true, writtenMs('closed', incident.closedAtMs));
  // What is overdue is a moment only while it is.
  if (crisis && crisis.endedAtMs === null) {
    const every = settings.reportMinutes * MINUTE;
    // A rule that waits for longer than the next report speaks of an earlier one than those that do not.
    for (const afterMinutes of new Set(rules.rules.flatMap((rule) => (rule.moment === 'report-overdue' ? rule.afterMinutes : [])))) {
      const hour = Math.max(0, Math.floor((nowMs - afterMinutes * MINUTE - crisis.openedAtMs) / every));
      for (const each of [hour, nextUnwritten(crisis, hour + 1)]) if (each > 0 && isUnwritten(crisis, each)) add('report-overdue', `${crisis.openedAtMs} ${each}`, crisis.openedAtMs + each * every, true, 0, afterMinutes);
    }
  }
  if (long && lasts) add('progress-overdue', long.progress.length, (long.progress.at(-1)?.atMs ?? long.declaredAtMs) + settings.progressHours * HOUR, true);
  for (const { id, dueAtMs, doneAtMs } of incident.actions) if (doneAtMs === null) add('action-overdue', `${id} ${dueAtMs}`, dueAtMs, true);
  if (crisis && crisis.endedAtMs !== null && !rex) add('rex-overdue', crisis.openedAtMs, crisis.endedAtMs + settings.rexDays * DAY, true);
  return found;
}

export function isUnwritten({ reports }: Pick<Crisis, 'reports'>, hour: number): boolean {
  return !reports.some((report) => report.hour === hour);
}

/** The first hour from there of which there is no report. */
export function nextUnwritten(crisis: Pick<Crisis, 'reports'>, from: number): number {
  let hour = from;
  while (!isUnwritten(crisis, hour)) hour += 1;
  return hour;
}
