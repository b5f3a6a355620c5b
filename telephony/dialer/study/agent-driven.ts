import { CallbackTimer, VirtualClock } from '../../clock.ts';
import { contactFuture } from './contact-future.ts';
import type { RunSetting } from './campaign-run.ts';
import type { StudyResult } from './observed.ts';

/**
 * Manual and preview dialing: nobody paces, each agent takes the next contact when free and hears all of its ringing.
 * Manual costs the time to look the number up and dial it; in preview the agent reads the contact and the system dials.
 */
export function liveAgentDriven(setting: RunSetting, mode: 'manual' | 'preview'): StudyResult {
  const { nature, seed, startMs, hours, contacts } = setting;
  const clock = new VirtualClock(startMs);
  const endMs = startMs + hours * 3_600_000;
  const agents = setting.agentsAt(0);
  const sums = { talkMs: 0, busyMs: 0, passed: 0, lineMs: 0, dials: 0 };
  const until = (fromMs: number, ms: number): number => Math.max(0, Math.min(ms, endMs - fromMs));

  const next = (): void => {
    if (sums.dials >= contacts) return;
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
  clock.run(endMs);

  const loggedMs = agents * (endMs - startMs);
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
    lines: sums.lineMs / (endMs - startMs),
    peakLines: agents,
    answers: [],
  };
}
