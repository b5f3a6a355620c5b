import { unknownPersons } from './apply-contents.ts';
import type { Draft } from './draft-incident.ts';
import type { IncidentEvent } from './events.ts';
import { refuse, type Refusal } from './refusal.ts';

/** What is written when it is over: the REX, the final report and its signatures. */
export function applyEnd(draft: Draft, event: IncidentEvent): Refusal | null {
  const { body, atMs, by } = event;
  const { rex, document } = draft;
  switch (body.kind) {
    case 'rex-written':
      if (body.basedOn !== (rex?.version ?? null)) return refuse('changed-meanwhile', 'the REX has another version meanwhile: read that one first', rex && { by: rex.by, atMs: rex.writtenAtMs });
      draft.rex = { version: event.id, writtenAtMs: atMs, by, impact: body.impact, causes: body.causes, wentWell: body.wentWell, wentBadly: body.wentBadly, approvedAtMs: null };
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
