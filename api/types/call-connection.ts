import { GraphQLError } from 'graphql';
import type { CallsPage, CallsQuery, CallSummary } from '../../warehouse/warehouse.ts';
import { builder } from '../builder.ts';
import { tell, withDeadline } from '../warehouse-errors.ts';
import { Call } from './call.ts';
import { CallFateEnum, CallOrderEnum, DialResultEnum, DirectionEnum } from './enums.ts';

const MAX_PAGE = 500;
const MAX_IDS = 1000;
const MAX_TEXT = 200;

const PageInfo = builder.objectRef<CallsPage>('PageInfo').implement({
  fields: (t) => ({ endCursor: t.exposeString('endCursor', { nullable: true }), hasNextPage: t.exposeBoolean('hasNextPage') }),
});

const CallEdge = builder.objectRef<{ node: CallSummary; cursor: string | null }>('CallEdge').implement({
  fields: (t) => ({
    node: t.expose('node', { type: Call }),
    cursor: t.exposeString('cursor', { nullable: true, description: "Where the next page begins: of a page's last call" }),
  }),
});

const CallConnection = builder.objectRef<CallsPage>('CallConnection').implement({
  fields: (t) => ({
    // The page's size is counted by the field that asks for it.
    edges: t.field({
      type: [CallEdge],
      complexity: { multiplier: 1 },
      resolve: ({ calls, endCursor }) => calls.map((node, index) => ({ node, cursor: index === calls.length - 1 ? endCursor : null })),
    }),
    pageInfo: t.field({ type: PageInfo, resolve: (page) => page }),
    totalCount: t.exposeInt('totalCount'),
  }),
});

const CallFilter = builder.inputType('CallFilter', {
  fields: (t) => ({
    tenant: t.stringList(),
    site: t.stringList(),
    campaign: t.stringList(),
    queue: t.stringList(),
    team: t.stringList(),
    agent: t.stringList(),
    direction: t.field({ type: [DirectionEnum] }),
    fate: t.field({ type: [CallFateEnum] }),
    result: t.field({ type: [DialResultEnum], description: 'Of outbound calls' }),
    caller: t.string({ description: "First digits of the caller's number, of the dialed one for an outbound call" }),
    minWaitSeconds: t.int(),
    maxWaitSeconds: t.int(),
    callId: t.string(),
  }),
});

builder.queryField('calls', (t) =>
  t.field({
    type: CallConnection,
    complexity: ({ first }) => ({ field: 500, multiplier: Math.min(Math.max(first, 1), MAX_PAGE) }),
    args: {
      from: t.arg.string({ required: true, description: 'Local date or instant, inclusive' }),
      to: t.arg.string({ required: true, description: 'Exclusive' }),
      zone: t.arg.string(),
      where: t.arg({ type: CallFilter }),
      order: t.arg({ type: CallOrderEnum, required: true, defaultValue: 'newest' }),
      first: t.arg.int({ required: true, defaultValue: 50, description: `1 to ${MAX_PAGE}` }),
      after: t.arg.string(),
    },
    resolve: (_root, { from, to, zone, where, order, first, after }, context) => {
      if (first < 1 || first > MAX_PAGE) throw new GraphQLError(`first is 1 to ${MAX_PAGE}, not ${first}`, { extensions: { code: 'INVALID_QUERY' } });
      const query: CallsQuery = { from, to, order, first, where: filled(where ?? {}), ...(zone ? { zone } : {}), ...(after ? { after } : {}) };
      return tell(withDeadline(context, (options) => context.warehouse.calls(query, context.viewer.scope, options)));
    },
  }),
);

/** GraphQL's null means the same as absent. */
function filled<T extends object>(input: T): { [K in keyof T]?: NonNullable<T[K]> } {
  const result: { [K in keyof T]?: NonNullable<T[K]> } = {};
  for (const key of keysOf(input)) {
    const value = input[key];
    if (value === null || value === undefined) continue;
    if (Array.isArray(value) && value.length > MAX_IDS) throw new GraphQLError(`${String(key)} takes at most ${MAX_IDS} values`, { extensions: { code: 'INVALID_QUERY' } });
    const texts: unknown[] = Array.isArray(value) ? value : [value];
    if (texts.some((text) => typeof text === 'string' && text.length > MAX_TEXT))
      throw new GraphQLError(`${String(key)} takes at most ${MAX_TEXT} characters`, { extensions: { code: 'INVALID_QUERY' } });
    result[key] = value;
  }
  return result;
}

function keysOf<T extends object>(input: T): (keyof T)[] {
  return Object.keys(input).filter((key): key is Extract<keyof T, string> => key in input);
}
