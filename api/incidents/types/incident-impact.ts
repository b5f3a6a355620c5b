import { IMPACT_GAPS, WEEK_FATES, type Impact, type Part } from '../../../warehouse/incidents/impact.ts';
import { builder } from '../../builder.ts';
import { shouted } from '../../types/enums.ts';
import { iso } from '../instants.ts';

const ImpactGapEnum = builder.enumType('ImpactGap', { description: 'Why a part of the impact is not known', values: shouted(IMPACT_GAPS) });
const WeekFateEnum = builder.enumType('ComparedWeekFate', { description: 'NO_CALLS: a holiday, or before all history', values: shouted(WEEK_FATES) });

type ValueOf<Key extends 'calls' | 'abandons' | 'agents' | 'serviceLevel'> = NonNullable<Impact[Key]['value']>;

const ComparedWeek = builder.objectRef<Impact['weeks'][number]>('ComparedWeek').implement({
  fields: (t) => ({
    from: t.field({ type: 'DateTime', resolve: ({ fromMs }) => iso(fromMs) }),
    to: t.field({ type: 'DateTime', resolve: ({ toMs }) => iso(toMs) }),
    fate: t.expose('fate', { type: WeekFateEnum }),
  }),
});
const ImpactCalls = builder.objectRef<ValueOf<'calls'>>('ImpactCalls').implement({
  fields: (t) => ({ expected: t.exposeFloat('expected'), offered: t.exposeInt('offered'), lost: t.exposeFloat('lost', { description: 'Expected and not offered; never below 0' }) }),
});
const ImpactAbandons = builder.objectRef<ValueOf<'abandons'>>('ImpactAbandons').implement({
  fields: (t) => ({ expected: t.exposeFloat('expected', { description: 'The ratio of the weeks before on the calls that there were' }), abandoned: t.exposeInt('abandoned'), extra: t.exposeFloat('extra') }),
});
const ImpactAgents = builder.objectRef<ValueOf<'agents'>>('ImpactAgents').implement({
  fields: (t) => ({
    expectedSeconds: t.exposeFloat('expectedSeconds', { description: 'Logged in' }), loggedSeconds: t.exposeFloat('loggedSeconds'), lostSeconds: t.exposeFloat('lostSeconds'),
    expectedBusySeconds: t.exposeFloat('expectedBusySeconds', { description: 'In talk, hold and after-call work' }), busySeconds: t.exposeFloat('busySeconds'),
  }),
});
const ImpactServiceLevel = builder.objectRef<ValueOf<'serviceLevel'>>('ImpactServiceLevel').implement({
  fields: (t) => ({
    interval: t.exposeFloat('interval', { nullable: true }), intervalExpected: t.exposeFloat('intervalExpected', { nullable: true }),
    day: t.exposeFloat('day', { nullable: true, description: 'Of the local days that it touched' }), dayWithout: t.exposeFloat('dayWithout', { nullable: true, description: 'The same with the expected calls in its place' }),
  }),
});

/** What an incident did, measured. */
export const IncidentImpact = builder.objectRef<Impact>('IncidentImpact').implement({
  description: 'Against the median of the same quarter-hours of the four weeks before; a part that is not known says why',
  fields: (t) => {
    const gap = (part: (impact: Impact) => Part<unknown>) => t.field({ type: ImpactGapEnum, nullable: true, resolve: (impact) => part(impact).gap });
    return {
      from: t.field({ type: 'DateTime', description: 'Whole quarter-hours around the trouble', resolve: ({ fromMs }) => iso(fromMs) }),
      to: t.field({ type: 'DateTime', resolve: ({ toMs }) => iso(toMs) }),
      running: t.exposeBoolean('running', { description: 'Not over: all of this is up to now' }),
      zone: t.exposeString('zone'),
      dataAt: t.field({ type: 'DateTime', nullable: true, resolve: ({ dataAt }) => dataAt }),
      weeks: t.expose('weeks', { type: [ComparedWeek], complexity: { multiplier: 4 } }),
      calls: t.field({ type: ImpactCalls, nullable: true, resolve: ({ calls }) => calls.value }),
      callsGap: gap(({ calls }) => calls),
      abandons: t.field({ type: ImpactAbandons, nullable: true, resolve: ({ abandons }) => abandons.value }),
      abandonsGap: gap(({ abandons }) => abandons),
      agents: t.field({ type: ImpactAgents, nullable: true, resolve: ({ agents }) => agents.value }),
      agentsGap: gap(({ agents }) => agents),
      serviceLevel: t.field({ type: ImpactServiceLevel, nullable: true, resolve: ({ serviceLevel }) => serviceLevel.value }),
      serviceLevelGap: gap(({ serviceLevel }) => serviceLevel),
    };
  },
});
