import { worstWindowShare } from '../../telephony/dialer/study/observed.ts';
import { afterDisturbance, type Disturbance, disturbedSetting, live, shiftsSetting, standardSetting, type Studied } from '../../telephony/dialer/study/scenarios.ts';
import type { VicidialMethod } from '../../telephony/dialer/pacing-vicidial.ts';
import { serveThread } from '../threads/serve.ts';

/** One campaign of the study. */
export type StudyJob = { agents: number; seed: number } & (
  | { scenario: 'standard'; studied: Studied; method?: VicidialMethod }
  | { scenario: 'shifts' }
  | { scenario: 'disturbed'; disturbance: Disturbance }
);

/** A thread that lives campaigns, one after the other; figures by name. */
export interface StudyThread {
  live(job: StudyJob): Promise<Record<string, number>>;
}

const FIRST_ANSWERS = 200;
const MONTH_MS = 30 * 24 * 3_600_000;

const functions: StudyThread = { live: (job) => Promise.resolve(figuresOf(job)) };
await serveThread(() => ({ functions }));

function figuresOf(job: StudyJob): Record<string, number> {
  const { agents, seed } = job;
  if (job.scenario === 'disturbed') {
    const { worstShare, backMinutes } = afterDisturbance(live(disturbedSetting(agents, seed, job.disturbance), 'predictive'));
    return { 'worst share %': percent(worstShare), 'back after min': backMinutes };
  }
  if (job.scenario === 'shifts') {
    const lived = live(shiftsSetting(agents, seed), 'predictive');
    return { 'busy %': percent(lived.busyShare), 'worst 24 h %': percent(lived.worstDayShare), 'worst 30 days %': percent(worstWindowShare(lived.answers, FIRST_ANSWERS, MONTH_MS)) };
  }
  const lived = live(standardSetting(agents, seed), job.studied, job.method);
  return {
    'busy %': percent(lived.busyShare), 'talk min/h': lived.talkMinutesPerHour, 'wait s': lived.waitSeconds, 'nuisance %': percent(lived.nuisanceShare),
    'worst 24 h %': percent(lived.worstDayShare), 'contacts/h': lived.contactsPerHour, lines: lived.lines,
  };
}

/** 3 of 100 are 3 %, not 3.0000000000000004. */
function percent(share: number): number {
  return Math.round(share * 1e8) / 1e6;
}
