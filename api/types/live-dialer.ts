import { builder } from '../builder.ts';
import type { BoardDialer } from '../live/board-dialer.ts';
import { DialingModeEnum, DialingStateEnum, PacingBoundEnum } from './enums.ts';

const DialerAgents = builder.objectRef<BoardDialer['agents']>('DialerAgents').implement({
  description: "Agents with the skill for the campaign's queue, by what they do; talks and wrap-ups of other campaigns are `busy`",
  fields: (t) => ({
    ready: t.exposeInt('ready'),
    preview: t.exposeInt('preview'),
    dialing: t.exposeInt('dialing'),
    talking: t.exposeInt('talking'),
    wrapup: t.exposeInt('wrapup'),
    busy: t.exposeInt('busy'),
    pause: t.exposeInt('pause'),
  }),
});

const share = { nullable: true } as const;

const PacingReason = builder.objectRef<NonNullable<BoardDialer['why']>>('PacingReason').implement({
  description: 'The last decision explained: what was estimated, what is expected of it, what bounded it; null = this mode does not estimate it',
  fields: (t) => ({
    bound: t.expose('bound', { type: PacingBoundEnum, description: 'The rule that fixed the number' }),
    level: t.exposeFloat('level', { description: 'Dials in flight and persons waiting per agent, after the decision' }),
    ready: t.exposeInt('ready'),
    ringing: t.exposeInt('ringing', { description: 'Dials in flight before the decision' }),
    answerShare: t.exposeFloat('answerShare', { ...share, description: 'Share of dials that a person answers, as used' }),
    answerSeconds: t.exposeFloat('answerSeconds', share),
    talkSeconds: t.exposeFloat('talkSeconds', share),
    wrapupSeconds: t.exposeFloat('wrapupSeconds', share),
    horizonSeconds: t.exposeFloat('horizonSeconds', share),
    expectedAnswers: t.exposeFloat('expectedAnswers', { ...share, description: 'Persons expected to answer within the horizon' }),
    expectedFree: t.exposeFloat('expectedFree', { ...share, description: 'Agents expected to become free within the horizon' }),
    expectedDrops: t.exposeFloat('expectedDrops', share),
    expectedIdle: t.exposeFloat('expectedIdle', share),
    risk: t.exposeFloat('risk', { ...share, description: 'That the answer of the last number dialed finds nobody' }),
    riskAllowed: t.exposeFloat('riskAllowed', share),
    nuisanceLeft: t.exposeFloat('nuisanceLeft', { ...share, description: 'Nuisance calls that the tightest window still allows' }),
  }),
});

export const LiveDialer = builder.objectRef<BoardDialer>('LiveDialer').implement({
  description: 'How a campaign dials at this moment; counts are since the core started',
  fields: (t) => ({
    mode: t.expose('mode', { type: DialingModeEnum }),
    state: t.expose('state', { type: DialingStateEnum }),
    nuisanceLimit: t.exposeFloat('nuisanceLimit'),
    maximumLines: t.exposeInt('maximumLines', { nullable: true, description: "null = as many as the site's gateways have" }),
    agents: t.expose('agents', { type: DialerAgents }),
    lines: t.exposeInt('lines', { description: 'Calls that hold a line, talks included' }),
    ringing: t.exposeInt('ringing', { description: 'Dials of which nobody knows yet who answers' }),
    contactsLeft: t.exposeInt('contactsLeft', { description: 'May be dialed now, as far as the core knows' }),
    dialed: t.exposeInt('dialed'),
    persons: t.exposeInt('persons'),
    passed: t.exposeInt('passed'),
    nuisance: t.exposeInt('nuisance'),
    machines: t.exposeInt('machines'),
    why: t.expose('why', { type: PacingReason, nullable: true, description: "The pacing's last decision; null = it does not pace" }),
  }),
});
