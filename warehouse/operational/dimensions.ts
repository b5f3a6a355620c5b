import type { CentreConfiguration } from '../../telephony/configuration.ts';
import type { Dimensions } from '../warehouse.ts';

/** The copies of the configuration that the facts are joined with; ids are text, as in the facts. */
export function toDimensions(configuration: CentreConfiguration): Dimensions {
  return {
    version: configuration.version,
    tenants: configuration.tenants.map(({ id, customerNumber, name, zone }) => ({ tenant: id, customerNumber, name, zone })),
    sites: configuration.sites.map(({ id, name, zone }) => ({ site: id, name, zone })),
    queues: configuration.queues.map((queue) => ({
      tenant: queue.tenant, queue: String(queue.number), name: queue.name, medium: queue.medium,
      targetSeconds: queue.targetSeconds, shortAbandonSeconds: queue.shortAbandonSeconds, validFrom: queue.validFrom, validTo: queue.validTo,
    })),
    campaigns: configuration.campaigns.map((campaign) => ({
      tenant: campaign.tenant, campaign: campaign.did, name: campaign.name, site: campaign.site, direction: campaign.direction,
      validFrom: campaign.validFrom, validTo: campaign.validTo,
    })),
    teams: configuration.teams.map(({ id, name, site, tenant }) => ({ team: id, name, site, tenant })),
    agents: configuration.agents.map((agent) => ({
      tenant: agent.tenant, agent: String(agent.number), name: agent.name, site: agent.site, validFrom: agent.validFrom, validTo: agent.validTo,
    })),
    teamMembers: configuration.agents.flatMap((agent) => agent.teams.map((team) => ({
      team, tenant: agent.tenant, agent: String(agent.number), validFrom: agent.validFrom, validTo: agent.validTo,
    }))),
    statuses: configuration.statuses.map(({ tenant, group, num, detail, labelFr, labelEn, outcome }) => ({ tenant, group, num, detail, labelFr, labelEn, outcome })),
    // A reason has a period for each of its limits, which no figure depends on.
    pauseReasons: [...new Map(configuration.pauseReasons.map(({ code, labelFr, labelEn, productive }) => [code, { code, labelFr, labelEn, productive }])).values()],
  };
}
