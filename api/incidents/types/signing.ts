import type { Incident as IncidentRow } from '../../../warehouse/operational/incidents/incident.ts';
import type { SigningLink } from '../../../warehouse/operational/incidents/signing.ts';
import { builder } from '../../builder.ts';
import { LanguageEnum } from '../../types/enums.ts';
import type { ApiContext } from '../../context.ts';
import { iso, isoOrNull } from '../instants.ts';
import { openLink } from '../open-link.ts';
import { SIGNING_PATH } from '../paths.ts';
import { personsOf } from '../persons.ts';
import { refusalInWords, refusedBy, type Refused } from '../refusals.ts';
import { PartyEnum } from './enums.ts';

interface Request { link: SigningLink; incident: IncidentRow }
type Outcome = Request | Refused;

const Signer = builder.objectRef<{ name: string; party: 'site' | 'client' | 'vendor'; signedAtMs: number | null }>('Signer').implement({
  fields: (t) => ({
    name: t.exposeString('name'),
    party: t.expose('party', { type: PartyEnum }),
    signedAt: t.field({ type: 'DateTime', nullable: true, description: 'Null = not yet', resolve: ({ signedAtMs }) => isoOrNull(signedAtMs) }),
  }),
});

const SigningRequest = builder.objectRef<Request>('SigningRequest').implement({
  description: 'What a personal link asks to sign',
  fields: (t) => ({
    incident: t.int({ resolve: ({ incident }) => incident.number }),
    title: t.string({ resolve: ({ incident }) => incident.title }),
    detectedAt: t.field({ type: 'DateTime', resolve: ({ incident }) => iso(incident.detectedAtMs) }),
    resolvedAt: t.field({ type: 'DateTime', nullable: true, resolve: ({ incident }) => isoOrNull(incident.resolvedAtMs) }),
    name: t.string({ description: 'Of whom the link was sent to', resolve: ({ link }) => link.person.name }),
    party: t.field({ type: PartyEnum, resolve: ({ link }) => link.person.party }),
    language: t.field({ type: LanguageEnum, resolve: ({ link }) => link.person.language }),
    sha256: t.string({ description: 'Of the document; to be given back when it is signed', resolve: ({ link }) => link.sha256 }),
    madeAt: t.field({ type: 'DateTime', nullable: true, resolve: ({ incident }) => isoOrNull(incident.document?.madeAtMs ?? null) }),
    path: t.string({ description: 'Where the document is read, on this server: `?token=` has to be added', resolve: () => SIGNING_PATH }),
    expiresAt: t.field({ type: 'DateTime', resolve: ({ link }) => iso(link.expiresMs) }),
    signedAt: t.field({ type: 'DateTime', nullable: true, description: 'With this link; null = not yet', resolve: ({ link }) => isoOrNull(link.signedAtMs) }),
    signers: t.field({ type: [Signer], resolve: ({ incident }) => signersOf(incident) }),
  }),
});

const SigningRefused = builder.objectRef<Refused>('SigningRefused').implement({
  fields: (t) => ({
    code: t.exposeString('refused'),
    reason: t.string({ args: { language: t.arg({ type: LanguageEnum, required: true }) }, description: 'In words fit for the screen', resolve: (row, { language }) => refusalInWords(row, language) }),
    at: t.field({ type: 'DateTime', nullable: true, description: 'When the link expired, or the document was signed', resolve: ({ atMs }) => isoOrNull(atMs ?? null) }),
  }),
});

const SigningResult = builder.unionType('SigningResult', {
  types: [SigningRequest, SigningRefused],
  resolveType: (outcome) => ('refused' in outcome ? SigningRefused : SigningRequest),
});

builder.queryField('signingRequest', (t) => t.field({
  type: SigningResult,
  complexity: { field: 100, multiplier: 1 },
  description: 'Needs the link alone, and no other right',
  args: { token: t.arg.string({ required: true }) },
  resolve: (_root, { token }, context) => requestOf(token, context),
}));

builder.mutationField('signDocument', (t) => t.field({
  type: SigningResult,
  complexity: { field: 500, multiplier: 1 },
  description: 'Signs the document that was shown. Another one, an expired link, or a second time is refused',
  args: { token: t.arg.string({ required: true }), typedName: t.arg.string({ required: true }), sha256: t.arg.string({ required: true, description: 'As the request said' }) },
  resolve: async (_root, { token, typedName, sha256 }, context): Promise<Outcome> => {
    const request = await requestOf(token, context);
    if ('refused' in request || !context.incidents) return request;
    if (typedName.trim() === '') return { refused: 'invalid' };
    const signed = await context.incidents.store.incidents.signByToken(token, { typedName, sha256, address: context.address, atMs: context.clock.nowMs() });
    return signed.ok ? { incident: signed.incident, link: { ...request.link, signedAtMs: context.clock.nowMs() } } : refusedBy(signed);
  },
}));

async function requestOf(token: string, { incidents, clock }: Pick<ApiContext, 'incidents' | 'clock'>): Promise<Outcome> {
  if (!incidents) return { refused: 'unknown-link-to-sign' };
  const link = await openLink(token, incidents, clock.nowMs());
  if ('refused' in link) return link;
  const incident = await incidents.store.incidents.get(link.incident);
  return incident ? { link, incident } : { refused: 'unknown-link-to-sign' };
}

function signersOf(incident: IncidentRow): { name: string; party: 'site' | 'client' | 'vendor'; signedAtMs: number | null }[] {
  const { signers, signatures } = incident.document ?? { signers: [], signatures: [] };
  return personsOf(incident, signers).map(({ id, name, party }) => ({ name, party, signedAtMs: signatures.find(({ person }) => person === id)?.atMs ?? null }));
}
