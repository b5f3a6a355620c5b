import { addDays, firstOfMonth } from '../url/local-date.ts';
import type { Patch } from '../url/use-params.ts';
import type { KpiKey } from './kpi-query.ts';

/** Of incidents: what the page behind them can be narrowed to. */
const INCIDENT_FILTERS = new Map([['incident-type', 'type'], ['component', 'component']]);
const OUTCOMES = new Map([['breaches', 'breached'], ['incidents-within-target', 'within']]);
const FILTERS = new Set(['tenant', 'site', 'campaign', 'queue', 'team', 'agent']);
const MINUTES: Record<string, number> = { '1min': 1, '5min': 5, '15min': 15, '30min': 30, '60min': 60 };
const FATES: Record<string, string> = { answered: 'ANSWERED', 'answered-in-target': 'ANSWERED', asa: 'ANSWERED', 'average-talk': 'ANSWERED', 'average-wrapup': 'ANSWERED', 'average-handle': 'ANSWERED', abandoned: 'ABANDONED', 'short-abandoned': 'ABANDONED', 'no-agent': 'NO_AGENT', overflowed: 'OVERFLOWED', closed: 'CLOSED', 'ivr-only': 'IVR_ONLY' };

/** Of outbound calls; several results by comma, '' = all. */
const RESULTS: Record<string, string> = {
  'dial-attempts': '', 'contact-rate': '', 'reached': 'PASSED,NUISANCE', 'passed': 'PASSED', 'dial-average-talk': 'PASSED', 'nuisance-calls': 'NUISANCE', 'nuisance-rate': 'NUISANCE', 'machines': 'MACHINE',
  'dial-busy': 'BUSY', 'dial-invalid': 'INVALID', 'dial-no-answer': 'NO_ANSWER', 'dial-argued': '', 'dial-positive': '', 'appointments': '', 'dial-conversion': '',
};

/** Of agents, who take calls and dial. */
const BOTH = new Set(['agent-contacts', 'offers', 'agent-no-answer-rate', 'contacts-per-hour', 'contacts-per-productive-hour', 'wait-between-calls', 'talk-time', 'hold-time', 'wrapup-time', 'ringing-time', 'dialing-time', 'talk-minutes-per-hour', 'occupancy', 'utilisation']);

/** Where what is behind a measure stands: incidents have a page of their own. */
export function pageBehind(dimensions: readonly string[]): '/calls' | '/incidents/sla' {
  return dimensions.includes('severity') || dimensions.includes('component') ? '/incidents/sla' : '/calls';
}

/** The calls behind a number: its group's ids as filters, its interval as the range, its measure as the fate. */
export function drillDown(keys: readonly KpiKey[], measure: string): Patch {
  const result = Object.hasOwn(RESULTS, measure) ? RESULTS[measure] : undefined;
  const patch: Patch = result === undefined ? { direction: BOTH.has(measure) ? null : 'INBOUND', fate: FATES[measure] } : { direction: 'OUTBOUND', ...(result !== '' && { result }) };
  const outcome = OUTCOMES.get(measure);
  if (outcome !== undefined) patch['outcome'] = outcome;
  for (const { field, value } of keys) {
    const filter = INCIDENT_FILTERS.get(field);
    if (filter !== undefined) patch[filter] = value;
    else if (FILTERS.has(field)) patch[field] = value;
    else if (field in MINUTES) patch['range'] = `${value}..${new Date(Date.parse(value) + (MINUTES[field] ?? 0) * 60_000).toISOString()}`;
    else if (field === 'day') patch['range'] = `${value}..${value}`;
    else if (field === 'week') patch['range'] = `${value}..${addDays(value, 6)}`;
    else if (field === 'month') patch['range'] = `${value}-01..${addDays(firstOfMonth(`${value}-01`, 1), -1)}`;
  }
  return patch;
}
