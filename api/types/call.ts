import type { CallDetail, CallSummary } from '../../warehouse/warehouse.ts';
import { builder } from '../builder.ts';
import type { ApiContext } from '../context.ts';
import { tell } from '../warehouse-errors.ts';
import { AgentStateSpan } from './agent-state-span.ts';
import { CallLeg } from './call-leg.ts';
import { CallFateEnum, DialResultEnum, DirectionEnum, LanguageEnum } from './enums.ts';

/** What a call costs beyond its summary: one more question to the warehouse. */
const DETAIL = 20;

export const Call = builder.objectRef<CallSummary | CallDetail>('Call').implement({
  description: 'One call. The fields from `called` on load once per call, for all of them together.',
  fields: (t) => ({
    tenant: t.exposeString('tenant'),
    callId: t.exposeString('callId'),
    startedAt: t.expose('startedAt', { type: 'DateTime' }),
    direction: t.expose('direction', { type: DirectionEnum }),
    medium: t.exposeString('medium'),
    site: t.exposeString('site'),
    siteZone: t.exposeString('siteZone'),
    campaign: t.exposeString('campaign'),
    campaignName: t.exposeString('campaignName'),
    queue: t.exposeString('queue'),
    queueName: t.exposeString('queueName'),
    agent: t.exposeString('agent'),
    agentName: t.exposeString('agentName'),
    caller: t.exposeString('caller'),
    fate: t.expose('fate', { type: CallFateEnum }),
    dialed: t.exposeString('dialed', { description: 'The number of an outbound call' }),
    result: t.expose('result', { type: DialResultEnum, nullable: true, description: 'Of an outbound call' }),
    messagePlayed: t.exposeBoolean('messagePlayed', { description: 'To a person who was dialed and for whom no agent came' }),
    waitSeconds: t.exposeInt('waitSeconds'),
    talkSeconds: t.exposeInt('talkSeconds'),
    wrapupSeconds: t.exposeInt('wrapupSeconds'),
    durationSeconds: t.exposeInt('durationSeconds'),
    inTarget: t.exposeBoolean('inTarget', { nullable: true }),
    targetSeconds: t.exposeInt('targetSeconds', { nullable: true }),
    transferred: t.exposeBoolean('transferred'),
    statusGroup: t.exposeInt('statusGroup', { nullable: true }),
    statusNum: t.exposeInt('statusNum', { nullable: true }),
    statusDetail: t.exposeInt('statusDetail', { nullable: true }),
    status: t.string({
      args: { language: t.arg({ type: LanguageEnum, required: true }) },
      resolve: (call, { language }) => (language === 'fr' ? call.statusFr : call.statusEn),
    }),
    called: t.string({ nullable: true, complexity: DETAIL, resolve: async (call, _args, context) => (await detail(call, context))?.called }),
    ivrSeconds: t.int({ nullable: true, complexity: DETAIL, resolve: async (call, _args, context) => (await detail(call, context))?.ivrSeconds }),
    firstIvr: t.string({ nullable: true, complexity: DETAIL, resolve: async (call, _args, context) => (await detail(call, context))?.firstIvr }),
    lastIvr: t.string({ nullable: true, complexity: DETAIL, resolve: async (call, _args, context) => (await detail(call, context))?.lastIvr }),
    endedByAgent: t.boolean({ nullable: true, complexity: DETAIL, resolve: async (call, _args, context) => (await detail(call, context))?.endedByAgent }),
    legs: t.field({ type: [CallLeg], complexity: { field: DETAIL, multiplier: 3 }, resolve: async (call, _args, context) => (await detail(call, context))?.legs ?? [] }),
    states: t.field({
      type: [AgentStateSpan],
      description: 'Agent states that carry this call',
      complexity: { field: DETAIL, multiplier: 5 },
      resolve: async (call, _args, context) => (await detail(call, context))?.states ?? [],
    }),
    row: t.field({
      type: 'JSON',
      nullable: true,
      description: 'Every column of the row by its Hermes name, and the unknown ones that were kept',
      complexity: DETAIL,
      resolve: async (call, _args, context) => (await detail(call, context))?.row,
    }),
  }),
});

builder.queryField('call', (t) =>
  t.field({
    type: Call,
    nullable: true,
    complexity: { field: 5, multiplier: 1 },
    args: { tenant: t.arg.string({ required: true }), callId: t.arg.string({ required: true }) },
    resolve: (_root, { tenant, callId }, { loaders }) => tell(loaders.call.load({ tenant, callId })),
  }),
);

/** Null when the call left the warehouse in between. */
function detail(call: CallSummary | CallDetail, { loaders }: ApiContext): CallDetail | Promise<CallDetail | null> {
  return 'legs' in call ? call : loaders.call.load({ tenant: call.tenant, callId: call.callId, startedAt: call.startedAt });
}
