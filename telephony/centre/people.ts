import type { Agent } from '../configuration.ts';
import { Random } from '../random.ts';
import type { Centre, CentreTeam } from './centre-schema.ts';

/** An agent of the simulated centre: what the core knows, and what only the simulation knows. */
export interface Person {
  agent: Agent;
  team: CentreTeam;
  /** Place in the team, from 0. */
  place: number;
  /** Factor on talk and wrap-up: below 1 is fast. */
  speed: number;
}

/** The centre's agents, always the same for the same file. */
export function people(centre: Centre): Person[] {
  const random = new Random('people');
  const names = new Map(Object.entries(centre.names).map(([site, { first, last }]) => [site, fullNames(first, last, random.stream(site))]));
  return centre.teams.flatMap((team) =>
    Array.from({ length: team.agents }, (_, place): Person => {
      const number = team.firstNumber + place;
      const own = random.stream(`agent ${number}`);
      return {
        agent: {
          number,
          name: names.get(team.site)?.next().value ?? `Agent ${number}`,
          tenant: team.tenant,
          site: team.site,
          teams: [team.id],
          skills: team.skills.flatMap(({ queue, levels: [low, high], share }) => (own.chance(share) ? [{ queue, level: low + own.integer(high - low + 1) }] : [])),
          validFrom: null,
          validTo: null,
        },
        team,
        place,
        speed: Math.exp(centre.agentBehaviour.speedSpread * own.normal()),
      };
    }),
  );
}

/** Pairs a first and a last name, no pair twice. */
function* fullNames(first: readonly string[], last: readonly string[], random: Random): Generator<string, undefined> {
  const given = new Set<string>();
  while (given.size < first.length * last.length) {
    const name = `${random.pick(first)} ${random.pick(last)}`;
    if (given.has(name)) continue;
    given.add(name);
    yield name;
  }
}
