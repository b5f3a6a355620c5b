import { zoneOf } from '../../../warehouse/operational/incidents/zone-of.ts';
import type { Person } from '../../../warehouse/operational/incidents/events.ts';
import type { Incident } from '../../../warehouse/operational/incidents/incident.ts';
import type { Refusal } from '../../../warehouse/operational/incidents/refusal.ts';
import { builder } from '../../builder.ts';
import type { ApiContext } from '../../context.ts';
import { incidentOf } from '../find.ts';
import { impactOf } from '../impact-of.ts';
import { personsOf } from '../persons.ts';
import type { NotPrinted, ReportPort } from '../../ports.ts';
import { refusedBy, type Refused } from '../refusals.ts';
import { seesAll } from '../sight.ts';
import { IncidentActResult, type ActOutcome } from '../types/act-result.ts';
import { INCIDENT_ARGS } from './args.ts';
import { actOf, type Act } from './perform.ts';

/** The end of an incident: its report, and the links to sign it. */
builder.mutationFields((t) => {
  const id = t.arg.string({ description: 'A uuid that the client makes: sent twice, it is done once' });
  return {
    makeIncidentReport: t.field({
      type: IncidentActResult,
      complexity: { field: 10_000, multiplier: 1 },
      description: 'Prints the final report as PDF and keeps it, to be signed by those who sign. It takes the place of an earlier one, whose signatures are gone',
      args: { ...INCIDENT_ARGS, id },
      resolve: (_root, { incident: number, id: given }, context) => act(number, given, context, async (incident, { id: uuid, atMs }, reports) => {
        if (incident.resolvedAtMs === null) return { refused: 'not-resolved' };
        const signers = incident.persons.filter(({ signs }) => signs);
        if (signers.length === 0) return { refused: 'no-signers' };
        const zone = zoneOf(incident, context.directory.configuration());
        return reports.make(incident, { signers, impact: await impactOf(incident, zone, context), zone }, { id: uuid, atMs, by: context.viewer.name });
      }),
    }),
    sendSignatureLinks: t.field({
      type: IncidentActResult,
      complexity: { field: 1000, multiplier: 1 },
      description: 'Sends a personal link to everybody who has not signed the report, or to these of them only. A link that was sent before is good no more',
      args: { ...INCIDENT_ARGS, id, persons: t.arg.stringList({ description: 'Ids; default: all who have not signed' }) },
      resolve: (_root, { incident: number, id: given, persons }, context) => act(number, given, context, async (incident, { id: uuid, atMs }, reports) => {
        const { document } = incident;
        if (!document) return { refused: 'unknown-document' };
        const asked = [...new Set(persons ?? document.signers)];
        if (asked.some((person) => !document.signers.includes(person))) return { refused: 'not-a-signer' };
        const missing = personsOf(incident, asked).filter((person) => !document.signatures.some((signature) => signature.person === person.id));
        if (missing.length === 0) return { refused: 'already-signed' };
        const withoutAddress = missing.filter(({ email }) => email === null);
        if (withoutAddress.length > 0) return { refused: 'no-address', detail: withoutAddress.map(({ name }) => name).join(', ') };
        return reports.sendLinks(incident, missing.filter(hasAddress), { id: uuid, atMs, by: context.viewer.name });
      }),
    }),
  };
});

type Answer = Refused | { ok: true; incident: Incident } | Refusal | NotPrinted;

async function act(number: number, id: string | null | undefined, context: ApiContext, work: (incident: Incident, act: Act, reports: ReportPort) => Promise<Answer>): Promise<ActOutcome> {
  const incident = await incidentOf(number, context);
  if (!incident || !context.incidents) return { refused: 'unknown-incident', incident: null };
  const { reports } = context.incidents;
  if (!reports) return { refused: 'no-reports', incident };
  // It tells everything of the incident, to all parties.
  if (!seesAll(context)) return { refused: 'out-of-sight', incident };
  const done = actOf({ id }, context.clock.nowMs());
  if ('refused' in done) return { ...done, incident };
  // Sent again: it was done, whatever has happened since.
  if (incident.timeline.some((event) => event.id === done.id)) return { done: done.id, incident };
  const answer = await work(incident, done, reports);
  const { byNumber } = context.loaders.incidents;
  byNumber.clear(number);
  if ('refused' in answer) return { ...answer, incident };
  if (answer.ok) {
    byNumber.prime(number, answer.incident);
    return { done: done.id, incident: answer.incident };
  }
  const refused = 'by' in answer ? refusedBy(answer) : { refused: answer.code, ...(answer.code === 'not-printed' ? { detail: { fr: '', en: answer.reason } } : {}) };
  return { ...refused, incident: await incidentOf(number, context) };
}

function hasAddress(person: Person): person is Person & { email: string } {
  return person.email !== null;
}
