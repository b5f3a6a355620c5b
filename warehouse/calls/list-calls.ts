import { LARGE_ROWS, type Engine } from '../engine.ts';
import { defaultZone } from '../kpi/default-zone.ts';
import { Parameters } from '../kpi/parameters.ts';
import { instantOf } from '../kpi/resolve-query.ts';
import { ZoneClock } from '../kpi/zone-clock.ts';
import { CALL_FATES, DIAL_RESULTS, WarehouseError, type CallsPage, type CallsQuery, type QueryOptions, type Scope } from '../warehouse.ts';
import { summaryOf, type CallRow } from './call-summary.ts';
import { Conditions } from './conditions.ts';
import { ORDERS, afterSql, decodeCursor, encodeCursor, isOrder, orderSql, placeOf } from './page-order.ts';
import { question } from './question.ts';
import { refuseGone } from './refuse-gone.ts';

const DAY_MS = 86_400_000;

/** A page of calls, by their start. @throws WarehouseError `invalid-query` naming the value. */
export async function listCalls(engine: Engine, query: CallsQuery, scope: Scope, options: QueryOptions = {}): Promise<CallsPage> {
  if (!Number.isInteger(query.first) || query.first < 1 || query.first > 500) throw new WarehouseError('invalid-query', `first is ${query.first}: give 1 to 500`);
  if (!isOrder(query.order)) throw new WarehouseError('invalid-query', `there is no order ${JSON.stringify(query.order)}; allowed: ${ORDERS.join(', ')}`);
  const after = query.after === undefined ? null : decodeCursor(query.after, query.order);
  const { conditions, parameters } = await selectCalls(engine, query, scope);
  const counted = conditions.places;
  if (after) conditions.add(afterSql(after, 'c', parameters));
  const calls = question('call_rows');
  const { timeoutMs, queryId } = options;
  const [rows, total] = await Promise.all([
    engine.query<CallRow>({
      sql: question('calls', { calls, ...conditions.places, order: orderSql(query.order, 'c'), 'page order': orderSql(query.order, 'p'), limit: parameters.add(query.first + 1) }),
      parameters: parameters.values, timeoutMs, queryId, large: query.first >= LARGE_ROWS,
    }),
    engine.query<{ n: number }>({ sql: question('calls_count', { calls, ...counted }), parameters: parameters.values, timeoutMs }),
  ]);
  const page = rows.slice(0, query.first);
  const last = page.at(-1);
  return {
    calls: page.map(summaryOf), totalCount: total[0]?.n ?? 0, hasNextPage: rows.length > page.length,
    endCursor: last ? encodeCursor(placeOf(query.order, last)) : null,
  };
}

export interface SelectedCalls { conditions: Conditions; parameters: Parameters; zone: string; fromMs: number; toMs: number }

/** Which calls a question is about, of rows `c`. @throws WarehouseError `invalid-query`. */
export async function selectCalls(engine: Engine, { from, to, zone, where }: Pick<CallsQuery, 'from' | 'to' | 'zone' | 'where'>, scope: Scope): Promise<SelectedCalls> {
  const clock = ZoneClock.of(zone ?? await defaultZone(engine, { where: { site: where.site, tenant: where.tenant } }, scope));
  const [fromMs, toMs] = [instantOf(from, clock, 'from'), instantOf(to, clock, 'to')];
  await refuseGone(engine, fromMs, toMs);
  const parameters = new Parameters();
  Object.assign(parameters.values, { from: new Date(fromMs), to: new Date(toMs) });
  const conditions = new Conditions(parameters);
  conditions.scope('c', scope);
  filter(conditions, where, toMs);
  return { conditions, parameters, zone: clock.zone, fromMs, toMs };
}

function filter(conditions: Conditions, where: CallsQuery['where'], toMs: number): void {
  const { parameters } = conditions;
  conditions.oneOf('c.tenant', where.tenant);
  conditions.oneOf('c.site', where.site);
  conditions.oneOf('c.campaign', where.campaign);
  conditions.teams('c', where.team);
  if (where.queue && where.queue.length > 0) conditions.add(`c.queue IN (${parameters.list(where.queue)}) OR ${visited('queue', where.queue, parameters, toMs)}`);
  if (where.agent && where.agent.length > 0) {
    const asked = parameters.list(where.agent);
    conditions.add(`c.agent IN (${asked}) OR c.first_agent IN (${asked}) OR ${visited('agent', where.agent, parameters, toMs)}`);
  }
  conditions.oneOf('c.direction', where.direction);
  for (const fate of where.fate ?? []) if (!CALL_FATES.includes(fate)) throw new WarehouseError('invalid-query', `there is no fate ${JSON.stringify(fate)}; allowed: ${CALL_FATES.join(', ')}`);
  conditions.oneOf('c.fate', where.fate);
  for (const result of where.result ?? []) if (!DIAL_RESULTS.includes(result)) throw new WarehouseError('invalid-query', `there is no result ${JSON.stringify(result)}; allowed: ${DIAL_RESULTS.join(', ')}`);
  conditions.oneOf('c.result', where.result);
  if (where.caller !== undefined && where.caller !== '') {
    const digits = where.caller.replaceAll(/[\s+().-]/g, '');
    if (!/^\d{1,30}$/.test(digits)) throw new WarehouseError('invalid-query', `caller is ${JSON.stringify(where.caller.slice(0, 80))}: give the first digits of a number`);
    conditions.add(`replace(CASE WHEN c.direction = 'outbound' THEN c.dialed ELSE c.caller END, '+', '') LIKE ${parameters.add(`${digits}%`)}`);
  }
  if (where.minWaitSeconds !== undefined) conditions.add(`c.wait_s >= ${parameters.add(seconds(where.minWaitSeconds, 'minWaitSeconds'))}`);
  if (where.maxWaitSeconds !== undefined) conditions.add(`c.wait_s <= ${parameters.add(seconds(where.maxWaitSeconds, 'maxWaitSeconds'))}`);
  if (where.callId !== undefined) conditions.add(`c.call_id = ${parameters.add(where.callId)}`);
}

/** Calls that saw a queue or an agent on their way, also when it was neither the first nor the last. */
function visited(column: 'queue' | 'agent', values: string[], parameters: Parameters, toMs: number): string {
  return `(c.tenant, c.call_id) IN (SELECT tenant, call_id FROM store.legs WHERE ${column} IN (${parameters.list(values)}) AND entered_at >= $from AND entered_at < ${parameters.add(new Date(toMs + DAY_MS))})`;
}

function seconds(value: number, name: string): number {
  if (!Number.isFinite(value) || value < 0 || value > 1e9) throw new WarehouseError('invalid-query', `${name} is ${value}: give seconds from 0 on`);
  return value;
}
