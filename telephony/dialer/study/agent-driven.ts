import { CallbackTimer, VirtualClock } from '../../clock.ts';
import { contactFuture } from './contact-future.ts';
import type { OnSecond, RunSetting } from './campaign-run.ts';
import type { StudyResult } from './observed.ts';

const HOUR_MS = 3_600_000;

/**
 * Manual and preview dialing: nobody paces, each agent takes the next contact when free and hears all of its ringing.
 * Manual costs the time to look the number up and dial it; in preview the agent reads the contact and the system dials.
 */
export function liveAgentDriven(setting: RunSetting, mode: 'manual' | 'preview', onSecond?: OnSecond): StudyResult {
  const { nature, seed, startMs, contacts } = setting;
  const clock = new VirtualClock(startMs);
  const endMs = startMs + Math.round(setting.hours * HOUR_MS);
  const agents = setting.agentsAt(0);
  const sums = { talkMs: 0, busyMs: 0, passed: 0, lineMs: 0, dials: 0, working: agents };
  const until = (fromMs: number, ms: number): number => Math.max(0, Math.min(ms, endMs - fromMs));

  const next = (): void => {
    if (sums.dials >= contacts) {
      sums.working -= 1;
      return;
    }
    const index = sums.dials;
    sums.dials += 1;
    const dialMs = clock.nowMs() + (mode === 'manual' ? nature.lookUpMs : nature.previewMs);
    const future = contactFuture(nature, seed, index, dialMs - startMs);
    const person = future.outcome === 'person' || future.outcome === 'taken-for-machine';
    const answerMs = dialMs + future.afterMs;
    const talkMs = person ? Math.ceil(future.talkMs * nature.talkFactor(answerMs - startMs)) : 0;
    const heardMs = answerMs + (future.outcome === 'machine' ? nature.listenMs : talkMs);
    sums.lineMs += until(dialMs, heardMs - dialMs);
    if (person) {
      if (answerMs < endMs) sums.passed += 1;
      sums.talkMs += until(answerMs, talkMs);
      sums.busyMs += until(answerMs, talkMs + future.wrapupMs);
    }
    clock.set(new CallbackTimer(next), heardMs + (person ? future.wrapupMs : 0));
  };
  for (let i = 0; i < agents; i += 1) clock.set(new CallbackTimer(next), startMs);
  while (sums.working > 0 && clock.nowMs() < endMs) {
    clock.run(Math.min(clock.nowMs() + 1000, endMs));
    onSecond?.(clock.nowMs() - startMs, sums.dials);
  }

  // The file may have ended before the hours.
  const livedMs = clock.nowMs() - startMs;
  const hours = livedMs / HOUR_MS;
  const loggedMs = agents * livedMs;
  return {
    hours,
    busyShare: sums.busyMs / loggedMs,
    talkMinutesPerHour: (60 * sums.talkMs) / loggedMs,
    waitSeconds: (loggedMs - sums.busyMs) / 1000 / sums.passed,
    nuisanceShare: 0,
    worstDayShare: 0,
    passed: sums.passed,
    nuisances: 0,
    takenForMachine: 0,
    dials: sums.dials,
    cancelled: 0,
    contactsPerHour: sums.dials / hours,
    lines: sums.lineMs / livedMs,
    peakLines: agents,
    answers: [],
  };
}
