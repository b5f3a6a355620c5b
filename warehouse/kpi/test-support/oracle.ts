import type { Dimension, Interval, KpiQuery, KpiRow, Scope } from '../../warehouse.ts';
import { INTERVALS } from '../../warehouse.ts';
import { FORMULAS } from './oracle-formulas.ts';
import { resultOf } from './oracle-dials.ts';
import type { Contact, Dial, Item, Outcome, Slice } from './oracle-formulas.ts';
import { intervalOf, localParts, midnight } from './oracle-time.ts';
import type { RawCall, RawHistory, RawLeg } from './raw-rows.ts';

const QUARTER = 900_000;

/**
 * Every measure by loops over raw rows: slow, plain, and without a word of SQL. What the definitions say is
 * written here a second time, so that both must agree.
 */
export function oracle(history: RawHistory, query: KpiQuery & { zone: string }, scope: Scope): { rows: KpiRow[]; totals: KpiRow } {
  const from = bound(query.from, query.zone);
  const to = bound(query.to, query.zone);
  const interval = query.by.find((key): key is Interval => (INTERVALS as readonly string[]).includes(key)) ?? null;
  const rows = new Map<string, KpiRow>();
  const totals: KpiRow = {};
  const all = itemsOf(history);
  const gathered = new Map<Item[], Gathered>();
  for (const id of query.measures) {
    const formula = FORMULAS[id];
    if (!formula) throw new Error(`the oracle does not know ${id}`);
    const kinds = [...query.by, ...Object.keys(query.where).filter((key) => query.where[key as Dimension]?.length)];
    const asks = (...keys: string[]): boolean => kinds.some((key) => keys.includes(key))
      || (keys.includes('queue') && scope.queues !== 'all') || (keys.includes('team') && scope.teams !== 'all');
    const byLeg = formula.over === 'agents' ? asks('queue', 'campaign', 'medium', '1min', '5min') : !formula.callsOnly && asks('queue', 'agent', 'team');
    const items = (formula.over === 'agents' || formula.over === 'calls') && byLeg ? all.legs : all[formula.over];
    const { groups, every } = gathered.get(items) ?? gather(history, query, scope, interval, { items, from, to });
    gathered.set(items, { groups, every });
    for (const [key, group] of groups) {
      const row = rows.get(key) ?? Object.fromEntries(query.by.map((name, index) => [name, (JSON.parse(key) as string[])[index] ?? '']));
      row[id] = formula.value(group);
      rows.set(key, row);
    }
    totals[id] = formula.value(every);
  }
  if (query.by.length === 0 && rows.size === 0) rows.set('[]', {});
  if (interval && query.by.length === 1) {
    const step = interval === '1min' || interval === '5min' ? 60_000 : QUARTER;
    for (let at = Math.floor(from / step) * step; at < to; at += step) {
      const text = intervalOf(at, interval, query.zone);
      const key = JSON.stringify([text]);
      if (!rows.has(key)) rows.set(key, { [interval]: text });
    }
  }
  for (const row of rows.values()) for (const id of query.measures) row[id] ??= FORMULAS[id]?.value([]) ?? null;
  return { rows: [...rows.values()], totals };
}

interface Gathered { groups: Map<string, Item[]>; every: Item[] }

/** The items that a query is about, by its keys; with its own T and S where it asks them. */
function gather(history: RawHistory, query: KpiQuery & { zone: string }, scope: Scope, interval: Interval | null, { items, from, to }: { items: Item[]; from: number; to: number }): Gathered {
  const groups = new Map<string, Item[]>();
  const every: Item[] = [];
  for (const original of items) {
    const item = original.kind === 'contact' ? { ...original, target: query.targetSeconds ?? original.target, short: query.shortAbandonSeconds ?? original.short } : original;
    const low = item.byQuarter ? Math.floor(from / QUARTER) * QUARTER : from;
    const high = item.byQuarter ? Math.ceil(to / QUARTER) * QUARTER : to;
    if (item.at < low || item.at >= high) continue;
    const teams = teamsOf(history, item).filter((team) => permits(query.where.team, team) && (scope.teams === 'all' || scope.teams.includes(team)));
    if ((query.by.includes('team') || query.where.team?.length || scope.teams !== 'all') && teams.length === 0) continue;
    if (scope.tenants !== 'all' && !scope.tenants.includes(item.tenant)) continue;
    if (scope.sites !== 'all' && !scope.sites.includes(item.site)) continue;
    if (scope.queues !== 'all' && !scope.queues.includes(item.queue)) continue;
    const local = localParts(item.at, query.zone);
    const value = (key: string): string => {
      if (key === 'hour') return String(local.hour);
      if (key === 'weekday') return String(local.weekday);
      if (key === interval) return intervalOf(item.at, interval, query.zone);
      return item[key as 'tenant' | 'site' | 'queue' | 'agent' | 'campaign' | 'medium'];
    };
    if (Object.entries(query.where).some(([key, ids]) => key !== 'team' && ids?.length && !ids.map((one) => (key === 'hour' ? String(Number(one)) : one)).includes(value(key)))) continue;
    if (query.by.includes('queue') && item.queue === '') continue;
    if (query.by.includes('agent') && item.agent === '') continue;
    every.push(item);
    for (const team of query.by.includes('team') ? teams : ['']) {
      const key = JSON.stringify(query.by.map((name) => (name === 'team' ? team : value(name))));
      const group = groups.get(key);
      if (group) group.push(item); else groups.set(key, [item]);
    }
  }
  return { groups, every };
}

