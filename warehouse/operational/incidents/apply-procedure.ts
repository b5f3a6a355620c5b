import { unknownPersons } from './apply-contents.ts';
import type { Draft } from './draft-incident.ts';
import type { IncidentEvent } from './events.ts';
import { refuse, type Refusal } from './refusal.ts';

/** The conference, the crisis cell, actions and the long interruption. */
export function applyProcedure(draft: Draft, event: IncidentEvent): Refusal | null {
  const { body, atMs, by, id } = event;
  const { crisis, long } = draft;
  switch (body.kind) {
    case 'conference-called': {
      const same = draft.conferences.find((each) => each.id === body.conference);
      if (same) return refuse('duplicate', `the conference ${body.conference} was called already`, { by, atMs: same.calledAtMs });
      const unknown = unknownPersons(draft, body.participants);
      if (unknown) return unknown;
      draft.conferences.push({ id: body.conference, calledAtMs: atMs, startsAtMs: Date.parse(body.startsAt), place: body.place, participants: body.participants, heldAtMs: null, minutes: null });
      return null;
    }
    case 'conference-held': {
      const conference = draft.conferences.find((each) => each.id === body.conference);
      if (!conference) return refuse('unknown-conference', `there is no conference ${body.conference}`);
      if (conference.heldAtMs !== null) return refuse('already-held', `its minutes were written already, at ${new Date(conference.heldAtMs).toISOString()}`);
      const unknown = unknownPersons(draft, body.participants);
      if (unknown) return unknown;
      Object.assign(conference, { heldAtMs: atMs, minutes: body.minutes, participants: body.participants });
      return null;
    }
    case 'crisis-opened': {
      if (draft.marks.closed) return refuse('already-closed', 'it was closed already', draft.marks.closed);
      if (crisis && crisis.endedAtMs === null) return refuse('crisis-open', `its crisis cell was opened already, at ${new Date(crisis.openedAtMs).toISOString()}`);
      const unknown = unknownPersons(draft, body.members);
      if (unknown) return unknown;
      if (crisis) draft.earlierCrises.push(crisis);
      draft.crisis = { openedAtMs: atMs, endedAtMs: null, members: body.members, reports: [], remindedHours: [] };
      return null;
    }
    case 'crisis-member-added':
      if (!crisis) return NO_CRISIS;
      if (!crisis.members.includes(body.person)) {
        const unknown = unknownPersons(draft, [body.person]);
        if (unknown) return unknown;
        crisis.members = [...crisis.members, body.person];
      }
      return null;
    case 'crisis-member-removed':
      if (!crisis) return NO_CRISIS;
      if (!crisis.members.includes(body.person)) return refuse('unknown-person', `${body.person} is no member of the crisis cell`);
      crisis.members = crisis.members.filter((member) => member !== body.person);
      return null;
    case 'crisis-report':
      if (!crisis) return NO_CRISIS;
      crisis.reports.push({ id, hour: body.hour, atMs, by, text: body.text });
      return null;
    case 'report-reminded':
      if (!crisis) return NO_CRISIS;
      if (!crisis.remindedHours.includes(body.hour)) crisis.remindedHours.push(body.hour);
      return null;
    case 'crisis-ended':
      if (!crisis) return NO_CRISIS;
      if (crisis.endedAtMs !== null) return refuse('crisis-ended', `the crisis was ended already, at ${new Date(crisis.endedAtMs).toISOString()}`);
      crisis.endedAtMs = atMs;
      return null;
    case 'action-added':
      if (draft.actions.some((each) => each.id === body.action)) return refuse('duplicate', `the action ${body.action} is there already`);
      draft.actions.push({ id: body.action, list: body.list, text: body.text, owner: body.owner, dueAtMs: Date.parse(body.dueAt), doneAtMs: null, doneBy: null, addedAtMs: atMs });
      return null;
    case 'action-changed':
    case 'action-done':
    case 'action-reopened':
      return applyToAction(draft, event);
    case 'long-interruption-declared':
      if (long) return refuse('already-declared', `a long interruption was declared already, at ${new Date(long.declaredAtMs).toISOString()}`);
      draft.long = { declaredAtMs: atMs, cause: body.cause, steps: [], progress: [] };
      return null;
    case 'step-done': {
      if (!long) return NOT_LONG;
      const done = long.steps.find((each) => each.step === body.step);
      if (done) return refuse('already-done', `the step ${body.step} was done already`, { by: done.by, atMs: done.doneAtMs });
      long.steps.push({ step: body.step, doneAtMs: atMs, by, note: body.note });
      return null;
    }
    case 'step-undone':
      if (!long) return NOT_LONG;
      if (!long.steps.some((each) => each.step === body.step)) return refuse('not-done', `the step ${body.step} was not done then`);
      long.steps = long.steps.filter((each) => each.step !== body.step);
      return null;
    case 'progress-reported':
      if (!long) return NOT_LONG;
      long.progress.push({ id, atMs, by, text: body.text });
      return null;
    default:
      return null;
  }
}

const NO_CRISIS = refuse('no-crisis', 'it had no crisis cell then');
const NOT_LONG = refuse('no-long-interruption', 'no long interruption was declared then');

function applyToAction(draft: Draft, { body, atMs, by }: IncidentEvent): Refusal | null {
  if (body.kind !== 'action-changed' && body.kind !== 'action-done' && body.kind !== 'action-reopened') return null;
  const action = draft.actions.find((each) => each.id === body.action);
  if (!action) return refuse('unknown-action', `there is no action ${body.action}`);
  if (body.kind === 'action-changed') {
    if (body.text !== undefined) action.text = body.text;
    if (body.owner !== undefined) action.owner = body.owner;
    if (body.dueAt !== undefined) action.dueAtMs = Date.parse(body.dueAt);
  } else if (body.kind === 'action-done') {
    if (action.doneAtMs !== null) return refuse('already-done', 'the action was done already', { by: action.doneBy ?? '', atMs: action.doneAtMs });
    Object.assign(action, { doneAtMs: atMs, doneBy: by });
  } else {
    if (action.doneAtMs === null) return refuse('not-done', 'the action was not done then');
    Object.assign(action, { doneAtMs: null, doneBy: null });
  }
  return null;
}
