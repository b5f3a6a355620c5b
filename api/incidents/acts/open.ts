import { incidentBodySchema } from '../../../warehouse/operational/incidents/events.ts';
import { builder } from '../../builder.ts';
import type { ApiContext } from '../../context.ts';
import { complaintOf, type Complaint } from '../complaint.ts';
import { refusedBy } from '../refusals.ts';
import { IncidentActResult, type ActOutcome } from '../types/act-result.ts';
import { SeverityEnum } from '../types/enums.ts';
import { ACT_ARGS } from './args.ts';
import { AffectsInput } from './inputs.ts';
import { openingOf } from './opening.ts';
import { actOf, mayAffect } from './perform.ts';

builder.mutationField('openIncident', (t) => t.field({
  type: IncidentActResult,
  description: 'By a person. `at` is when it was detected; what is left out is as the catalogue says for its type',
  args: {
    ...ACT_ARGS,
    type: t.arg.string({ required: true, description: 'As in `incidentTypes`' }),
    title: t.arg.string({ required: true }),
    description: t.arg.string({ required: true, defaultValue: '' }),
    severity: t.arg({ type: SeverityEnum }),
    startedAt: t.arg({ type: 'DateTime', description: 'When the trouble began, if that is known' }),
    affects: t.arg({ type: AffectsInput }),
    targetMinutes: t.arg.float(),
  },
  resolve: (_root, args, context) => open(args, context),
}));

interface Given {
  id?: string | null; at?: string | null; type: string; title: string; description: string; startedAt?: string | null; targetMinutes?: number | null;
  severity?: typeof SeverityEnum.$inferType | null; affects?: typeof AffectsInput.$inferInput | null;
}

async function open({ id, at, type: slug, title, description, severity, startedAt, affects, targetMinutes }: Given, context: ApiContext): Promise<ActOutcome> {
  const refuse = (refused: Extract<ActOutcome, { refused: string }>['refused'], detail?: Complaint): ActOutcome => ({ refused, incident: null, ...(detail === undefined ? {} : { detail }) });
  if (!context.incidents) return refuse('unknown-type');
  const nowMs = context.clock.nowMs();
  const act = actOf({ id, at }, nowMs);
  if ('refused' in act) return { ...act, incident: null };
  const type = (await context.loaders.incidents.frame()).types.get(slug);
  if (!type || type.retired) return refuse('unknown-type');
  const { data: body, error } = incidentBodySchema.safeParse(openingOf(type, { title, description, severity, affects, targetMinutes, startedAtMs: startedAt == null ? null : Date.parse(startedAt) }, act.atMs, nowMs));
  if (!body) return refuse('invalid', complaintOf(error));
  if (body.kind === 'opened' && !mayAffect(body.affects, act.atMs, context)) return refuse('out-of-sight');
  const answer = await context.incidents.store.incidents.open({ ...act, by: context.viewer.name, body });
  return answer.ok ? { done: act.id, incident: answer.incident } : { ...refusedBy(answer), incident: null };
}
