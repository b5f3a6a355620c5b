/** A table that belongs to a site's history, and how it is cut into parts. */
export interface CopiedTable {
  name: string;
  /** What its UTC day is told by; null = it has none and is one part. */
  time: { column: string; kind: 'instant' | 'date' | 'quarter' } | null;
  /** Of time that one part holds. */
  unit: 'day' | 'month' | 'all';
  /** Its rows as the other engine would hold them, where that is not the table itself. */
  rows?: string;
  /** What stands for a missing value, by column: as loads and facts understand it. */
  missing?: Record<string, string>;
}

const instant = (name: string, column: string, unit: 'day' | 'month', missing?: Record<string, string>): CopiedTable => ({ name, time: { column, kind: 'instant' }, unit, ...(missing ? { missing } : {}) });
const rollup = (name: string): CopiedTable => ({ name: `store.${name}`, time: { column: 'quarter', kind: 'quarter' }, unit: 'month' });
const whole = (name: string): CopiedTable => ({ name, time: null, unit: 'all' });
const FACTS = ['calls', 'calls_waits', 'legs', 'legs_waits', 'agent_states', 'dials'];
const DIMENSIONS = ['tenants', 'sites', 'queues', 'campaigns', 'teams', 'agents', 'team_members', 'statuses', 'pause_reasons', 'components', 'version'];

/** In the order of copying: rows before what is made of them and said about them. */
export const COPIED_TABLES: readonly CopiedTable[] = [
  instant('store.calls', 'started_at', 'day', {
    row_state: '2', last_campaign: 'campaign', last_queue: 'first_queue', last_agent: 'first_agent', total_wait_s: 'wait_s',
  }),
  instant('store.legs', 'entered_at', 'day', { row_state: '2' }),
  instant('store.agent_states', 'started_at', 'day', { row_state: '2' }),
  instant('store.quarantine', 'quarantined_at', 'day'),
  ...FACTS.map((fact) => rollup(`${fact}_by_quarter`)),
  ...FACTS.map((fact) => rollup(`${fact}_by_day`)),
  instant('store.loads', 'committed_at', 'month'),
  {
    name: 'store.touched_days', time: { column: 'day', kind: 'date' }, unit: 'month',
    // Of several marks the youngest counts.
    rows: '(SELECT target, day, max(load_mark) AS load_mark FROM store.touched_days GROUP BY target, day)',
  },
  { name: 'store.closed_days', time: { column: 'day', kind: 'date' }, unit: 'month' },
  whole('store.gone'),
  whole('store.incidents'),
  whole('store.incident_actions'),
  whole('store.component_outages'),
  // The rows' callers are known by it.
  whole('store.caller_key'),
  ...DIMENSIONS.map((name) => whole(`dim.${name}`)),
];

/** The last of all: with it the target's loads go on from the source's mark. */
export const STATE_TABLE: CopiedTable = whole('store.state');

/** The other tables of the schema, and why they stay where they are. */
export const NOT_COPIED: ReadonlyMap<string, string> = new Map([
  ['store.migrations', 'each end has its own'],
  ['store.copied', 'is what the target knows of its copies'],
  ['store.decided_loads', 'loads that are under way: nothing else knows their stages'],
  ['store.turns', 'the order of loads that are being decided'],
]);
