import { builder } from '../../builder.ts';

/** Every act takes these. */
export const ACT_ARGS = builder.args((t) => ({
  id: t.string({ description: 'A uuid that the client makes: sent twice, the act is done once' }),
  at: t.field({ type: 'DateTime', description: 'When it happened; default: now. Never in the future' }),
}));

export const INCIDENT_ARGS = builder.args((t) => ({ incident: t.int({ required: true }) }));
