import type { Incident } from '../../../warehouse/operational/incidents/incident.ts';
import { LONG_STEPS, type LongStep } from '../../../warehouse/operational/incidents/long-interruption.ts';
import { builder } from '../../builder.ts';
import { LanguageEnum, shouted } from '../../types/enums.ts';
import { iso, isoOrNull } from '../instants.ts';
import { LongCauseEnum } from './enums.ts';

type Row = NonNullable<Incident['long']>;

const PhaseEnum = builder.enumType('InterruptionPhase', { values: shouted(['safety', 'second-platform', 'return']) });

const InterruptionStep = builder.objectRef<{ step: LongStep; dueAtMs: number; done: Row['steps'][number] | null }>('InterruptionStep').implement({
  fields: (t) => ({
    step: t.string({ resolve: ({ step }) => step.id }),
    phase: t.field({ type: PhaseEnum, resolve: ({ step }) => step.phase }),
    label: t.string({ args: { language: t.arg({ type: LanguageEnum, required: true }) }, resolve: ({ step }, { language }) => step[language] }),
    plannedAt: t.field({ type: 'DateTime', resolve: ({ dueAtMs }) => iso(dueAtMs) }),
    doneAt: t.field({ type: 'DateTime', nullable: true, resolve: ({ done }) => isoOrNull(done?.doneAtMs ?? null) }),
    by: t.string({ nullable: true, resolve: ({ done }) => done?.by ?? null }),
    note: t.string({ nullable: true, resolve: ({ done }) => done?.note ?? null }),
    overdue: t.boolean({ description: 'Not done, or done later than planned', resolve: ({ dueAtMs, done }, _args, { clock }) => (done?.doneAtMs ?? clock.nowMs()) > dueAtMs }),
  }),
});

const InterruptionProgress = builder.objectRef<Row['progress'][number]>('InterruptionProgress').implement({
  description: "What was told to the client's IT",
  fields: (t) => ({
    id: t.exposeString('id'),
    at: t.field({ type: 'DateTime', resolve: ({ atMs }) => iso(atMs) }),
    by: t.exposeString('by'),
    text: t.exposeString('text'),
  }),
});

export const LongInterruption = builder.objectRef<Row>('LongInterruption').implement({
  description: '24 to 72 hours without the platform',
  fields: (t) => ({
    declaredAt: t.field({ type: 'DateTime', resolve: ({ declaredAtMs }) => iso(declaredAtMs) }),
    cause: t.expose('cause', { type: LongCauseEnum }),
    steps: t.field({ type: [InterruptionStep], complexity: { multiplier: 16 }, description: 'Of the procedure, in order', resolve: stepsOf }),
    progress: t.expose('progress', { type: [InterruptionProgress], complexity: { multiplier: 10 } }),
    progressDueAt: t.field({ type: 'DateTime', description: "When the client's IT expects the next report", resolve: async ({ declaredAtMs, progress }, _args, { loaders }) => {
      const { settings } = await loaders.incidents.frame();
      return iso(progress.reduce((last, { atMs }) => Math.max(last, atMs), declaredAtMs) + settings.progressHours * 3_600_000);
    } }),
  }),
});

function stepsOf({ declaredAtMs, steps }: Row): { step: LongStep; dueAtMs: number; done: Row['steps'][number] | null }[] {
  return LONG_STEPS.map((step) => ({ step, dueAtMs: declaredAtMs + step.plannedMinutes * 60_000, done: steps.find((each) => each.step === step.id) ?? null }));
}
