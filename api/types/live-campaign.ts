import type { BoardCampaign } from '../live/board.ts';
import { builder } from '../builder.ts';
import { DirectionEnum } from './enums.ts';
import { LiveDialer } from './live-dialer.ts';

export const LiveCampaign = builder.objectRef<BoardCampaign>('LiveCampaign').implement({
  fields: (t) => ({
    campaign: t.exposeString('campaign'),
    name: t.exposeString('name'),
    tenant: t.exposeString('tenant'),
    direction: t.expose('direction', { type: DirectionEnum }),
    callsInProgress: t.exposeInt('callsInProgress'),
    inIvr: t.exposeInt('inIvr'),
    inQueue: t.exposeInt('inQueue'),
    withAgent: t.exposeInt('withAgent'),
    dialer: t.expose('dialer', { type: LiveDialer, nullable: true, description: 'Of a campaign that dials' }),
  }),
});
