import { type Pacing, STANDARD_LIMITS } from '../pacing.ts';
import { ProgressivePacing } from '../pacing-progressive.ts';
import { PredictivePacing } from '../pacing-predictive.ts';
import { VicidialPacing, type VicidialMethod } from '../pacing-vicidial.ts';
import { liveAgentDriven } from './agent-driven.ts';
import { CampaignRun, type OnSecond, type RunSetting } from './campaign-run.ts';
import { Clairvoyant } from './clairvoyant.ts';
import type { StudyResult } from './observed.ts';
import { PacedDriver } from './paced-driver.ts';
import { STANDARD_CAMPAIGN } from './standard-campaign.ts';

const HOUR_MS = 3_600_000;
/** VICIdial counts its drops by days of calling. */
const DAY_HOURS = 10;
const DISTURBED_MS = 5 * HOUR_MS;

export const STUDIED = ['manual', 'preview', 'progressive', 'vicidial', 'predictive', 'clairvoyant'] as const;
export type Studied = (typeof STUDIED)[number];

/** The standard campaign with this many agents from the first to the last hour. */
export function standardSetting(agents: number, seed: number, hours = 10, contacts = Number.MAX_SAFE_INTEGER): RunSetting {
  return { nature: STANDARD_CAMPAIGN, limits: STANDARD_LIMITS, seed, hours, agentsAt: () => agents, contacts, startMs: 0 };
}

export const DISTURBANCES = ['answers', 'agents', 'talks'] as const;
export type Disturbance = (typeof DISTURBANCES)[number];

/** After five hours persons answer 45 % of new dials instead of 15 %, or a third of the agents leave in the middle of what they do, or talks take twice as long. */
export function disturbedSetting(agents: number, seed: number, disturbance: Disturbance): RunSetting {
  const setting = standardSetting(agents, seed, 7);
  if (disturbance === 'answers') return { ...setting, nature: { ...STANDARD_CAMPAIGN, personShare: (atMs) => (atMs < DISTURBED_MS ? 0.15 : 0.45) } };
  if (disturbance === 'talks') return { ...setting, nature: { ...STANDARD_CAMPAIGN, talkFactor: (atMs) => (atMs < DISTURBED_MS ? 1 : 2) } };
  return { ...setting, abrupt: true, agentsAt: (atMs) => (atMs < DISTURBED_MS ? agents : agents - Math.floor(agents / 3)) };
}

/** Three days around the clock: all agents from 7 to 15 h, seven in ten until 23 h, two in ten at night. */
export function shiftsSetting(agents: number, seed: number): RunSetting {
  const share = (hour: number): number => (hour >= 7 && hour < 15 ? 1 : hour >= 15 && hour < 23 ? 0.7 : 0.2);
  return { ...standardSetting(agents, seed, 72), agentsAt: (atMs) => Math.max(1, Math.round(agents * share((atMs / HOUR_MS + 7) % 24))) };
}

/** One campaign under one pacing. `method`: of VICIdial. */
export function live(setting: RunSetting, studied: Studied, method: VicidialMethod = 'AVERAGE', onSecond?: OnSecond): StudyResult {
  if (studied === 'manual' || studied === 'preview') return liveAgentDriven(setting, studied, onSecond);
  if (studied === 'clairvoyant') return new CampaignRun(setting, new Clairvoyant()).live(onSecond);
  return livePaced(setting, pacingOf(setting, studied, method), onSecond);
}

/** `pacing` may go on where another run ended. */
export function livePaced(setting: RunSetting, pacing: Pacing, onSecond?: OnSecond): StudyResult {
  return new CampaignRun(setting, new PacedDriver(pacing)).live(onSecond);
}

function pacingOf({ hours, limits }: RunSetting, studied: 'progressive' | 'vicidial' | 'predictive', method: VicidialMethod): Pacing {
  if (studied === 'progressive') return new ProgressivePacing();
  if (studied === 'predictive') return new PredictivePacing();
  return new VicidialPacing({ method, target: 0, dropShare: limits.nuisanceShare, dayMs: Math.min(hours, DAY_HOURS) * HOUR_MS });
}

/** Highest share of the last 24 h (or from the start) at any answer from the disturbance on, and the minutes until it is back under `limit` for good. */
export function afterDisturbance({ answers }: StudyResult, limit = STANDARD_LIMITS.nuisanceShare): { worstShare: number; backMinutes: number } {
  let [nuisances, worstShare, overMs] = [0, 0, DISTURBED_MS];
  answers.forEach(({ atMs, nuisance }, index) => {
    if (nuisance) nuisances += 1;
    if (atMs < DISTURBED_MS) return;
    const share = nuisances / (index + 1);
    worstShare = Math.max(worstShare, share);
    if (share > limit) overMs = atMs;
  });
  return { worstShare, backMinutes: (overMs - DISTURBED_MS) / 60_000 };
}
