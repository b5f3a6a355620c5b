import type { CopyEnd } from './copy-end.ts';
import type { Part } from './parts.ts';
import { betweenSql, boundsOf } from './periods.ts';

/** Some hundred megabytes at most pass through the target's memory at once. */
export const ROWS_A_FILE = 1_000_000;
const HOUR_MS = 3_600_000;

/** The stretches of a part that are copied one after the other, as SQL: whole hours of about so many rows. Together they are all of it. */
export async function slicesOf(from: CopyEnd, { table, period, where, rows }: Part, rowsAFile: number): Promise<(string | null)[]> {
  const { time } = table;
  if (rows <= rowsAFile || time?.kind !== 'instant') return [where];
  const [begin, end] = boundsOf(period);
  const hours = await from.engine.query<{ hour: number; n: number }>({ sql: `SELECT CAST(floor(ms_of(${time.column}) / ${HOUR_MS}) AS INTEGER) AS hour, count(*) AS n FROM ${table.rows ?? table.name} AS t WHERE ${where} GROUP BY 1 ORDER BY 1` });
  const cuts = [begin.getTime()];
  let gathered = 0;
  for (const { hour, n } of hours) {
    if (gathered > 0 && gathered + n > rowsAFile) {
      cuts.push(hour * HOUR_MS);
      gathered = 0;
    }
    gathered += n;
  }
  return cuts.map((cut, index) => betweenSql(time, new Date(cut), new Date(cuts[index + 1] ?? end.getTime())));
}
