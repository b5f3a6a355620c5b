'use client';
import { keptList } from '../live/keep-unchanged.ts';
import { useLiveFilter } from '../live/use-live-board.ts';
import { useStream, type StreamView } from '../live/use-stream.ts';
import { DIALED_CAMPAIGN, DIALER } from './dialer-query.ts';

interface WithCampaigns<Campaign> { at: string; campaigns: Campaign[] }

/** What is drawn from a campaign that did not change is not drawn again. */
function keepCampaigns<Campaign extends { campaign: string }, Board extends WithCampaigns<Campaign>>(before: Board | null, after: Board): Board {
  return before ? { ...after, campaigns: keptList(before.campaigns, after.campaigns, ({ campaign }) => campaign) } : after;
}

/** All campaigns under the page's filters. */
export function useCampaigns() {
  return useStream(DIALER, useLiveFilter(), keepCampaigns);
}

/** One campaign with its last hour, whatever the page's filters say. */
export function useCampaign(campaign: string) {
  return useStream(DIALED_CAMPAIGN, { campaign: [campaign] }, keepCampaigns);
}

export type CampaignsView = StreamView<{ at: string; coreAt: string | null; dataAt: string | null; connected: boolean }>;