type Items = Record<'calls' | 'legs' | 'slices' | 'agents' | 'outcomes' | 'dials' | 'dialOutcomes' | 'repeats', Item[]>;
const made = new WeakMap<RawHistory, Items>();

function itemsOf(history: RawHistory): Items {
  const items = made.get(history) ?? {
    calls: history.calls.flatMap((call) => contactOfCall(call)), legs: history.legs.flatMap((leg) => contactOfLeg(leg)),
    slices: slices(history), agents: agentContacts(history), outcomes: outcomes(history, 'inbound'), dials: dials(history), dialOutcomes: outcomes(history, 'outbound'), repeats: repeats(history),
  };
  made.set(history, items);
  return items;
}

function bound(text: string, zone: string): number {
  return text.length === 10 ? midnight(text, zone) : Date.parse(text);
}

function permits(ids: string[] | undefined, id: string): boolean {
  return !ids?.length || ids.includes(id);
}

/** Teams of the item's agent when its quarter-hour began. */
function teamsOf(history: RawHistory, item: Item): string[] {
  const at = Math.floor(item.at / QUARTER) * QUARTER;
  const found = new Set<string>();
  for (const member of history.dimensions.teamMembers) {
    if (member.tenant !== item.tenant || member.agent !== item.agent) continue;
    if (member.validFrom !== null && at < Date.parse(member.validFrom)) continue;
    if (member.validTo !== null && at >= Date.parse(member.validTo)) continue;
    found.add(member.team);
  }
  return [...found];
}

function contactOfCall(call: RawCall): Contact[] {
  if (call.direction !== 'inbound') return [];
  const over = call.row_state !== 1;
  const closed = call.closed === true;
  const entered = call.queued === true && !closed;
  const answered = entered && call.answered === true;
  return [{
    kind: 'contact', byQuarter: false, at: call.started_at, tenant: call.tenant, site: call.site ?? '', campaign: call.campaign ?? '', medium: call.medium ?? '', queue: call.first_queue ?? '', agent: call.first_agent ?? '',
    offered: true, closed, ivrOnly: over && !entered && !closed, ivrResolved: over && !entered && !closed && call.ivr_resolved === true,
    queued: answered || (entered && over), answered, abandoned: entered && over && call.answered !== true && call.abandoned === true,
    noAgent: (answered || (entered && over)) && call.no_agent === true, overflowed: (answered || (entered && over)) && call.overflowed === true,
    rerouted: (answered || (entered && over)) && (call.reroute_s ?? 0) > 0,
    wait: Math.max(call.wait_s ?? 0, 0), totalWait: Math.max(call.total_wait_s ?? call.wait_s ?? 0, 0), target: call.target_s ?? 20, short: call.short_abandon_s ?? 5,
    done: answered && over, talk: call.talk_s ?? 0, hold: call.hold_s ?? 0, wrapup: call.wrapup_s ?? 0,
    transferred: call.transferred === true, agentHungUp: call.ended_by_agent === true, taken: false, refused: false,
  }];
}

function contactOfLeg(leg: RawLeg): Contact[] {
  if (leg.direction !== 'inbound' && leg.direction !== 'outbound') return [];
  const inbound = leg.direction === 'inbound';
  const queue = leg.queue ?? '';
  const took = leg.outcome === 'answered' || (leg.outcome === 'in-progress' && leg.answered_at !== null);
  const queued = inbound && queue !== '' && (took || leg.outcome === 'abandoned' || leg.outcome === 'overflowed' || leg.outcome === 'no-agent' || leg.outcome === 'interrupted');
  const wait = Math.max(leg.wait_s ?? 0, 0);
  return [{
    kind: 'contact', byQuarter: false, at: leg.entered_at, tenant: leg.tenant, site: leg.site ?? '', campaign: leg.campaign ?? '', medium: leg.medium ?? '', queue, agent: leg.agent ?? '',
    offered: inbound && queue !== '' && leg.outcome !== 'rerouted', closed: inbound && queue !== '' && leg.outcome === 'closed', ivrOnly: false, ivrResolved: false,
    queued, answered: queued && took, abandoned: inbound && queue !== '' && leg.outcome === 'abandoned', noAgent: inbound && queue !== '' && leg.outcome === 'no-agent',
    overflowed: inbound && queue !== '' && leg.outcome === 'overflowed', rerouted: inbound && leg.outcome === 'rerouted', wait, totalWait: wait, target: leg.target_s ?? 20, short: leg.short_abandon_s ?? 5,
    done: inbound && leg.outcome === 'answered', talk: leg.talk_s ?? 0, hold: leg.hold_s ?? 0, wrapup: leg.wrapup_s ?? 0,
    transferred: leg.transferred === true, agentHungUp: leg.ended_by_agent === true,
    taken: took && (leg.agent ?? '') !== '', refused: leg.outcome === 'rerouted' && (leg.agent ?? '') !== '',
  }];
}

