import type { LoadTarget } from '../../load-plan.ts';

/** For queues that nobody configured. */
export const DEFAULT_TARGET_SECONDS = 20;
export const DEFAULT_SHORT_ABANDON_SECONDS = 5;

const QUEUE_OF = { calls: 'first_queue', legs: 'queue' } as const;

/** Joins the configuration's periods of validity. A period ends where the next one begins, so that a row meets one at most. */
export function frozenJoins(target: LoadTarget): string {
  if (target === 'agent_states') return period('dim.agents', ['tenant', 'agent'], 'site', 'g', 's.agent');
  return period('dim.campaigns', ['tenant', 'campaign'], 'site', 'g', 's.campaign')
    + period('dim.queues', ['tenant', 'queue'], 'target_s, short_abandon_s', 'q', `s.${QUEUE_OF[target]}`);
}

/** What stands in the row: the file's own word first (site), then the configuration, then the default. */
export function frozenValue(target: LoadTarget, column: string): string {
  switch (column) {
    case 'target_s': return `coalesce(s.target_s, q.target_s, ${DEFAULT_TARGET_SECONDS})`;
    case 'short_abandon_s': return `coalesce(s.short_abandon_s, q.short_abandon_s, ${DEFAULT_SHORT_ABANDON_SECONDS})`;
    default: return "coalesce(nullif(s.site, ''), g.site, '')";
  }
}

function period(table: string, key: readonly [string, string], values: string, alias: string, id: string): string {
  return ` LEFT JOIN (
    SELECT ${key.join(', ')}, ${values}, starts, least(ends, coalesce(lead(starts) OVER (PARTITION BY ${key.join(', ')} ORDER BY starts, ends), ends)) AS ends
    FROM (SELECT *, coalesce(valid_from, TIMESTAMP '0001-01-01') AS starts, coalesce(valid_to, TIMESTAMP '9999-12-31') AS ends FROM ${table})
  ) ${alias} ON ${alias}.tenant = s.tenant AND ${alias}.${key[1]} = ${id} AND s.started_at >= ${alias}.starts AND s.started_at < ${alias}.ends`;
}
