import { requireCount, requirePositive } from './require.ts';

/**
 * Erlang B: the share of calls blocked by `servers` lines without waiting places.
 *
 * Uses the recursion on the inverse, 1/B(k) = 1 + k/A · 1/B(k−1), whose terms are all positive: no
 * factorials, exact to rounding for any number of servers (Angus, *An introduction to Erlang B and Erlang C*, 2001).
 * An inverse that outgrows a double is a blocking of 0.
 */
export function erlangB(servers: number, trafficErlang: number): number {
  requireCount('servers', servers);
  requirePositive('trafficErlang', trafficErlang);
  let inverse = 1;
  for (let k = 1; k <= servers; k++) inverse = 1 + (k / trafficErlang) * inverse;
  return 1 / inverse;
}

/** The fewest servers that block at most `maximumBlocking` (0..1) of the calls. */
export function serversForBlocking(trafficErlang: number, maximumBlocking: number): number {
  requirePositive('trafficErlang', trafficErlang);
  requirePositive('maximumBlocking', maximumBlocking);
  let inverse = 1;
  let servers = 0;
  while (1 / inverse > maximumBlocking) {
    servers += 1;
    inverse = 1 + (servers / trafficErlang) * inverse;
  }
  return servers;
}

/** The traffic, in Erlang, of which `servers` block this share (above 0, below 1). */
export function trafficForBlocking(servers: number, blocking: number): number {
  requireCount('servers', servers);
  if (servers === 0 || !(blocking > 0 && blocking < 1)) throw new RangeError(`servers must be above 0 and blocking between 0 and 1, not ${servers} and ${blocking}`);
  // Blocking grows with the traffic; at this one more is blocked, for what is left alone would fill every server.
  let [low, high] = [0, servers / (1 - blocking)];
  for (let middle = high / 2; middle > low && middle < high; middle = (low + high) / 2) {
    if (erlangB(servers, middle) > blocking) high = middle;
    else low = middle;
  }
  return low;
}
