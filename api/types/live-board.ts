import { GraphQLError } from 'graphql';
import { builder } from '../builder.ts';
import type { Board, FiguresTrouble as Trouble, MinuteFlow as Flow } from '../live/board.ts';
import { isZone } from '../live/day.ts';
import { StripIncident } from '../incidents/types/incident-strip.ts';
import { asPublished } from '../live/projection.ts';
import { FiguresTroubleKindEnum } from './enums.ts';
import { LiveAgent } from './live-agent.ts';
import { LiveCampaign } from './live-campaign.ts';
import { LiveGateway } from './live-gateway.ts';
import { LiveMessage } from './live-message.ts';
import { LiveQueue } from './live-queue.ts';
import { LiveTotals } from './live-totals.ts';

const MAX_IDS = 1000;

const MinuteFlow = builder.objectRef<Flow>('MinuteFlow').implement({
  fields: (t) => ({
    at: t.expose('at', { type: 'DateTime' }),
    offered: t.exposeInt('offered'),
    answered: t.exposeInt('answered'),
    abandoned: t.exposeInt('abandoned'),
  }),
});

const FiguresTrouble = builder.objectRef<Trouble>('FiguresTrouble').implement({
  fields: (t) => ({
    kind: t.expose('kind', { type: FiguresTroubleKindEnum }),
    since: t.expose('since', { type: 'DateTime', nullable: true, description: "The figures' last instant; null = they were never read" }),
  }),
});

const LiveBoard = builder.objectRef<Board>('LiveBoard').implement({
  fields: (t) => ({
    at: t.expose('at', { type: 'DateTime' }),
    coreAt: t.expose('coreAt', { type: 'DateTime', nullable: true, description: "The core's clock" }),
    dataAt: t.expose('dataAt', { type: 'DateTime', nullable: true, description: "Newest loaded event behind the day's figures" }),
    loadMark: t.exposeFloat('loadMark', { nullable: true, description: "The load mark behind the day's figures" }),
    zone: t.exposeString('zone', { description: 'Whose calendar day is shown' }),
    dayFrom: t.expose('dayFrom', { type: 'DateTime' }),
    connected: t.exposeBoolean('connected', { description: 'False while the core is away: the live state is old' }),
    totals: t.expose('totals', { type: LiveTotals }),
    queues: t.expose('queues', { type: [LiveQueue], complexity: { multiplier: 20 } }),
    agents: t.expose('agents', { type: [LiveAgent], complexity: { multiplier: 100 } }),
    campaigns: t.expose('campaigns', { type: [LiveCampaign] }),
    gateways: t.expose('gateways', { type: [LiveGateway] }),
    messages: t.expose('messages', { type: [LiveMessage], complexity: { multiplier: 50 } }),
    lastHour: t.expose('lastHour', { type: [MinuteFlow], description: 'By minute, oldest first', complexity: { multiplier: 60 } }),
    historyFrom: t.expose('historyFrom', { type: 'DateTime', nullable: true }),
    figuresTrouble: t.expose('figuresTrouble', { type: FiguresTrouble, nullable: true, description: "Why the day's figures cannot be read; those of before are shown" }),
    incidents: t.expose('incidents', { type: [StripIncident], complexity: { multiplier: 5 }, description: 'Open ones, the gravest first: as `incidentStrip`, without a connection of its own' }),
    configurationMark: t.exposeString('configurationMark', { description: 'As `Query.configurationMark`: when it differs from the one that came with names and rules, these are to be asked again' }),
  }),
});

const LiveFilterInput = builder.inputType('LiveFilter', {
  fields: (t) => ({
    tenant: t.stringList(),
    site: t.stringList(),
    queue: t.stringList(),
    team: t.stringList(),
    campaign: t.stringList({ description: 'Narrows the campaigns, and nothing else' }),
    zone: t.string({ description: "IANA; default: the site's, with several sites the tenant's" }),
  }),
});

builder.subscriptionField('live', (t) =>
  t.field({
    type: LiveBoard,
    description: 'The board at each change of the floor, and every second',
    complexity: { field: 100, multiplier: 1 },
    args: { filter: t.arg({ type: LiveFilterInput }) },
    subscribe: (_root, { filter }, { boards, viewer }) => {
      if (filter?.zone && !isZone(filter.zone)) throw new GraphQLError('the zone is not an IANA time zone', { extensions: { code: 'INVALID_QUERY' } });
      if ([filter?.tenant, filter?.site, filter?.queue, filter?.team, filter?.campaign].some((ids) => ids && ids.length > MAX_IDS))
        throw new GraphQLError(`a filter takes at most ${MAX_IDS} ids`, { extensions: { code: 'INVALID_QUERY' } });
      return boards.watch(viewer.scope, filter ?? {});
    },
    resolve: asPublished<Board>,
  }),
);
