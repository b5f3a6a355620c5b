import type { Freshness as Age } from '../../warehouse/warehouse.ts';
import { builder } from '../builder.ts';

const Filling = builder.objectRef<{ daysDone: number; daysTotal: number }>('Filling').implement({
  fields: (t) => ({ daysDone: t.exposeInt('daysDone'), daysTotal: t.exposeInt('daysTotal') }),
});

const Freshness = builder.objectRef<Age>('Freshness').implement({
  description: 'How old the data is, and since when there is any',
  fields: (t) => ({
    dataAt: t.expose('dataAt', { type: 'DateTime', nullable: true, description: 'The newest event that is loaded' }),
    historyFrom: t.expose('historyFrom', { type: 'DateTime', nullable: true }),
    loadMark: t.exposeFloat('loadMark'),
    calls: t.exposeFloat('calls'),
    filling: t.field({ type: Filling, nullable: true, description: 'The first history while it is still being filled', resolve: (_age, _args, { progress }) => progress.filling() }),
    now: t.field({ type: 'DateTime', resolve: (_age, _args, { clock }) => new Date(clock.nowMs()).toISOString() }),
  }),
});

builder.queryField('freshness', (t) => t.field({ type: Freshness, complexity: { field: 5 }, resolve: (_root, _args, { warehouse, viewer }) => warehouse.freshness(viewer.scope) }));
