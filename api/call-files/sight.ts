import type { CallFile } from '../../warehouse/operational/contacts/call-files.ts';
import type { Campaign } from '../../telephony/configuration.ts';
import type { ApiContext } from '../context.ts';
import { allows } from '../viewer.ts';

type Sight = Pick<ApiContext, 'directory' | 'viewer'>;

/** An outbound campaign that the viewer may work with; undefined = there is none, as far as they know. */
export function campaignInSight(did: string, { directory, viewer: { scope } }: Sight): Campaign | undefined {
  const campaign = directory.campaign(did);
  return campaign?.direction === 'outbound' && allows(scope.tenants, campaign.tenant) && allows(scope.sites, campaign.site) && scope.teams === 'all' ? campaign : undefined;
}

/** A file of a campaign that is no more is its tenant's. */
export function fileInSight({ campaign: did, tenant }: Pick<CallFile, 'campaign' | 'tenant'>, { directory, viewer: { scope } }: Sight): boolean {
  const campaign = directory.campaign(did);
  return allows(scope.tenants, tenant) && (campaign ? allows(scope.sites, campaign.site) : scope.sites === 'all') && scope.teams === 'all';
}

/** Where a campaign's site is; numbers and dates without a zone are read as there. */
export function zoneOf(campaign: Pick<Campaign, 'site'>, { directory }: Pick<ApiContext, 'directory'>): string {
  return directory.site(campaign.site)?.zone ?? 'UTC';
}
