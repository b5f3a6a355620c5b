import type { Engine } from '../engine.ts';

/** What the warehouse holds. */
export interface DataState {
  /** The newest event that is loaded. */
  dataAt: string | null;
  /** The last load's mark. */
  loadMark: number;
}

/** Inside a snapshot: the state that its other answers are of. */
export async function readDataState(inside: Pick<Engine, 'query'>): Promise<DataState> {
  const [state] = await inside.query<{ load_mark: number; newest_event: number | null }>({ sql: 'SELECT load_mark, newest_event FROM store.state' });
  return { dataAt: state?.newest_event == null ? null : new Date(state.newest_event).toISOString(), loadMark: state?.load_mark ?? 0 };
}
