/** Follows who is logged in on one site, and remembers whom it lost at once. */
export interface SiteMemory {
  samples: readonly { atMs: number; agents: ReadonlySet<string> }[];
  /** Those who were there before all left within the time asked for; null = that did not happen. */
  lost: ReadonlySet<string> | null;
}

export const NOBODY: SiteMemory = { samples: [], lost: null };
/** A site is empty when so few of those who left are still there: a supervisor on another machine. */
const REST_SHARE = 0.1;

/** One look at the site. `lost` stays until half of them, or as many others, are there. */
export function followSite(memory: SiteMemory, nowMs: number, agents: ReadonlySet<string>, { withinSeconds, leastAgents }: { withinSeconds: number; leastAgents: number }): SiteMemory {
  const samples = [...memory.samples.filter(({ atMs }) => nowMs - atMs <= withinSeconds * 1000), { atMs: nowMs, agents }];
  if (memory.lost !== null) {
    return { samples, lost: agents.size * 2 >= memory.lost.size ? null : memory.lost };
  }
  const most = samples.reduce<ReadonlySet<string>>((found, sample) => (sample.agents.size > found.size ? sample.agents : found), new Set());
  const gone = [...most].filter((agent) => !agents.has(agent));
  const emptied = gone.length >= leastAgents && agents.size <= most.size * REST_SHARE;
  return { samples, lost: emptied ? most : null };
}
