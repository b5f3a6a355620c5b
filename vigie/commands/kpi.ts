import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Command } from 'commander';
import { z } from 'zod';
import { COMPARISONS, DIMENSIONS, FULL_SCOPE, INTERVALS, type Dimension, type KpiAnswer, type KpiQuery, type KpiRow } from '../../warehouse/warehouse.ts';
import { measures } from '../../warehouse/kpi/kpi.ts';
import { openData } from './data-access.ts';
import { configurationFor, print, withDataOption, withJsonOption } from './invocation.ts';
import { UsageError } from './usage-error.ts';

const seconds = z.string().regex(/^\d+(\.\d+)?$/, 'seconds are expected').transform(Number);
const list = z.string().transform((text) => text.split(',').map((part) => part.trim()).filter((part) => part !== ''));
const optionsSchema = z.object({
  measures: list,
  by: list.default([]).pipe(z.array(z.enum([...DIMENSIONS, ...INTERVALS]))),
  from: z.string(),
  to: z.string(),
  where: z.array(z.string()).default([]),
  zone: z.string().optional(),
  target: seconds.optional(),
  shortAbandon: seconds.optional(),
  compareTo: z.enum(COMPARISONS).optional(),
  totals: z.boolean().default(false),
  format: z.enum(['text', 'json', 'arrow']).default('text'),
  data: z.string().optional(),
  json: z.boolean().default(false),
});
const dimensionSchema = z.enum(DIMENSIONS);

export function addKpi(program: Command): void {
  const command = program.command('kpi')
    .description('measures over a range of local days, by dimensions and an interval')
    .requiredOption('--measures <ids>', 'ids of measures, e.g. offered,service-level')
    .option('--by <keys>', `dimensions (${DIMENSIONS.join(', ')}) and at most one interval (${INTERVALS.join(', ')})`)
    .requiredOption('--from <date>', 'first local day, 2026-01-01, or an instant')
    .requiredOption('--to <date>', 'the day after the last one, or an instant')
    .option('--where <filter>', 'dimension=id, several ids by comma; may be repeated', (filter: string, all: string[] = []) => [...all, filter])
    .option('--zone <name>', "IANA time zone (default: the only site's, else the only tenant's, else UTC)")
    .option('--target <seconds>', "service level target in place of each queue's own")
    .option('--short-abandon <seconds>', "short-abandon threshold in place of each queue's own")
    .option('--compare-to <period>', COMPARISONS.join(', '))
    .option('--totals', 'also one row over everything')
    .option('--format <format>', 'text, json (as --json), or arrow: an Arrow stream on standard output')
    .addHelpText('after', () => `\nMeasures:\n${measures().map(({ id, nameEn }) => `  ${id.padEnd(30)}${nameEn}`).join('\n')}`);
  withJsonOption(withDataOption(command)).action(async (given: unknown) => {
    const options = optionsSchema.safeParse(given);
    if (!options.success) throw new UsageError(options.error.issues.map((issue) => `--${kebab(String(issue.path[0]))}: ${issue.message}`).join('\n'));
    await runKpi(options.data);
  });
}

async function runKpi(options: z.infer<typeof optionsSchema>): Promise<void> {
  const query: KpiQuery = {
    measures: options.measures,
    by: options.by,
    from: options.from,
    to: options.to,
    where: parseWhere(options.where),
    totals: options.totals,
    ...(options.zone === undefined ? {} : { zone: options.zone }),
    ...(options.target === undefined ? {} : { targetSeconds: options.target }),
    ...(options.shortAbandon === undefined ? {} : { shortAbandonSeconds: options.shortAbandon }),
    ...(options.compareTo === undefined ? {} : { compareTo: options.compareTo }),
  };
  if (options.format === 'arrow' && process.stdout.isTTY) throw new UsageError('--format arrow writes bytes that no terminal shows: send them into a file or a program');
  const configuration = configurationFor(options);
  const { dataDirectory } = configuration;
  if (configuration.warehouse === null && !existsSync(join(dataDirectory, 'warehouse.duckdb'))) process.stderr.write(`${dataDirectory} holds no data yet: start, simulate or import fill it\n`);
  const data = await openData(configuration, 'vigie kpi');
  try {
    if (options.format === 'arrow') return await pipeline((await data.warehouse.kpiTable(query, FULL_SCOPE)).stream, process.stdout, { end: false });
    const answer = await data.warehouse.kpi(query, FULL_SCOPE);
    print(options.json || options.format === 'json' ? JSON.stringify(jsonOf(answer)) : tableOf(answer));
  } finally {
    await data.close();
  }
}

function jsonOf(answer: KpiAnswer): object {
  const { rows, totals, comparison, zone, fromUtc, toUtc, dataAt, loadMark } = answer;
  return { rows, ...(totals ? { totals } : {}), ...(comparison ? { comparison } : {}), zone, fromUtc, toUtc, dataAt, loadMark };
}

function tableOf(answer: KpiAnswer): string {
  const rows = answer.totals ? [...answer.rows, answer.totals] : answer.rows;
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  if (columns.length === 0) return 'no rows';
  const cell = (row: KpiRow, column: string): string => {
    const value = row[column];
    return value === null || value === undefined ? '–' : typeof value === 'number' && !Number.isInteger(value) ? value.toFixed(4) : String(value);
  };
  const widths = columns.map((column) => Math.max(column.length, ...rows.map((row) => cell(row, column).length)));
  const line = (cells: string[]): string => cells.map((text, index) => text.padStart(widths[index] ?? 0)).join('  ');
  return [line(columns), ...rows.map((row) => line(columns.map((column) => cell(row, column)))), `data at ${answer.dataAt ?? '–'}, ${answer.zone}`].join('\n');
}

function parseWhere(filters: string[]): Partial<Record<Dimension, string[]>> {
  const where: Partial<Record<Dimension, string[]>> = {};
  for (const filter of filters) {
    const [, name = '', ids = ''] = /^([^=]*)=(.*)$/s.exec(filter) ?? [];
    const dimension = dimensionSchema.safeParse(name);
    if (!dimension.success) throw new UsageError(`--where ${filter}: dimension=id is expected, with one of ${DIMENSIONS.join(', ')}`);
    where[dimension.data] = [...(where[dimension.data] ?? []), ...ids.split(',')];
  }
  return where;
}

function kebab(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
