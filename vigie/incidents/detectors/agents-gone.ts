import { z } from 'zod';
import { tuning, type Detector } from './detector.ts';

const settings = z.object({
  ...tuning({ everySeconds: 2, holdSeconds: 20, clearSeconds: 60, severity: 1 }),
  /** All of a site left within this time. */
  withinSeconds: z.number().min(5).max(900).default(60),
  /** So many at least, whose shift goes on. */
  leastAgents: z.number().int().min(2).max(1000).default(5),
  /** Whose planned shift ends within this time goes home. */
  shiftEndMinutes: z.number().min(0).max(120).default(15),
});

export interface AgentsGoneFacts {
  sites: {
    site: string;
    /** As people call it. */
    name: string;
    loggedIn: number;
    /** The most that were logged in at once within the time asked for, before the last of them left. */
    before: number;
    /** Of those who left, how many had no reason to; they did not come back. */
    missing: number;
    agents: string[];
  }[];
}

/** All agents of a site are disconnected at once, which no end of a shift explains. */
export const agentsGone: Detector<z.output<typeof settings>, AgentsGoneFacts> = {
  name: 'agents-gone', type: 'crm-disconnected', settings,
  titleFr: 'Tous les agents déconnectés', titleEn: 'All agents disconnected',
  check: ({ sites }, { withinSeconds, leastAgents }) => sites.map(({ site, name, loggedIn, before, missing, agents }) => ({
    key: site, name,
    firing: missing >= leastAgents && loggedIn < before / 2,
    evidence: {
      values: { site, loggedIn, before, missing, withinSeconds, agents: agents.slice(0, 50).join(' ') },
      textFr: missing === 0 ? `${name} : ${loggedIn} agents connectés.` : `${name} : ${before} agents connectés, puis plus aucun ou presque en moins de ${withinSeconds} s ; ${missing} n’étaient pas en fin de service. Connectés maintenant : ${loggedIn}.`,
      textEn: missing === 0 ? `${name}: ${loggedIn} agents logged in.` : `${name}: ${before} agents logged in, then none or hardly any within ${withinSeconds} s; ${missing} were not at the end of a shift. Logged in now: ${loggedIn}.`,
    },
    affects: { sites: [site], components: [{ component: 'crm', share: 1 }] },
  })),
};
