import type { Token } from '../theme/tokens.ts';
import type { CallFile } from './call-files-query.ts';

export const STATES = ['done', 'inProgress', 'callBack', 'followUp', 'exhausted', 'excluded', 'new'] as const;
export type State = (typeof STATES)[number];

export interface Segment { state: State; count: number; /** Of the file's contacts. */ share: number; token: Token }

/** What has not been dialed is the empty rest of the bar. */
const TOKENS: Record<State, Token> = { done: 'ready', inProgress: 'talk', callBack: 'hold', followUp: 'wrapup', exhausted: 'pause', excluded: 'abandoned', new: 'sunken' };

/** A file's contacts by state as parts of a bar, in one order; states without a contact are left out. */
export function prepareSegments({ states, accepted }: Pick<CallFile, 'states' | 'accepted'>): Segment[] {
  return STATES.filter((state) => states[state] > 0).map((state) => ({ state, count: states[state], share: accepted === 0 ? 0 : states[state] / accepted, token: TOKENS[state] }));
}

/** The files in view: of the page's clients, sites and campaign. */
export function filesInView<File extends Pick<CallFile, 'campaign' | 'tenant'>>(files: readonly File[], campaigns: readonly { id: string; site: string }[], where: { tenant: string[]; site: string[]; campaign: string | null }): File[] {
  const siteOf = new Map(campaigns.map(({ id, site }) => [id, site]));
  return files.filter(({ campaign, tenant }) => (where.tenant.length === 0 || where.tenant.includes(tenant)) && (where.site.length === 0 || where.site.includes(siteOf.get(campaign) ?? '')) && (where.campaign === null || campaign === where.campaign));
}
