import { z } from 'zod';
import type { Parameters } from '../kpi/parameters.ts';
import { WarehouseError, type CallsQuery } from '../warehouse.ts';

type Order = CallsQuery['order'];
/** The place of a call in its order: what it is ordered by, then start, tenant and id, which make every place unique. */
export interface Place { order: Order; key: number; startedMs: number; tenant: string; callId: string }

export const ORDERS = ['newest', 'oldest', 'longest-wait', 'longest-talk'] as const satisfies readonly Order[];
const placeSchema = z.object({ order: z.enum(ORDERS), key: z.number(), startedMs: z.number(), tenant: z.string(), callId: z.string() });
const KEYS: Record<Order, 'wait_s' | 'talk_s' | null> = { newest: null, oldest: null, 'longest-wait': 'wait_s', 'longest-talk': 'talk_s' };

export function isOrder(order: string): order is Order {
  return (ORDERS as readonly string[]).includes(order);
}

export function orderSql(order: Order, alias: string): string {
  const direction = order === 'oldest' ? 'ASC' : 'DESC';
  const key = KEYS[order];
  return [...key === null ? [] : [`${alias}.${key}`], `ms_of(${alias}.started_at)`, `${alias}.tenant`, `${alias}.call_id`].map((column) => `${column} ${direction}`).join(', ');
}

/** Rows behind the place. What comes in or changes elsewhere while a reader turns pages moves no row of them. */
export function afterSql(place: Place, alias: string, parameters: Parameters): string {
  const than = place.order === 'oldest' ? '>' : '<';
  const key = KEYS[place.order];
  const columns: [string, string | number][] = [
    ...key === null ? [] : [[`${alias}.${key}`, place.key] as [string, number]],
    [`ms_of(${alias}.started_at)`, place.startedMs], [`${alias}.tenant`, place.tenant], [`${alias}.call_id`, place.callId],
  ];
  return columns.reduceRight((rest, [column, value]) => {
    const bound = parameters.add(value);
    return rest === '' ? `${column} ${than} ${bound}` : `${column} ${than} ${bound} OR (${column} = ${bound} AND (${rest}))`;
  }, '');
}

export function placeOf(order: Order, row: { started_ms: number; tenant: string; call_id: string; wait_s: number; talk_s: number }): Place {
  const key = KEYS[order];
  return { order, key: key === null ? 0 : row[key], startedMs: row.started_ms, tenant: row.tenant, callId: row.call_id };
}

export function encodeCursor(place: Place): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

/** @throws WarehouseError `invalid-query` for what is no cursor, or one of another order. */
export function decodeCursor(cursor: string, order: Order): Place {
  let content: unknown;
  try {
    content = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    content = null;
  }
  const place = placeSchema.safeParse(content);
  if (!place.success) throw new WarehouseError('invalid-query', `after is ${JSON.stringify(cursor.slice(0, 80))}: give the endCursor of an earlier page`);
  if (place.data.order !== order) throw new WarehouseError('invalid-query', `after is of a page ordered by ${place.data.order}, this one is ordered by ${order}: start at the first page`);
  return place.data;
}
