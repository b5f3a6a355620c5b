import type { LiveGateway as Row } from '../../telephony/live.ts';
import { builder } from '../builder.ts';

export const LiveGateway = builder.objectRef<Row>('LiveGateway').implement({
  fields: (t) => ({
    gateway: t.exposeString('gateway'),
    site: t.exposeString('site'),
    channels: t.exposeInt('channels'),
    busyChannels: t.exposeInt('busyChannels'),
    refused: t.exposeInt('refused', { description: 'Calls refused because all channels were busy, since the core started' }),
  }),
});
