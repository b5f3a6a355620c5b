import { builder } from './builder.ts';
import './types/scalars.ts';
import './types/measure.ts';
import './types/kpi.ts';
import './types/call.ts';
import './types/call-connection.ts';
import './types/agent-lane.ts';
import './types/tenant.ts';
import './types/site.ts';
import './types/team.ts';
import './types/queue.ts';
import './types/agent.ts';
import './types/campaign.ts';
import './types/pause-reason.ts';
import './types/status.ts';
import './types/freshness.ts';
import './types/configuration-mark.ts';
import './types/viewer.ts';
import './types/live-board.ts';
import './types/study.ts';
import './commands/agent-commands.ts';
import './commands/contact-commands.ts';
import './commands/dialing-commands.ts';
import './commands/supervisor-commands.ts';
import './commands/transfer.ts';

/** The whole schema; `schema.graphql` is its printed form. */
export const schema = builder.toSchema();
