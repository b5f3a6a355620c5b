import type { LoadTarget } from '../load-plan.ts';
import { AGENT_STATES_TABLE, CALLS, LEGS } from '../tables.ts';
import type { Column } from '../tables.ts';

export const TABLE_COLUMNS: Record<LoadTarget, Column[]> = { calls: CALLS, legs: LEGS, agent_states: AGENT_STATES_TABLE };

/** What the load itself sets, not the file. */
const SET_BY_LOAD = ['source', 'load_mark'];
/** Frozen from the configuration of the day of the load: not part of what a row says. */
export const FROZEN = ['site', 'target_s', 'short_abandon_s'];

/** What a file may say about a row, in the table's order. */
export const CONTENT: Record<LoadTarget, Column[]> = {
  calls: content(CALLS), legs: content(LEGS), agent_states: content(AGENT_STATES_TABLE),
};

function content(columns: Column[]): Column[] {
  return columns.filter(({ name }) => !SET_BY_LOAD.includes(name));
}
