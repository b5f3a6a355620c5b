import { builder } from '../builder.ts';
import type { BoardDialer, BoardDialingMinute, BoardRecent } from '../live/board-dialer.ts';
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

const NuisanceWindow = builder.objectRef<BoardDialer['nuisanceWindows'][number]>('NuisanceWindow').implement({
  description: 'Nuisance calls in the hours that end now, under earlier runs of the core too',
  fields: (t) => ({
    hours: t.exposeFloat('hours'),
    nuisance: t.exposeInt('nuisance'),
    passed: t.exposeInt('passed', { description: 'To an agent' }),
    share: t.exposeFloat('share', { nullable: true, description: 'nuisance / (nuisance + passed); null = nobody answered' }),
  }),
});

const RecentDialing = builder.objectRef<BoardRecent>('RecentDialing').implement({
  fields: (t) => ({
    dialsPerMinute: t.exposeFloat('dialsPerMinute'),
    answerShare: t.exposeFloat('answerShare', { nullable: true, description: 'Persons over dials' }),
    talkMinutesPerHour: t.exposeFloat('talkMinutesPerHour', { nullable: true }),
    readyAgents: t.exposeFloat('readyAgents', { description: 'Idle, on average' }),
  }),
});

const DialingMinute = builder.objectRef<BoardDialingMinute>('DialingMinute').implement({
  description: 'Agents and lines are means over it',
  fields: (t) => ({
    at: t.expose('at', { type: 'DateTime' }),
    dialed: t.exposeInt('dialed'),
    persons: t.exposeInt('persons'),
    passed: t.exposeInt('passed'),
    nuisance: t.exposeInt('nuisance'),
    machines: t.exposeInt('machines'),
    agents: t.exposeFloat('agents'),
    readyAgents: t.exposeFloat('readyAgents'),
    lines: t.exposeFloat('lines'),
    talkSeconds: t.exposeInt('talkSeconds'),
  }),
});

export const LiveDialer = builder.objectRef<BoardDialer>('LiveDialer').implement({
  description: 'How a campaign dials at this moment; counts are since the core started',
  fields: (t) => ({
    mode: t.expose('mode', { type: DialingModeEnum }),
    state: t.expose('state', { type: DialingStateEnum }),
    nuisanceLimit: t.exposeFloat('nuisanceLimit'),
    ringSeconds: t.exposeFloat('ringSeconds'),
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
    nuisanceWindows: t.expose('nuisanceWindows', { type: [NuisanceWindow], complexity: { multiplier: 4 } }),
    contactsOpen: t.exposeInt('contactsOpen', { nullable: true, description: 'Of its files, not finished, those that must wait included' }),
    fileEndsAt: t.expose('fileEndsAt', { type: 'DateTime', nullable: true, description: 'When no contact is left if it goes on, within its hours and but for holidays, as in the last half hour of calling; null = nobody can say' }),
    talkMinutesPerHour: t.exposeFloat('talkMinutesPerHour', { nullable: true, description: 'Of its agents, while it dialed, since the core started' }),
    recent: t.expose('recent', { type: RecentDialing, nullable: true, description: 'The last half hour of dialing' }),
    paceTrend: t.exposeIntList('paceTrend', { complexity: 1, description: 'Numbers dialed by minute in that half hour, oldest first' }),
    history: t.expose('history', { type: [DialingMinute], complexity: { multiplier: 60 }, description: 'The last hour by minute, oldest first; minutes without dialing are left out' }),
    why: t.expose('why', { type: PacingReason, nullable: true, description: "The pacing's last decision; null = it does not pace" }),
  }),
});
