import { builder } from '../builder.ts';

builder.queryField('configurationMark', (t) =>
  t.string({
    description: 'Another text whenever names or rules of the configuration become other ones; to be asked together with them',
    resolve: (_root, _args, { directory }) => directory.mark(),
  }),
);
