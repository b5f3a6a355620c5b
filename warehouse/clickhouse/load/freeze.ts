import type { LoadTarget } from '../../load-plan.ts';

/** For queues that nobody configured. */
const DEFAULT_TARGET_SECONDS = 20;
const DEFAULT_SHORT_ABANDON_SECONDS = 5;

const QUEUE_OF = { calls: 'first_queue', legs: 'queue' } as const;

/** Joins the configuration's periods of validity: all of an id's in one row, so that a join by equality is enough. A period ends where the next one begins. */
export function frozenJoins(target: LoadTarget): string {
  if (target === 'agent_states') return periods('dim.agents', 'agent', 'site', 'g', 's.agent');
  return periods('dim.campaigns', 'campaign', 'site', 'g', 's.campaign') + periods('dim.queues', 'queue', 'target_s, short_abandon_s', 'q', `s.${QUEUE_OF[target]}`);
}

/** What stands in the row: the file's own word first (site), then the configuration, then the default. */
export function frozenValue(column: string): string {
  switch (column) {
    case 'target_s': return `toInt32(coalesce(s.target_s, ${valid('q', 3)}, ${DEFAULT_TARGET_SECONDS}))`;
    case 'short_abandon_s': return `toInt32(coalesce(s.short_abandon_s, ${valid('q', 4)}, ${DEFAULT_SHORT_ABANDON_SECONDS}))`;
    default: return `coalesce(nullif(s.site, ''), ${valid('g', 3)}, '')`;
  }
}

/** The value of the period that holds the row's start; none where there is no such period. */
function valid(alias: string, position: number): string {
  const found = `arrayFilter(period -> tupleElement(period, 1) <= s.started_at AND s.started_at < tupleElement(period, 2), ${alias}.periods)`;
  return `if(empty(${found}), NULL, tupleElement(${found}[1], ${position}))`;
}

function periods(table: string, key: string, values: string, alias: string, id: string): string {
  return ` LEFT JOIN (
    SELECT tenant, ${key}, groupArray((starts, least(ends, following), ${values})) AS periods FROM (
      SELECT tenant, ${key}, ${values}, starts, ends, leadInFrame(starts, 1, toDateTime64('2299-12-31 00:00:00', 3, 'UTC')) OVER (PARTITION BY tenant, ${key} ORDER BY starts, ends ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS following
      FROM (SELECT *, coalesce(valid_from, toDateTime64('1900-01-01 00:00:00', 3, 'UTC')) AS starts, coalesce(valid_to, toDateTime64('2299-12-31 00:00:00', 3, 'UTC')) AS ends FROM ${table}))
    GROUP BY tenant, ${key}) ${alias} ON ${alias}.tenant = s.tenant AND ${alias}.${key} = ${id}`;
}
