/**
 * Erlang's formulas for waiting lines of agents: B (no waiting), C (everybody waits), A (callers hang up),
 * and what follows from them: service level, average speed of answer, occupancy, agents needed.
 */
export { erlangA } from './erlang-a.ts';
export { erlangB, serversForBlocking, trafficForBlocking } from './erlang-b.ts';
export { averageSpeedOfAnswer, erlangC, occupancy, serviceLevel, trafficErlang } from './erlang-c.ts';
export { agentsNeeded, withShrinkage } from './agents-needed.ts';
