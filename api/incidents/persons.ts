import type { Person } from '../../warehouse/operational/incidents/events.ts';
import type { Incident } from '../../warehouse/operational/incidents/incident.ts';

/** Those with these ids, in the order of the ids; who was taken off the incident since still stands in its minutes. */
export function personsOf({ persons, formerPersons }: Pick<Incident, 'persons' | 'formerPersons'>, ids: readonly string[]): Person[] {
  return ids.flatMap((id) => persons.find((person) => person.id === id) ?? formerPersons.find((person) => person.id === id) ?? []);
}
