import type { NuisanceWindows } from './nuisance-windows.ts';
import type { PacingBound, PacingFloor, PacingReason } from './pacing.ts';

/** The most that can be dialed now whatever a pacing wants, and what sets it. */
export function roomToDial({ agents, contactsLeft, limits, dials, waiting }: PacingFloor): { most: number; bound: PacingBound } {
  if (agents.length === 0) return { most: 0, bound: 'agents' };
  let lines = limits.lines - dials.length - waiting.length;
  for (const { state } of agents) if (state === 'talking') lines -= 1;
  const contacts = Math.max(0, Math.floor(contactsLeft));
  return contacts <= lines ? { most: contacts, bound: 'contacts' } : { most: Math.max(0, Math.floor(lines)), bound: 'lines' };
}

/** The explanation of a pacing that estimates nothing: what can be counted. */
export function unestimated(floor: PacingFloor, windows: NuisanceWindows, dial: number, ready: number): Omit<PacingReason, 'bound'> {
  return {
    level: floor.agents.length === 0 ? 0 : (floor.dials.length + floor.waiting.length + dial) / floor.agents.length,
    ready,
    ringing: floor.dials.length,
    answerShare: null, answerSeconds: null, talkSeconds: null, wrapupSeconds: null,
    horizonSeconds: null, expectedAnswers: null, expectedFree: null, expectedDrops: null, expectedIdle: null,
    risk: null, riskAllowed: null, nuisanceLeft: null,
    nuisance: floor.limits.windowsMs.map((windowMs) => windows.share(floor.nowMs, windowMs)),
  };
}
