import type { LoadTarget } from '../../load-plan.ts';
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
export function normalisedColumns(target: LoadTarget): string {
  const rules = RULES[target];
  return CONTENT[target].map(({ name, type }) => {
    const rule = Object.hasOwn(rules, name) ? rules[name] : undefined;
    if (rule !== undefined) return `CAST(${rule} AS ${SQL_TYPES[type]}) AS ${name}`;
    if (type === 'text') return `coalesce(${name}, '')::VARCHAR AS ${name}`;
    if (name.endsWith('_s') && name !== 'target_s' && name !== 'short_abandon_s') return `coalesce(${name}, 0)::INTEGER AS ${name}`;
    if (type === 'json') return `CAST(${name} AS JSON) AS ${name}`;
    return `CAST(${name} AS ${SQL_TYPES[type]}) AS ${name}`;
  }).join(', ');
}

const SQL_TYPES = { text: 'VARCHAR', int: 'INTEGER', bigint: 'BIGINT', bool: 'BOOLEAN', timestamp: 'TIMESTAMP', json: 'JSON' } as const;

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

/** One number for its spellings; what is not all digits after that is a masked or a withheld one. Of the stage's row `s`. */
export const CALLER_DIGITS = "ltrim(CASE WHEN regexp_full_match(s.caller, '[0-9]+') THEN s.caller ELSE regexp_replace(s.caller, '[+ .()/-]', '', 'g') END, '0')";

/**
 * Keyed, so that numbers cannot be found by trying all of them; '' for masked and missing ones. It follows from
 * the caller and is dear: rows that are not written need none. 128 bits tell all callers apart;
 * the whole hash was half of what a stored call weighed. Over {@link CALLER_DIGITS} as `caller_digits`.
 */
export const CALLER_KEY = "coalesce(s.caller_key, CASE WHEN length(caller_digits) >= 4 AND TRY_CAST(caller_digits AS HUGEINT) IS NOT NULL THEN left(sha256($secret || caller_digits), 32) ELSE '' END)";
