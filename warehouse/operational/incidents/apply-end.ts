import { unknownPersons } from './apply-contents.ts';
import type { Draft } from './draft-incident.ts';
import type { IncidentEvent } from './events.ts';
import { refuse, type Contradiction, type Refusal } from './refusal.ts';

/** What is written when it is over: the REX, the final report and its signatures. */
export function applyEnd(draft: Draft, event: IncidentEvent): Refusal | null {
  const { body, atMs } = event;
  const { rex, document } = draft;
  switch (body.kind) {
    case 'rex-written':
      writeRex(draft, event);
      return null;
    case 'rex-approved':
      if (!rex) return refuse('no-rex', 'no REX was written then');
      if (rex.approvedAtMs !== null) return refuse('already-approved', `the REX was approved already, at ${new Date(rex.approvedAtMs).toISOString()}`);
      rex.approvedAtMs = atMs;
      return null;
    case 'report-made': {
      if (!draft.marks.resolved) return refuse('not-resolved', 'it is not resolved: there is no final report before that');
      const unknown = unknownPersons(draft, body.signers);
      if (unknown) return unknown;
      draft.document = { id: body.document, sha256: body.sha256, madeAtMs: atMs, signers: [...new Set(body.signers)], signatures: [], remindedAtMs: null };
      return null;
    }
    case 'signed': {
      if (document?.id !== body.document) return document ? refuse('changed-document', 'another report has taken its place') : refuse('unknown-document', 'no report was made then');
      if (document.sha256 !== body.sha256) return refuse('changed-document', 'what was to be signed is not the report that was made');
      if (!document.signers.includes(body.person)) return refuse('not-a-signer', `${body.person} is not asked to sign`);
      const signature = document.signatures.find((each) => each.person === body.person);
      if (signature) return refuse('already-signed', 'the report was signed already', { by: signature.typedName, atMs: signature.atMs });
      document.signatures.push({ person: body.person, atMs, typedName: body.typedName });
      return null;
    }
    case 'signature-reminded':
      if (document?.id !== body.document) return refuse('unknown-document', `${body.document} is not its report`);
      document.remindedAtMs = atMs;
      return null;
    default:
      return null;
  }
}

/** Each version follows the one that its writer had before him, whatever the clocks say. */
function writeRex(draft: Draft, event: IncidentEvent): void {
  if (event.body.kind !== 'rex-written') return;
  const { id, atMs, by, body: { basedOn, impact, causes, wentWell, wentBadly } } = event;
  if (basedOn !== (draft.rex?.version ?? null)) {
    draft.earlyRex.push(event);
    return;
  }
  draft.rex = { version: id, writtenAtMs: atMs, by, impact, causes, wentWell, wentBadly, approvedAtMs: null };
  const next = draft.earlyRex.find((early) => early.body.kind === 'rex-written' && early.body.basedOn === id);
  if (!next) return;
  draft.earlyRex = draft.earlyRex.filter((early) => early !== next);
  writeRex(draft, next);
}

/** Those that were written from a version that is not the newest. */
export function outdatedRex({ rex, earlyRex }: Draft): Contradiction[] {
  return earlyRex.map((event) => ({ event, refusal: refuse('changed-meanwhile', 'the REX has another version meanwhile: read that one first', rex && { by: rex.by, atMs: rex.writtenAtMs }) }));
}
