import { expect, test } from 'vitest';
import type { LiveAgent } from './live-query.ts';
import { countStates, plain, prepareAgents } from './prepare-agents.ts';

function agent(id: string, name: string, state: LiveAgent['state'], teams: string[]): LiveAgent {
  return { agent: id, name, tenant: 'ocm', site: 'douala', teams, state, since: '2026-03-02T10:00:00Z', pauseReason: '', pendingPause: '', loggedInSince: null, callId: '', queue: '', campaign: '', answeredToday: 0, arguedToday: 0, positiveToday: 0, recorded: false, listenedBy: [] };
}

const floor = [agent('3', 'Zoé', 'talk', ['b']), agent('1', 'Éric', 'ready', ['a', 'b']), agent('2', 'Aline', 'logged_out', ['a']), agent('4', 'Bob', 'talk', ['a'])];
const options = { teamName: (id: string) => `Team ${id}` };

test('an agent of two teams is seen once, tiles are by name, the logged-out apart', () => {
  const teams = prepareAgents(floor, options);
  expect(teams.map(({ name, agents, loggedOut }) => [name, agents.map((each) => each.name), loggedOut.map((each) => each.name)])).toEqual([
    ['Team a', ['Bob', 'Éric'], ['Aline']],
    ['Team b', ['Zoé'], []],
  ]);
});

test('a search ignores case and accents, also by number, and leaves the team’s counts whole', () => {
  const [team, ...others] = prepareAgents(floor, { ...options, search: 'ERIC' });
  expect(others).toEqual([]);
  expect(team?.agents.map((each) => each.agent)).toEqual(['1']);
  expect(team?.counts).toEqual([['ready', 1], ['talk', 1], ['logged_out', 1]]);
  expect(prepareAgents(floor, { ...options, search: '3' })).toHaveLength(1);
});

test('a state filters', () => {
  expect(prepareAgents(floor, { ...options, state: 'talk' }).flatMap((team) => team.agents.map((each) => each.name))).toEqual(['Bob', 'Zoé']);
  expect(countStates(floor)).toEqual([['ready', 1], ['talk', 2], ['logged_out', 1]]);
  expect(plain(' Éà ')).toBe('ea');
});
