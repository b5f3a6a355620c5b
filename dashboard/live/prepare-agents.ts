import { STATE_ORDER, type AgentState } from '../parts/agent-state.tsx';
import type { LiveAgent } from './live-query.ts';

export interface TeamView { team: string; name: string; agents: LiveAgent[]; loggedOut: LiveAgent[]; counts: [AgentState, number][] }

interface Options { teamName: (id: string) => string; search?: string; state?: AgentState | null }

/**
 * Agents by team (the first one, so that nobody is seen twice), by name inside a team: a tile keeps its place.
 * Who is logged out stands apart. Counts are those of the whole team, whatever is searched.
 */
export function prepareAgents(agents: readonly LiveAgent[], { teamName, search = '', state = null }: Options): TeamView[] {
  const teams = new Map<string, LiveAgent[]>();
  for (const agent of agents) {
    const team = agent.teams[0] ?? '';
    const members = teams.get(team);
    if (members) members.push(agent);
    else teams.set(team, [agent]);
  }
  const wanted = plain(search);
  const shown = (agent: LiveAgent) => (wanted === '' || plain(`${agent.name} ${agent.agent}`).includes(wanted)) && (state === null || agent.state === state);
  return [...teams].map(([team, members]) => {
    const visible = members.filter(shown).toSorted((a, b) => a.name.localeCompare(b.name) || a.agent.localeCompare(b.agent));
    return {
      team,
      name: teamName(team),
      agents: visible.filter((agent) => agent.state !== 'logged_out'),
      loggedOut: visible.filter((agent) => agent.state === 'logged_out'),
      counts: countStates(members),
    };
  }).filter(({ agents: present, loggedOut }) => present.length + loggedOut.length > 0).toSorted((a, b) => a.name.localeCompare(b.name));
}

/** How many are in each state, in the order in which states are listed; states that nobody is in are left out. */
export function countStates(agents: readonly LiveAgent[]): [AgentState, number][] {
  const counts = new Map<AgentState, number>();
  for (const { state } of agents) counts.set(state, (counts.get(state) ?? 0) + 1);
  return STATE_ORDER.flatMap((state) => { const count = counts.get(state); return count ? [[state, count] satisfies [AgentState, number]] : []; });
}

/** Without case and accents, as people type names in a search. */
export function plain(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase().trim();
}
