import { LARGE_ROWS, type Engine } from '../engine.ts';
import type { QueryOptions } from '../warehouse.ts';
import { holds, knownClosedDays, readClosedDays } from './closed-days.ts';
import type { ClosedDays } from './closed-days.ts';
import { totalsOfRows } from './compile.ts';
import type { PlainRow, Take } from './compile.ts';
import { DATA_STATE_SQL, dataStateOf } from './data-state.ts';
import type { DataState } from './data-state.ts';
import { intervalCount } from './interval.ts';
import { asOf, compiledQuery } from './remembered-query.ts';
import type { ResolvedQuery } from './resolve-query.ts';

export interface Measured { rows: PlainRow[]; totals: PlainRow | null }
interface MeasuredAll { state: DataState; measured: Measured[] }
type Inside = Pick<Engine, 'query'>;

/**
 * Rows and totals of each query, and what the warehouse held: all from one state of the data. What one statement
 * can answer needs no snapshot around it, for the state is read beside the rows. The closed days are those that
 * are remembered; should one of them have been opened since, they are read in a snapshot and all is asked anew.
 */
export async function measured(engine: Engine, queries: ResolvedQuery[], totals: boolean, options: QueryOptions): Promise<MeasuredAll> {
  const takes = queries.map((query) => takesOf(query, totals));
  const known = await knownClosedDays(engine);
  const attempt = (inside: Inside): Promise<MeasuredAll> => measureIn(inside, queries, takes, known.days, options);
  const first = await (takes.flat().length === 1 ? attempt(engine) : engine.snapshot(attempt));
  if (await holds(engine, known, first.state.loadMark)) return withTotals(first, queries, totals);
  return withTotals(await engine.snapshot(async (inside) => measureIn(inside, queries, takes, await readClosedDays(inside), options)), queries, totals);
}

/** One statement where it can give both. */
function takesOf(query: ResolvedQuery, totals: boolean): Take[] {
  if (!totals || query.by.length === 0) return ['rows'];
  return totalsOfRows(query) ? ['rows-and-totals'] : ['rows', 'totals'];
}

async function measureIn(engine: Inside, queries: ResolvedQuery[], takes: Take[][], closedDays: ClosedDays, { nowMs = Date.now(), ...options }: QueryOptions): Promise<MeasuredAll> {
  let state: DataState | null = null;
  const run = async (query: ResolvedQuery, take: Take): Promise<PlainRow[]> => {
    const large = take !== 'totals' && groupsExpected(query) >= LARGE_ROWS;
    if (state) return engine.query<PlainRow>({ ...asOf(compiledQuery(query, closedDays, take), nowMs), large, ...options });
    const rows = await engine.query<PlainRow>({ ...asOf(compiledQuery(query, closedDays, take, DATA_STATE_SQL), nowMs), large, ...options });
    state = dataStateOf(rows[0]);
    return rows.filter((row) => row['found'] === 1);
  };
  const all: Measured[] = [];
  for (const [index, query] of queries.entries()) {
    let one: Measured = { rows: [], totals: null };
    for (const take of takes[index] ?? []) {
      const rows = await run(query, take);
      if (take === 'rows') one = { ...one, rows };
      else if (take === 'totals') one = { ...one, totals: rows[0] ?? {} };
      else one = { rows: rows.filter((row) => row['total'] === 0), totals: rows.find((row) => row['total'] === 1) ?? {} };
    }
    all.push(one);
  }
  return { state: state ?? dataStateOf(undefined), measured: all };
}

/** As of a site of some tens of queues and agents; only what is faster depends on it. */
function groupsExpected({ interval, dimensions, fromMs, toMs }: ResolvedQuery): number {
  return (interval === null ? 1 : intervalCount(interval, fromMs, toMs)) * IDS_EXPECTED ** dimensions.length;
}

const IDS_EXPECTED = 20;

/** Without a group the row is the total. */
function withTotals(all: MeasuredAll, queries: ResolvedQuery[], totals: boolean): MeasuredAll {
  return { ...all, measured: all.measured.map((one, index) => (totals && queries[index]?.by.length === 0 ? { ...one, totals: one.rows[0] ?? {} } : one)) };
}
