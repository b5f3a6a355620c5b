import { z } from 'zod';
import { AGGREGATES, ENCODINGS, FOLLOWED, LOAD_TARGETS } from '../../warehouse/load-plan.ts';
import { conditionSchema, expressionSchema } from './expression-schema.ts';

const texts = z.array(z.string());

const redundant = texts.default([]).describe('Columns that say again what another one says: neither read nor kept');

const sourceSchema = z.discriminatedUnion('format', [
  z.strictObject({
    format: z.literal('delimited'),
    delimiters: z.array(z.string().min(1).max(4)).min(1).describe('Tried in this order: the first that finds the columns in the header is taken'),
    quote: z.string().max(1).default('"').describe("'' when the file quotes nothing"),
    encoding: z.enum(ENCODINGS).default('utf-8'),
    positions: texts.min(1).optional().describe('Names of the columns by position, for files without a header line'),
    nulls: texts.default([]).describe('Texts that mean "no value", besides the empty one'),
    redundant,
    optional: texts.default([]).describe('Columns that a file may lack; all others that the mapping reads must be there'),
  }),
  z.strictObject({ format: z.literal('ndjson'), nulls: texts.default([]), redundant }),
  z.strictObject({ format: z.literal('parquet'), nulls: texts.default([]), redundant, optional: texts.default([]) }),
]);

/** The form of a mapping file; `mapping.schema.json` is printed from it. */
export const mappingSchema = z.strictObject({
  $schema: z.string().optional(),
  name: z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'use lower-case letters, digits and dashes'),
  description: z.string().optional(),
  target: z.enum(LOAD_TARGETS),
  source: sourceSchema,
  zone: z.string().default('UTC').refine(isZone, 'use the name of a time zone such as Europe/Paris').describe('Zone of local times in the file (IANA)'),
  leaveOut: conditionSchema.optional().describe('Rows that are counted and not loaded'),
  group: z.strictObject({
    by: expressionSchema,
    where: conditionSchema.optional(),
    values: z.record(z.string(), z.strictObject({ take: z.enum(AGGREGATES), of: expressionSchema, where: conditionSchema.optional() })),
  }).optional().describe('For event logs: many lines make one row, and the columns read the names given here'),
  follow: z.strictObject({
    by: expressionSchema,
    at: expressionSchema,
    where: conditionSchema.optional(),
    values: z.record(z.string(), z.discriminatedUnion('take', [
      z.strictObject({ take: z.literal('next'), of: expressionSchema }),
      z.strictObject({ take: z.enum(FOLLOWED), of: expressionSchema, where: conditionSchema.optional() }),
    ])),
  }).optional().describe('For logs of states: each line also reads values of the lines before it and of the next one, of the same "by", in the order of "at"'),
  columns: z.record(z.string(), expressionSchema).describe('Our column → expression'),
  deriveLegs: z.boolean().default(false).describe('Make one leg per queued call, because the source writes none'),
  keepUnknown: z.boolean().default(true).describe('Keep columns that no expression reads'),
  keyHorizonDays: z.int().min(1).nullable().default(null).describe('For streams: how far a known row may lie from the file\'s own times'),
});
export type Mapping = z.infer<typeof mappingSchema>;

function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
