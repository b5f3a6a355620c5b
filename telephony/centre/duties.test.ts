import { expect, it } from 'vitest';
import { VirtualClock } from '../clock.ts';
import { buildConfiguration } from './build-configuration.ts';
import { loadCentre } from './load-centre.ts';
import { Roster } from './roster.ts';
import { createSimulatedFloor } from './simulated-floor.ts';

const SEED = 7;
const OPENS = Date.UTC(2026, 2, 3, 10, 40);
const DAY_MS = 86_400_000;
const SHORTEST_MS = 20_000;

it('a floor that begins in the middle of pauses ends them when they would have ended', () => {
  const centre = loadCentre();
  const today = Math.floor(OPENS / DAY_MS);
  const duties = new Roster(centre, SEED).of(today).filter(({ fromMs, toMs }) => fromMs < OPENS && toMs > OPENS + DAY_MS / 12);
  const begun = duties.flatMap(({ person, pauses }) => {
    const [pause] = pauses.filter(({ fromMs, lengthMs }) => fromMs < OPENS && fromMs + lengthMs > OPENS + SHORTEST_MS);
    const next = pauses.find(({ fromMs }) => fromMs >= OPENS);
    const endMs = pause ? pause.fromMs + pause.lengthMs : 0;
    return pause && (next?.fromMs ?? Number.POSITIVE_INFINITY) > endMs + 1000 ? [{ agent: person.agent.number, endMs }] : [];
  }).toSorted((a, b) => a.endMs - b.endMs);
  expect(begun.length).toBeGreaterThan(3);

  const clock = new VirtualClock(OPENS);
  const floor = createSimulatedFloor({ centre, configuration: buildConfiguration(centre), clock, seed: SEED, run: 'test', rows: null });
  floor.workers.start();
  for (const { agent, endMs } of begun) {
    clock.run(endMs - 1000);
    expect(floor.automaton.agent(agent)?.state, `agent ${agent} before the end`).toBe('pause');
    clock.run(endMs + 500);
    expect(floor.automaton.agent(agent)?.state, `agent ${agent} after the end`).toBe('ready');
  }
});
