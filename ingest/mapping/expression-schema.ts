import { z } from 'zod';
import { DATE_FORMATS, DURATION_UNITS, TIMESTAMP_FORMATS } from '../../warehouse/load-plan.ts';
import type { Condition, Expression } from '../../warehouse/load-plan.ts';

const scalar = z.union([z.string(), z.number(), z.boolean()]);

/** A text names a column; a number, true, false and null are themselves; the rest is an operation of this list. */
export const expressionSchema: z.ZodType<Expression> = z.lazy(() => z.union([z.string().min(1), z.number(), z.boolean(), z.null(), operationSchema])).meta({ id: 'expression' });

export const conditionSchema: z.ZodType<Condition> = z.lazy(() => z.discriminatedUnion('op', [
  z.strictObject({ op: z.enum(['equals', 'greater', 'greater-or-equal']), left: expressionSchema, right: expressionSchema }),
  z.strictObject({ op: z.literal('in'), of: expressionSchema, values: z.array(z.string()).min(1) }),
  z.strictObject({ op: z.literal('empty'), of: expressionSchema }),
  z.strictObject({ op: z.literal('not'), of: conditionSchema }),
  z.strictObject({ op: z.enum(['and', 'or']), of: z.array(conditionSchema).min(1) }),
])).meta({ id: 'condition' });

const several = z.array(expressionSchema).min(1);
const zone = z.enum(['utc', 'source']);

const operationSchema = z.discriminatedUnion('op', [
  z.strictObject({ op: z.literal('constant'), value: scalar }),
  z.strictObject({ op: z.literal('job-tenant') }),
  z.strictObject({ op: z.literal('tenant'), of: expressionSchema }),
  z.strictObject({ op: z.literal('coalesce'), of: several }),
  z.strictObject({ op: z.literal('concat'), of: several }),
  z.strictObject({
    op: z.literal('map'), of: expressionSchema, otherwise: expressionSchema.optional(),
    values: z.record(z.string(), z.union([scalar, z.null()])).refine((values) => Object.keys(values).length > 0, 'name at least one value'),
  }),
  z.strictObject({ op: z.literal('case'), when: z.array(z.strictObject({ if: conditionSchema, use: expressionSchema })).min(1), otherwise: expressionSchema }),
  z.strictObject({ op: z.literal('strip-prefix'), of: expressionSchema, prefixes: z.array(z.string().min(1)).min(1) }),
  z.strictObject({ op: z.literal('substring'), of: expressionSchema, from: z.int().min(1), length: z.int().min(1).optional() }),
  z.strictObject({ op: z.literal('split'), of: expressionSchema, separator: z.string().min(1), part: z.int().min(1) }),
  z.strictObject({ op: z.enum(['trim', 'lower', 'upper', 'digits', 'integer']), of: expressionSchema }),
  z.strictObject({ op: z.literal('nullif'), of: expressionSchema, values: z.array(z.string()).min(1) }),
  z.strictObject({ op: z.literal('flag'), of: expressionSchema, true: z.array(z.string()).min(1), false: z.array(z.string()).min(1) }),
  z.strictObject({ op: z.literal('timestamp'), of: expressionSchema, formats: z.array(z.enum(TIMESTAMP_FORMATS)).min(1), zone }),
  z.strictObject({ op: z.literal('date-time'), date: expressionSchema, time: expressionSchema, format: z.enum(DATE_FORMATS), zone, notBefore: expressionSchema.optional() }),
  z.strictObject({ op: z.literal('duration'), of: expressionSchema, unit: z.enum(DURATION_UNITS), to: z.enum(['s', 'ms']).optional(), negative: z.enum(['zero', 'keep']) }),
  z.strictObject({ op: z.literal('add'), of: several }),
  z.strictObject({ op: z.literal('seconds-between'), from: expressionSchema, to: expressionSchema }),
  z.strictObject({ op: z.literal('plus-seconds'), time: expressionSchema, seconds: expressionSchema }),
  z.strictObject({ op: z.literal('condition'), of: conditionSchema }),
]);
