import type { BoardAgent } from '../live/board.ts';
import { builder } from '../builder.ts';
import { AgentStateEnum } from './enums.ts';

const PreviewField = builder.objectRef<NonNullable<BoardAgent['preview']>['fields'][number]>('PreviewField').implement({
  fields: (t) => ({ name: t.exposeString('name'), value: t.exposeString('value') }),
});

const LivePreview = builder.objectRef<NonNullable<BoardAgent['preview']>>('LivePreview').implement({
  description: 'The contact that is shown before it is dialed',
  fields: (t) => ({
    contact: t.exposeString('contact'),
    number: t.exposeString('number'),
    campaign: t.exposeString('campaign'),
    fields: t.expose('fields', { type: [PreviewField], complexity: { multiplier: 5 } }),
  }),
});

export const LiveAgent = builder.objectRef<BoardAgent>('LiveAgent').implement({
  fields: (t) => ({
    agent: t.exposeString('agent'),
    name: t.exposeString('name'),
    tenant: t.exposeString('tenant'),
    site: t.exposeString('site'),
    teams: t.exposeStringList('teams', { complexity: 1 }),
    state: t.expose('state', { type: AgentStateEnum }),
    since: t.expose('since', { type: 'DateTime' }),
    pauseReason: t.exposeString('pauseReason'),
    pendingPause: t.exposeString('pendingPause', { description: "Reason of the pause ordered for after the call in hand, '' = none" }),
    loggedInSince: t.expose('loggedInSince', { type: 'DateTime', nullable: true, description: 'Null = logged out' }),
    callId: t.exposeString('callId', { description: "The call in hand, '' = none" }),
    queue: t.exposeString('queue', { description: "The call's queue, '' = none" }),
    campaign: t.exposeString('campaign'),
    answeredToday: t.exposeInt('answeredToday'),
    arguedToday: t.exposeInt('arguedToday', { description: 'CA: argued contacts, positive ones included' }),
    positiveToday: t.exposeInt('positiveToday', { description: 'CP: positive contacts' }),
    recorded: t.exposeBoolean('recorded'),
    preview: t.expose('preview', { type: LivePreview, nullable: true }),
    listenedBy: t.exposeStringList('listenedBy', { complexity: 1 }),
  }),
});