/** An agent's contacts, at the agent's site of that time, counted by quarter-hours like the agent's time. */
function agentContacts(history: RawHistory): Contact[] {
  return history.legs.flatMap((leg) => contactOfLeg(leg)).filter((contact) => contact.taken || contact.refused).map((contact) => {
    let site = '';
    let since = Number.NEGATIVE_INFINITY;
    for (const agent of history.dimensions.agents) {
      const from = agent.validFrom === null ? Number.NEGATIVE_INFINITY : Date.parse(agent.validFrom);
      if (agent.tenant !== contact.tenant || agent.agent !== contact.agent || from > contact.at || from < since) continue;
      since = from;
      ({ site } = agent);
    }
    return { ...contact, byQuarter: true, site };
  });
}

function slices(history: RawHistory): (Slice | Contact)[] {
  const found: (Slice | Contact)[] = agentContacts(history);
  for (const row of history.states) {
    if (row.state === 'logged_out') continue;
    const productive = history.dimensions.pauseReasons.find((reason) => reason.code === row.reason)?.productive === true;
    const end = row.started_at + Math.min(row.duration_ms, 24 * 3_600_000);
    for (let at = row.started_at; at < end;) {
      const next = Math.min(end, (Math.floor(at / QUARTER) + 1) * QUARTER);
      found.push({ kind: 'slice', byQuarter: true, at, tenant: row.tenant, site: row.site ?? '', campaign: '', medium: '', queue: row.queue ?? '', agent: row.agent, state: row.state, ms: next - at, productive });
      at = next;
    }
  }
  return found;
}

function outcomes(history: RawHistory, direction: 'inbound' | 'outbound'): Outcome[] {
  return history.calls.filter((call) => call.direction === direction && call.row_state !== 1).map((call) => {
    const status = call.status_num === null || call.status_group === null ? undefined : history.dimensions.statuses.find((one) =>
      one.tenant === call.tenant && one.group === call.status_group && one.num === call.status_num && one.detail === (call.status_detail ?? 0));
    return {
      kind: 'outcome', byQuarter: false, at: call.started_at, tenant: call.tenant, site: call.site ?? '', campaign: call.last_campaign ?? call.campaign ?? '', medium: call.medium ?? '',
      queue: direction === 'outbound' ? '' : call.last_queue ?? call.first_queue ?? '', agent: call.last_agent ?? call.first_agent ?? '',
      reached: call.answered === true, qualified: call.status_num !== null && (call.status_group ?? 0) > 0, outcome: status?.outcome ?? 'none',
    };
  });
}

/** A dial belongs to its campaign, not to a queue. */
function dials(history: RawHistory): Dial[] {
  return history.calls.filter((call) => call.direction === 'outbound').map((call) => ({
    kind: 'dial', byQuarter: false, at: call.started_at, tenant: call.tenant, site: call.site ?? '', campaign: call.campaign ?? '', medium: call.medium ?? '', queue: '', agent: call.first_agent ?? '',
    result: resultOf(call), over: call.row_state !== 1, talk: call.talk_s ?? 0,
  }));
}

function repeats(history: RawHistory): Item[] {
  const calls = history.calls.filter((call) => call.direction === 'inbound' && (call.caller_key ?? '') !== '');
  return calls.filter((call) => call.queued === true && call.closed !== true && call.answered === true).map((call) => {
    const gaps = calls.filter((other) => other !== call && other.tenant === call.tenant && other.caller_key === call.caller_key
      && (other.started_at < call.started_at || (other.started_at === call.started_at && other.call_id < call.call_id))).map((other) => call.started_at - other.started_at);
    return {
      kind: 'repeat', byQuarter: false, at: call.started_at, tenant: call.tenant, site: call.site ?? '', campaign: call.campaign ?? '', medium: call.medium ?? '', queue: call.first_queue ?? '', agent: call.first_agent ?? '',
      hours: Math.min(Number.POSITIVE_INFINITY, ...gaps) / 3_600_000,
    };
  });
}
