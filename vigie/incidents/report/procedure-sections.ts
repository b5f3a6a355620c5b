import { personsOf } from '../../../api/incidents/persons.ts';
import type { Crisis, Incident } from '../../../warehouse/operational/incidents/incident.ts';
import { LONG_STEPS } from '../../../warehouse/operational/incidents/long-interruption.ts';
import { html, type Html } from './html.ts';
import { facts as factTable, section, table, text } from './page.ts';
import type { ReportFacts } from './report-html.ts';
import { CAUSES, WORDS } from './report-words.ts';
import type { Speaker } from './speaker.ts';

const MINUTE_MS = 60_000;

/** What the procedure asked for while it lasted: conferences, crisis cells, a long interruption, actions. */
export function procedureSections({ incident, reportMinutes }: ReportFacts, speaker: Speaker): Html[] {
  const { conferences, crisis, earlierCrises, long, actions } = incident;
  return [
    ...(conferences.length === 0 ? [] : [section(speaker, WORDS.conferences, ...conferences.map((conference) => factTable(speaker, [
      [WORDS.calledAt, speaker.at(conference.calledAtMs)],
      [WORDS.startsAt, `${speaker.at(conference.startsAtMs)}${conference.place === '' ? '' : ` · ${conference.place}`}`],
      [WORDS.participants, namesOf(incident, conference.participants)],
      ...(conference.heldAtMs === null ? [] : [[WORDS.heldAt, speaker.at(conference.heldAtMs)] as const]),
      [WORDS.minutes, conference.minutes === null ? speaker.label(WORDS.notHeld) : text(conference.minutes)],
    ])))]),
    ...[...earlierCrises, ...(crisis ? [crisis] : [])].map((each) => section(speaker, WORDS.crisis, ...crisisCell(incident, each, reportMinutes, speaker))),
    ...(long ? [section(speaker, WORDS.long, ...interruption(long, speaker))] : []),
    ...(['plan', 'rex'] as const).flatMap((list) => {
      const own = actions.filter((action) => action.list === list);
      if (own.length === 0) return [];
      return [section(speaker, list === 'plan' ? WORDS.plan : WORDS.rexActions, table(speaker, [WORDS.action, WORDS.owner, WORDS.due, WORDS.done],
        own.map((action) => [action.text, action.owner, speaker.at(action.dueAtMs), action.doneAtMs === null ? speaker.label(WORDS.notDone) : `${speaker.at(action.doneAtMs)} · ${action.doneBy ?? ''}`])))];
    }),
  ];
}

function crisisCell(incident: Incident, { openedAtMs, endedAtMs, members, reports }: Crisis, reportMinutes: number, speaker: Speaker): Html[] {
  const everyMs = reportMinutes * MINUTE_MS;
  const dueHours = Math.floor(((endedAtMs ?? openedAtMs) - openedAtMs) / everyMs);
  const hours = [...new Set([...Array.from({ length: dueHours }, (_, index) => index + 1), ...reports.map(({ hour }) => hour)])].toSorted((a, b) => a - b);
  const rows = hours.map((hour) => {
    const report = reports.find((each) => each.hour === hour);
    const dueMs = openedAtMs + hour * everyMs;
    if (!report) return [String(hour), speaker.label(WORDS.missing), ''];
    return [String(hour), html`<span class="text">${speaker.at(report.atMs)} · ${report.by}</span>${report.atMs > dueMs ? html`<span class="note">${speaker.plain(WORDS.late)} (${speaker.lasting(report.atMs - dueMs)})</span>` : null}`, report.text];
  });
  return [
    factTable(speaker, [[WORDS.opened, speaker.at(openedAtMs)], [WORDS.ended, endedAtMs === null ? speaker.label(WORDS.notDone) : speaker.at(endedAtMs)], [WORDS.members, namesOf(incident, members)]]),
    ...(rows.length === 0 ? [] : [table(speaker, [WORDS.hour, WORDS.written, WORDS.text], rows)]),
  ];
}

function interruption({ declaredAtMs, cause, steps, progress }: NonNullable<Incident['long']>, speaker: Speaker): Html[] {
  return [
    factTable(speaker, [[WORDS.declared, html`<span class="text">${speaker.at(declaredAtMs)}</span>${speaker.label(CAUSES[cause])}`]]),
    table(speaker, [WORDS.step, WORDS.planned, WORDS.done], LONG_STEPS.map(({ id, plannedMinutes, fr, en }) => {
      const done = steps.find(({ step }) => step === id);
      return [speaker.label([fr, en]), speaker.at(declaredAtMs + plannedMinutes * MINUTE_MS), done ? `${speaker.at(done.doneAtMs)} · ${done.by}${done.note === '' ? '' : `\n${done.note}`}` : speaker.label(WORDS.notDone)];
    })),
    ...(progress.length === 0 ? [] : [html`<h3>${speaker.label(WORDS.progress)}</h3>`, table(speaker, [WORDS.instant, WORDS.text, WORDS.by], progress.map(({ atMs, text: words, by }) => [speaker.at(atMs), words, by]), 'timeline')]),
  ];
}

function namesOf(incident: Incident, ids: readonly string[]): string {
  return personsOf(incident, ids).map(({ name }) => name).join(', ') || '–';
}
