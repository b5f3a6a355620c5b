import type { Engine } from '../engine.ts';
import type { PlainRow } from './compile.ts';

/** What the warehouse held when a statement ran. */
export interface DataState {
  /** The newest event that is loaded. */
  dataAt: string | null;
  /** The last load's mark. */
  loadMark: number;
}

/** A SELECT of one row that stands beside an answer in its own statement, so that both are of one state of the data. */
export const DATA_STATE_SQL = 'SELECT load_mark AS state_mark, newest_event AS state_newest FROM store.state';

export function dataStateOf(row: PlainRow | undefined): DataState {
  const [mark, newest] = [row?.['state_mark'], row?.['state_newest']];
  return { dataAt: typeof newest === 'number' ? new Date(newest).toISOString() : null, loadMark: typeof mark === 'number' ? mark : 0 };
}

export async function readDataState(engine: Pick<Engine, 'query'>): Promise<DataState> {
  const [row] = await engine.query<PlainRow>({ sql: DATA_STATE_SQL });
  return dataStateOf(row);
}
