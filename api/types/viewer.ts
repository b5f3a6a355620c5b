import { builder } from '../builder.ts';
import type { Viewer as Row } from '../viewer.ts';

const Viewer = builder.objectRef<Row>('Viewer').implement({
  fields: (t) => ({
    name: t.exposeString('name'),
    tenants: t.stringList({ description: 'Empty = all', resolve: ({ scope }) => (scope.tenants === 'all' ? [] : scope.tenants) }),
  }),
});

builder.queryField('viewer', (t) => t.field({ type: Viewer, resolve: (_root, _args, { viewer }) => viewer }));
