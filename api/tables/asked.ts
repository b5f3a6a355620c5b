import { z } from 'zod';
import { CALL_FATES, DIAL_RESULTS, DIMENSIONS, INTERVALS, WarehouseError, type CallsTableQuery, type KpiQuery } from '../../warehouse/warehouse.ts';

const LONGEST_TEXT = 200;
const MOST_VALUES = 1000;

const text = z.string().max(LONGEST_TEXT);
/** Several values by comma, or the parameter several times. */
const list = z.array(text).max(MOST_VALUES);
const seconds = z.string().regex(/^\d{1,6}$/, 'whole seconds are expected').transform(Number);
const range = { from: text, to: text, zone: text.optional() };
const dimensions = Object.fromEntries(DIMENSIONS.map((dimension) => [dimension, list.optional()]));

const kpiSchema = z.strictObject({ ...range, ...dimensions, measures: list.min(1).max(100), by: z.array(z.enum([...DIMENSIONS, ...INTERVALS])).default([]), target: seconds.optional(), shortAbandon: seconds.optional() });
const callsSchema = z.strictObject({
  ...range, tenant: list.optional(), site: list.optional(), campaign: list.optional(), queue: list.optional(), team: list.optional(), agent: list.optional(),
  direction: z.array(z.enum(['inbound', 'outbound'])).optional(), fate: z.array(z.enum(CALL_FATES)).optional(), result: z.array(z.enum(DIAL_RESULTS)).optional(), caller: text.optional(), minWait: seconds.optional(), maxWait: seconds.optional(),
});
const LISTS: ReadonlySet<string> = new Set([...DIMENSIONS, 'measures', 'by', 'direction', 'fate', 'result']);

/** The question in an address, in the words of the KPI page's. @throws WarehouseError `invalid-query` naming each wrong parameter. */
export function askedKpi(parameters: URLSearchParams): KpiQuery {
  const { measures, by, from, to, zone, target, shortAbandon, ...where } = parsed(kpiSchema, parameters);
  return { measures, by, from, to, where, ...(zone === undefined ? {} : { zone }), ...(target === undefined ? {} : { targetSeconds: target }), ...(shortAbandon === undefined ? {} : { shortAbandonSeconds: shortAbandon }) };
}

/** The filters in an address, in the words of the Calls page's. @throws as {@link askedKpi}. */
export function askedCalls(parameters: URLSearchParams): CallsTableQuery {
  const { from, to, zone, minWait, maxWait, ...where } = parsed(callsSchema, parameters);
  return { from, to, where: { ...where, ...(minWait === undefined ? {} : { minWaitSeconds: minWait }), ...(maxWait === undefined ? {} : { maxWaitSeconds: maxWait }) }, ...(zone === undefined ? {} : { zone }) };
}

function parsed<T>(schema: z.ZodType<T>, parameters: URLSearchParams): T {
  const given = Object.fromEntries([...new Set(parameters.keys())].map((name) => {
    const values = parameters.getAll(name);
    return [name, LISTS.has(name) ? values.flatMap((value) => value.split(',')).map((value) => value.trim()).filter((value) => value !== '') : values.length === 1 ? values[0] : values];
  }));
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  throw new WarehouseError('invalid-query', result.error.issues.map(({ path, message }) => `${path.length > 0 ? `${path.join('.')}: ` : ''}${message}`).join('; ').slice(0, 2000));
}
