import type { Engine } from '../engine.ts';
import type { QueryOptions } from '../warehouse.ts';
import { catalogue } from './catalogue.ts';
import { closedDaysSince } from './closed-days.ts';
import { compileKpi, totalsOfRows } from './compile.ts';
import type { PlainRow, Take } from './compile.ts';
import { readDataState } from './data-state.ts';
import type { DataState } from './data-state.ts';
import type { ResolvedQuery } from './resolve-query.ts';

export interface Measured { rows: PlainRow[]; totals: PlainRow | null }

/** Rows and totals of each query, and what the warehouse held: all from one state of the data. */
export function measured(engine: Engine, queries: ResolvedQuery[], totals: boolean, options: QueryOptions): Promise<{ state: DataState; measured: Measured[] }> {
  const closedDays = closedDaysSince(engine);
  return engine.snapshot(async (inside) => {
    const state = await readDataState(inside);
    const days = await closedDays(inside, state.loadMark);
    const all: Measured[] = [];
    for (const query of queries) {
      const ask = (take: Take): Promise<PlainRow[]> => inside.query<PlainRow>({ ...compileKpi(query, catalogue(), days, take), ...options });
      all.push(await measure(query, totals, ask));
    }
    return { state, measured: all };
  });
}

/** One statement where it can give both. Without a group the row is the total. */
async function measure(query: ResolvedQuery, totals: boolean, ask: (take: Take) => Promise<PlainRow[]>): Promise<Measured> {
  if (totals && query.by.length > 0 && totalsOfRows(query)) {
    const rows = await ask('rows-and-totals');
    return { rows: rows.filter((row) => row['total'] === 0), totals: rows.find((row) => row['total'] === 1) ?? {} };
  }
  const rows = await ask('rows');
  if (!totals) return { rows, totals: null };
  return { rows, totals: (query.by.length === 0 ? rows : await ask('totals'))[0] ?? {} };
}
