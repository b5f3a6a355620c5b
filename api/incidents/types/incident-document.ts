import type { Person } from '../../../warehouse/operational/incidents/events.ts';
import type { Incident } from '../../../warehouse/operational/incidents/incident.ts';
import { builder } from '../../builder.ts';
import { iso, isoOrNull } from '../instants.ts';
import { documentPath, signaturesPath } from '../paths.ts';
import { personsOf } from '../persons.ts';
import { IncidentPerson } from './incident-person.ts';

type Document = NonNullable<Incident['document']>;
export interface DocumentOf { document: Document; incident: Incident }

const IncidentSignature = builder.objectRef<{ person: Person; signature: Document['signatures'][number] | null }>('IncidentSignature').implement({
  fields: (t) => ({
    person: t.expose('person', { type: IncidentPerson }),
    signedAt: t.field({ type: 'DateTime', nullable: true, description: 'Null = not yet', resolve: ({ signature }) => isoOrNull(signature?.atMs ?? null) }),
    typedName: t.string({ nullable: true, resolve: ({ signature }) => signature?.typedName ?? null }),
  }),
});

export const IncidentDocument = builder.objectRef<DocumentOf>('IncidentDocument').implement({
  description: 'The final report, as it is signed',
  fields: (t) => ({
    id: t.string({ resolve: ({ document }) => document.id }),
    sha256: t.string({ resolve: ({ document }) => document.sha256 }),
    madeAt: t.field({ type: 'DateTime', resolve: ({ document }) => iso(document.madeAtMs) }),
    path: t.string({ description: 'Where it is read, on this server', resolve: ({ document }) => documentPath(document.id) }),
    signaturesPath: t.string({ description: 'Where the sheet of its signatures is read, printed when it is asked for', resolve: ({ document }) => signaturesPath(document.id) }),
    overtaken: t.boolean({ description: 'More was written of the incident since: the document does not say it', resolve: ({ document, incident }) => isOvertaken(document, incident) }),
    signatures: t.field({ type: [IncidentSignature], resolve: ({ document, incident }) => signaturesOf(document, incident) }),
    complete: t.boolean({ description: 'All have signed', resolve: ({ document }) => document.signers.every((id) => document.signatures.some(({ person }) => person === id)) }),
    remindedAt: t.field({ type: 'DateTime', nullable: true, resolve: ({ document }) => isoOrNull(document.remindedAtMs) }),
  }),
});

function signaturesOf({ signers, signatures }: Document, incident: Incident): { person: Person; signature: Document['signatures'][number] | null }[] {
  return personsOf(incident, signers).map((person) => ({ person, signature: signatures.find((signature) => signature.person === person.id) ?? null }));
}

/** What the program tells, and signatures themselves, are not in question. */
const BESIDE: ReadonlySet<string> = new Set(['report-made', 'signed', 'signature-reminded', 'told', 'remarked', 'closed']);

function isOvertaken({ id }: Document, { timeline }: Incident): boolean {
  const made = timeline.find(({ body }) => body.kind === 'report-made' && body.document === id)?.sequence ?? 0;
  return timeline.some(({ sequence, body }) => sequence > made && !BESIDE.has(body.kind));
}
