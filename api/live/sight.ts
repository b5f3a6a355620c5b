import type { LiveAgent, LiveCampaign, LiveGateway, LiveMessage, LiveQueue } from '../../telephony/live.ts';
import type { KpiQuery, Scope } from '../../warehouse/warehouse.ts';
import { validAt, type Directory } from '../directory.ts';
import { allows } from '../viewer.ts';

/** What a page asks to see. Absent = everything; an empty list = nothing. */
export interface LiveFilter {
  tenant?: string[] | null;
  site?: string[] | null;
  queue?: string[] | null;
  team?: string[] | null;
  /** Narrows the campaigns, and nothing else. */
  campaign?: string[] | null;
  zone?: string | null;
}

/** Decides what of the live state stands on a board: the viewer's scope, narrowed by the page's filter. */
export interface Sight {
  queue(queue: LiveQueue): boolean;
  agent(agent: LiveAgent): boolean;
  campaign(campaign: LiveCampaign): boolean;
  gateway(gateway: LiveGateway): boolean;
  message(message: LiveMessage): boolean;
}

export function sightOf(scope: Scope, filter: LiveFilter, directory: Directory, nowMs: number): Sight {
  const tenant = (id: string): boolean => sees(scope.tenants, filter.tenant, id);
  const site = (id: string): boolean => sees(scope.sites, filter.site, id);
  const teams = (ids: string[]): boolean => (scope.teams === 'all' && filter.team == null) || ids.some((id) => sees(scope.teams, filter.team, id));
  const place = (row: { tenant: string; site: string; teams: string[] }): boolean => tenant(row.tenant) && site(row.site) && teams(row.teams);
  // Who watches some queues sees the agents with a skill for one of them.
  const byQueue = scope.queues !== 'all' || filter.queue != null;
  const skilled = (number: number): boolean => !byQueue || (directory.agent(number)?.skills.some((skill) => sees(scope.queues, filter.queue, String(skill.queue))) ?? false);
  // A queue has no site and no team of its own: it belongs where somebody with its skill sits.
  const narrowed = scope.sites !== 'all' || scope.teams !== 'all' || filter.site != null || filter.team != null;
  const staffed = narrowed ? new Set(validAt(directory.configuration().agents, nowMs).filter(place).flatMap((row) => row.skills.map((skill) => skill.queue))) : null;
  return {
    queue: (row) => !directory.isOutbound(row.queue) && tenant(row.tenant) && sees(scope.queues, filter.queue, String(row.queue)) && (staffed === null || staffed.has(row.queue)),
    agent: (row) => place(row) && skilled(row.agent),
    campaign: (row) => {
      const known = directory.campaign(row.campaign);
      return tenant(row.tenant) && (filter.campaign == null || filter.campaign.includes(row.campaign)) && (known ? site(known.site) : scope.sites === 'all' && filter.site == null);
    },
    gateway: (row) => site(row.site),
    message: (row) => {
      if (row.to === 'all') return true;
      if ('team' in row.to) return teams([row.to.team]);
      const known = directory.agent(row.to.agent);
      return known ? place(known) && skilled(known.number) : scope.tenants === 'all';
    },
  };
}

/** The filter as `kpi` takes it; the scope goes beside it. */
export function whereOf(filter: LiveFilter): KpiQuery['where'] {
  return {
    ...(filter.tenant ? { tenant: filter.tenant } : {}),
    ...(filter.site ? { site: filter.site } : {}),
    ...(filter.queue ? { queue: filter.queue } : {}),
    ...(filter.team ? { team: filter.team } : {}),
  };
}

function sees(ids: 'all' | string[], wanted: string[] | null | undefined, id: string): boolean {
  return allows(ids, id) && (wanted == null || wanted.includes(id));
}
