import type { Floor } from './floor.ts';
import { tellFigures } from './qualification.ts';

/** An agent's production of a day: calls taken, argued contacts (CA, positive ones included), positive contacts (CP). */
export interface AgentFigures {
  agent: number;
  answered: number;
  argued: number;
  positive: number;
}

const NOTHING = { answered: 0, argued: 0, positive: 0 };

/** Adds what was done before this run to the day's figures; what an earlier call of this added is taken out. */
export function restoreFigures(floor: Floor, earlier: readonly AgentFigures[]): void {
  for (const figures of earlier) {
    const agent = floor.agents.get(figures.agent);
    if (!agent) continue;
    const before = floor.earlierFigures.get(figures.agent) ?? NOTHING;
    const argued = figures.argued - before.argued;
    const positive = figures.positive - before.positive;
    floor.earlierFigures.set(figures.agent, figures);
    agent.answeredToday += figures.answered - before.answered;
    agent.arguedToday += argued;
    agent.positiveToday += positive;
    floor.live.agent(agent);
    if (argued !== 0 || positive !== 0) tellFigures(floor, agent);
  }
}
