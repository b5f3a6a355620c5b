import type { LoadTarget } from '../load-plan.ts';
import { CONTENT } from './targets.ts';

/** Without these a row cannot be told from others or placed in time. */
export const REQUIRED: Record<LoadTarget, readonly string[]> = {
  calls: ['tenant', 'call_id', 'started_at'],
  legs: ['tenant', 'call_id', 'leg', 'entered_at'],
  agent_states: ['tenant', 'agent', 'started_at', 'state'],
};

/**
 * The target's columns with everything filled in that follows from the others: texts are never null,
 * durations never either, flags are null only while a call is in progress.
 */
export function normalisedColumns(target: LoadTarget, jsonType: 'JSON' | 'VARCHAR'): string {
  const types = { ...SQL_TYPES, json: jsonType };
  const rules = RULES[target];
  return CONTENT[target].map(({ name, type }) => {
    const rule = Object.hasOwn(rules, name) ? rules[name] : undefined;
    if (rule !== undefined) return `CAST(${rule} AS ${types[type]}) AS ${name}`;
    if (type === 'text') return `coalesce(${name}, '')::VARCHAR AS ${name}`;
    if (name.endsWith('_s') && name !== 'target_s' && name !== 'short_abandon_s') return `coalesce(${name}, 0)::INTEGER AS ${name}`;
    return `CAST(${name} AS ${types[type]}) AS ${name}`;
  }).join(', ');
}

const SQL_TYPES = { text: 'VARCHAR', int: 'INTEGER', bigint: 'BIGINT', bool: 'BOOLEAN', timestamp: 'TIMESTAMP' } as const;

const VERSION = { row_state: 'coalesce(row_state, 2)', source_sequence: 'coalesce(source_sequence, 0)' };
const inProgress = 'coalesce(row_state, 2) = 1';
const hasAgent = "coalesce(first_agent, '') <> ''";
const known = (flag: string): string => `CASE WHEN ${inProgress} THEN ${flag} ELSE coalesce(${flag}, false) END`;
// A call enters `queued` when its queue fate is known: an agent took it, or it has ended.
const queued = `coalesce(queued, coalesce(first_queue, '') <> '' AND NOT coalesce(closed, false) AND (NOT ${inProgress} OR ${hasAgent}))`;

const RULES: Record<LoadTarget, Record<string, string>> = {
  calls: {
    ...VERSION,
    direction: "coalesce(direction, 'inbound')", medium: "coalesce(medium, 'voice')",
    last_campaign: "coalesce(last_campaign, campaign, '')", last_queue: "coalesce(last_queue, first_queue, '')", last_agent: "coalesce(last_agent, first_agent, '')",
    queued,
    answered: `coalesce(answered, ${hasAgent} AND NOT coalesce(abandoned, false))`,
    closed: known('closed'), no_agent: known('no_agent'), overflowed: known('overflowed'), abandoned: known('abandoned'),
    total_wait_s: 'coalesce(total_wait_s, wait_s, 0)',
    // Made where the row is written, see CALLER_KEY.
    caller_key: 'caller_key',
    transferred: `coalesce(transferred, coalesce(last_transfer, '') <> '' OR (${hasAgent} AND coalesce(last_agent, first_agent) <> first_agent))`,
    ivr_resolved: 'coalesce(ivr_resolved, false)', ended_by_agent: 'coalesce(ended_by_agent, false)', agent_listen: 'coalesce(agent_listen, false)',
    contact_index: 'coalesce(contact_index, 0)', priority: 'coalesce(priority, 0)',
  },
  legs: {
    ...VERSION,
    visit: 'coalesce(visit, 1)', direction: "coalesce(direction, 'inbound')", medium: "coalesce(medium, 'voice')",
    started_at: 'coalesce(started_at, entered_at)', outcome: "coalesce(outcome, 'in-progress')",
    transferred: 'coalesce(transferred, false)', ended_by_agent: 'coalesce(ended_by_agent, false)', derived: 'coalesce(derived, false)',
  },
  agent_states: { ...VERSION, duration_ms: 'coalesce(duration_ms, 0)' },
};
