import { builder } from '../builder.ts';
import type { ComparedActivity, Deviation } from '../plan/adherence.ts';
import { DeviationKindEnum, PlannedKindEnum } from './enums.ts';

/** A handover of seconds is nobody's fault. */
const SHORTEST_TOLD_MS = 60_000;

const DeviationRef = builder.objectRef<Deviation>('Deviation').implement({
  description: 'How an agent left the plan',
  fields: (t) => ({
    kind: t.expose('kind', { type: DeviationKindEnum }),
    startedAt: t.field({ type: 'DateTime', resolve: ({ fromMs }) => new Date(fromMs).toISOString() }),
    endedAt: t.field({ type: 'DateTime', resolve: ({ toMs }) => new Date(toMs).toISOString() }),
    seconds: t.int({ resolve: ({ fromMs, toMs }) => Math.floor((toMs - fromMs) / 1000) }),
  }),
});

export const PlannedActivityRef = builder.objectRef<ComparedActivity>('PlannedActivity').implement({
  description: 'A stretch of a planned shift',
  fields: (t) => ({
    kind: t.expose('kind', { type: PlannedKindEnum }),
    reason: t.exposeString('reason', { description: "The planned pause's reason code" }),
    startsAt: t.field({ type: 'DateTime', resolve: ({ fromMs }) => new Date(fromMs).toISOString() }),
    endsAt: t.field({ type: 'DateTime', resolve: ({ toMs }) => new Date(toMs).toISOString() }),
    deviations: t.field({
      type: [DeviationRef],
      complexity: { multiplier: 1 },
      description: 'Up to now, of a minute or more',
      resolve: ({ deviations }) => deviations.filter(({ fromMs, toMs }) => toMs - fromMs >= SHORTEST_TOLD_MS),
    }),
  }),
});
