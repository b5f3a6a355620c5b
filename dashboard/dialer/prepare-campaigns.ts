import { againstTarget, type Verdict } from '../parts/verdict.ts';
import type { Dialer, LiveCampaign } from './dialer-query.ts';

/** Before so many answers a share says little, and the rules do not ask for it. */
export const FEWEST_ANSWERS = 200;
/** A share this far over its limit is red rather than amber. */
export const NUISANCE_SLACK = 0.0025;

/** What someone should see to, in the order in which it presses. */
export type Attention = 'overLimit' | 'noContacts' | 'noneNow' | 'noLines' | 'waiting' | 'noAgents';

export interface NuisanceView { hours: number; share: number | null; nuisance: number; passed: number; limit: number; verdict: Verdict; /** Too few answers for a verdict. */ few: boolean }

export interface CampaignView<D extends Dialer = Dialer> {
  campaign: string;
  name: string;
  tenant: string;
  dialer: D;
  attention: Attention | null;
  verdict: Verdict;
  nuisance: NuisanceView[];
  /** Logged in. */
  agents: number;
}

const STATES: Dialer['state'][] = ['RUNNING', 'PAUSED', 'STOPPED'];

/** Campaigns that dial: those that need a person first, then those at work, then by name. */
export function prepareCampaigns(campaigns: readonly LiveCampaign[]): CampaignView[] {
  return campaigns.flatMap((each) => {
    const campaign = viewOf(each);
    return campaign ? [campaign] : [];
  }).toSorted((a, b) => urgency(a) - urgency(b) || STATES.indexOf(a.dialer.state) - STATES.indexOf(b.dialer.state) || a.name.localeCompare(b.name));
}

/** Null = it does not dial. */
export function viewOf<D extends Dialer>({ dialer, campaign, name, tenant }: { campaign: string; name: string; tenant: string; dialer: D | null }): CampaignView<D> | null {
  if (!dialer) return null;
  const nuisance = prepareNuisance(dialer);
  const agents = Object.values(dialer.agents).reduce((sum, count) => sum + count, 0);
  const attention = attentionOf(dialer, nuisance, agents);
  const worst = nuisance.some(({ verdict }) => verdict === 'bad') ? 'bad' : 'warn';
  return { campaign, name, tenant, dialer, attention, verdict: attention === null ? 'ok' : attention === 'overLimit' ? worst : 'warn', nuisance, agents };
}

function prepareNuisance({ nuisanceWindows, nuisanceLimit }: Dialer): NuisanceView[] {
  return nuisanceWindows.map(({ hours, share, nuisance, passed }) => {
    const few = nuisance + passed < FEWEST_ANSWERS;
    return { hours, share, nuisance, passed, limit: nuisanceLimit, few, verdict: few ? 'none' : againstTarget(share, nuisanceLimit, 'down', NUISANCE_SLACK) };
  });
}

function attentionOf({ state, agents: { ready }, contactsLeft, contactsOpen, why }: Dialer, nuisance: readonly NuisanceView[], agents: number): Attention | null {
  if (nuisance.some(({ verdict }) => verdict === 'warn' || verdict === 'bad')) return 'overLimit';
  if (state !== 'RUNNING') return ready > 0 ? 'waiting' : null;
  if (agents === 0) return contactsLeft > 0 ? 'noAgents' : null;
  if (contactsLeft === 0) return contactsOpen === 0 ? 'noContacts' : 'noneNow';
  return why?.bound === 'LINES' && ready > 0 ? 'noLines' : null;
}

const PRESSING: Attention[] = ['overLimit', 'noLines', 'noContacts', 'noneNow', 'waiting', 'noAgents'];

function urgency({ attention, verdict }: CampaignView): number {
  if (attention === null) return PRESSING.length + 1;
  return verdict === 'bad' ? -1 : PRESSING.indexOf(attention);
}
