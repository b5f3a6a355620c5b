import { erlangB } from './erlang-b.ts';
import { requirePositive } from './require.ts';

/** A queue without abandonment: Poisson calls, exponential handling, `agents` servers. */
export interface ErlangCQueue {
  agents: number;
  trafficErlang: number;
  /** Mean handling time: talk, hold and wrap-up. */
  handleSeconds: number;
}

/** Offered traffic in Erlang: the number of agents that would be busy if nobody waited. */
export function trafficErlang(calls: number, intervalSeconds: number, handleSeconds: number): number {
  requirePositive('intervalSeconds', intervalSeconds);
  return (calls / intervalSeconds) * handleSeconds;
}

/** Share of the agents' time spent on calls, at most 1. */
export function occupancy(agents: number, trafficErlang: number): number {
  requirePositive('agents', agents);
  return Math.min(1, trafficErlang / agents);
}

/** Erlang C: the probability that a call waits; 1 where the traffic reaches the number of agents. From Erlang B: C = B / (1 − ρ(1 − B)). */
export function erlangC(agents: number, trafficErlang: number): number {
  const blocking = erlangB(agents, trafficErlang);
  if (trafficErlang >= agents) return 1;
  return blocking / (1 - (trafficErlang / agents) * (1 - blocking));
}

/** Share of the calls answered within `targetSeconds`: 1 − C · e^(−(n − A) · T / AHT). 0 where the queue has no steady state. */
export function serviceLevel({ agents, trafficErlang, handleSeconds }: ErlangCQueue, targetSeconds: number): number {
  if (trafficErlang >= agents) return 0;
  return 1 - erlangC(agents, trafficErlang) * Math.exp((-(agents - trafficErlang) * targetSeconds) / handleSeconds);
}

/** Average speed of answer over all calls, seconds: C · AHT / (n − A); infinite where the queue has no steady state. */
export function averageSpeedOfAnswer({ agents, trafficErlang, handleSeconds }: ErlangCQueue): number {
  if (trafficErlang >= agents) return Number.POSITIVE_INFINITY;
  return (erlangC(agents, trafficErlang) * handleSeconds) / (agents - trafficErlang);
}
