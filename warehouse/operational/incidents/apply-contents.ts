import type { Draft } from './draft-incident.ts';
import type { IncidentEvent, IncidentLink } from './events.ts';
import { refuse, type Refusal } from './refusal.ts';

/** Comments, files, people, links and what detectors saw. */
export function applyContents(draft: Draft, event: IncidentEvent): Refusal | null {
  const { body, atMs, by, id } = event;
  switch (body.kind) {
    case 'commented':
      draft.comments.push({ id, atMs, by, text: body.text, editedAtMs: null, editedBy: null, earlier: [] });
      return null;
    case 'comment-edited': {
      const comment = draft.comments.find((each) => each.id === body.comment);
      if (!comment) return refuse('unknown-comment', `there is no comment ${body.comment}`);
      comment.earlier.push({ atMs: comment.editedAtMs ?? comment.atMs, by: comment.editedBy ?? comment.by, text: comment.text });
      Object.assign(comment, { text: body.text, editedAtMs: atMs, editedBy: by });
      return null;
    }
    case 'attached': {
      const same = draft.attachments.find((each) => each.id === body.attachment);
      if (same) return refuse('duplicate', `the attachment ${body.attachment} is there already`, same);
      draft.attachments.push({ id: body.attachment, atMs, by, name: body.name, mediaType: body.mediaType, bytes: body.bytes, sha256: body.sha256 });
      return null;
    }
    case 'person-added':
      // Added again: what is known of the person has changed.
      draft.persons = draft.persons.some((each) => each.id === body.person.id) ? draft.persons.map((each) => (each.id === body.person.id ? body.person : each)) : [...draft.persons, body.person];
      draft.formerPersons = draft.formerPersons.filter((each) => each.id !== body.person.id);
      return null;
    case 'person-removed': {
      const person = draft.persons.find((each) => each.id === body.person);
      if (!person) return refuse('unknown-person', `there is no person ${body.person}`);
      draft.persons = draft.persons.filter((each) => each !== person);
      draft.formerPersons.push(person);
      return null;
    }
    case 'linked':
      if (!draft.links.some((each) => sameLink(each, body.link))) draft.links.push(body.link);
      return null;
    case 'unlinked':
      if (!draft.links.some((each) => sameLink(each, body.link))) return refuse('unknown-link', 'there is no such link');
      draft.links = draft.links.filter((each) => !sameLink(each, body.link));
      return null;
    case 'condition-seen':
    case 'condition-cleared':
      draft.evidence.push({ atMs, cleared: body.kind === 'condition-cleared', evidence: body.evidence });
      return null;
    default:
      return null;
  }
}

/** The persons among `ids` that the incident does not have. */
export function unknownPersons(draft: Pick<Draft, 'persons'>, ids: readonly string[]): Refusal | null {
  const unknown = ids.filter((id) => !draft.persons.some((person) => person.id === id));
  return unknown.length === 0 ? null : refuse('unknown-person', `the incident has no person ${unknown.join(', ')}: add them first`);
}

function sameLink(a: IncidentLink, b: IncidentLink): boolean {
  if (a.kind === 'call') return b.kind === 'call' && a.tenant === b.tenant && a.callId === b.callId;
  return b.kind === 'measures' && a.question === b.question;
}
