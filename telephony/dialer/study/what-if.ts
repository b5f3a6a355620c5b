import type { VicidialMethod } from '../pacing-vicidial.ts';
import { live, standardSetting, type Studied } from './scenarios.ts';
import type { CampaignNature } from './standard-campaign.ts';

export const WHAT_IF_MODES = ['manual', 'preview', 'progressive', 'vicidial-hard-limit', 'vicidial-average', 'vicidial-tapered', 'predictive', 'clairvoyant'] as const;
export type WhatIfMode = (typeof WHAT_IF_MODES)[number];

export interface WhatIf {
  contacts: number;
  agents: number;
  seed: number;
  /** Hours of calling at most; it ends with its contacts before. */
  hours: number;
  /** Highest share of nuisance calls in each window, 0..1. */
  nuisanceShare: number;
  /** Other people and agents than the standard campaign's: share of dials that a person answers (0.7 at most), mean talk and wrap-up. */
  answerShare?: number;
  talkSeconds?: number;
  wrapupSeconds?: number;
}

/** One mode's campaign. Null = nobody answered, or too few for a window's share. */
export interface LivedMode {
  mode: WhatIfMode;
  hours: number;
  contactsDialed: number;
  contactsLeft: number;
  /** Of all agents' time. */
  talkMinutesPerHour: number;
  busyShare: number;
  /** Between two calls of an agent: mean seconds without one. */
  waitSeconds: number | null;
  nuisanceShare: number | null;
  /** Highest share in 24 hours of calling, from the 200th live answer on. */
  worstDayShare: number | null;
  nuisances: number;
  takenForMachine: number;
  contactsPerHour: number;
  lines: number;
  peakLines: number;
}

const TOLD_MS = 600_000;
const LEAST_ANSWERS = 200;

/**
 * Lives the standard campaign under one mode, at the speed of the processor. Contacts follow from the seed and their place
 * in the file: every mode meets the same persons. `onProgress` is told the share that is done, 0..1.
 */
export function liveMode(asked: WhatIf, mode: WhatIfMode, onProgress?: (done: number) => void): LivedMode {
  const { contacts, agents, seed, hours, nuisanceShare } = asked;
  const standard = standardSetting(agents, seed, hours, contacts);
  const setting = { ...standard, nature: natureOf(asked, standard.nature), limits: { ...standard.limits, nuisanceShare } };
  const { studied, method } = studiedOf(mode);
  const lived = live(setting, studied, method, (atMs, dials) => {
    if (atMs % TOLD_MS === 0) onProgress?.(Math.min(1, Math.max(dials / contacts, atMs / (hours * 3_600_000))));
  });
  const answers = lived.passed + lived.nuisances;
  const drops = studied !== 'manual' && studied !== 'preview';
  const { talkMinutesPerHour, busyShare, nuisances, takenForMachine, contactsPerHour, lines, peakLines } = lived;
  return {
    mode, talkMinutesPerHour, busyShare, nuisances, takenForMachine, contactsPerHour, lines, peakLines,
    hours: lived.hours,
    contactsDialed: lived.dials,
    contactsLeft: contacts - lived.dials,
    waitSeconds: lived.passed === 0 ? null : lived.waitSeconds,
    nuisanceShare: answers === 0 ? null : lived.nuisanceShare,
    worstDayShare: !drops ? 0 : answers > LEAST_ANSWERS ? lived.worstDayShare : null,
  };
}

function natureOf({ answerShare, talkSeconds, wrapupSeconds }: WhatIf, standard: CampaignNature): CampaignNature {
  return {
    ...standard,
    ...(answerShare === undefined ? {} : { personShare: () => answerShare }),
    ...(talkSeconds === undefined ? {} : { talkMeanMs: 1000 * talkSeconds }),
    ...(wrapupSeconds === undefined ? {} : { wrapupMeanMs: 1000 * wrapupSeconds }),
  };
}

const METHODS: Partial<Record<WhatIfMode, VicidialMethod>> = { 'vicidial-hard-limit': 'HARD_LIMIT', 'vicidial-average': 'AVERAGE', 'vicidial-tapered': 'TAPERED' };

function studiedOf(mode: WhatIfMode): { studied: Studied; method?: VicidialMethod } {
  const method = METHODS[mode];
  if (method) return { studied: 'vicidial', method };
  return { studied: mode === 'manual' || mode === 'preview' || mode === 'progressive' || mode === 'clairvoyant' ? mode : 'predictive' };
}
