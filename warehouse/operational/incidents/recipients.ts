import type { Person } from './events.ts';
import type { Incident } from './incident.ts';
import { onCallAt } from './on-call.ts';
import type { Contact, Rule, RuleSet } from './rules.ts';

/** Whom a rule tells at an instant, each once; webhooks by name. Both may be empty: then nobody is configured. */
export interface Recipients { people: Person[]; webhooks: string[] }

/** Clients that an incident touches. */
export type Touched = 'all' | readonly string[];

/** Nobody of a client hears of what touches other clients alone. */
export function isMeant({ party, tenant }: Contact, touched: Touched): boolean {
  return party !== 'client' || tenant === null || touched === 'all' || touched.includes(tenant);
}

export function recipientsOf({ recipients }: Pick<Rule, 'recipients'>, { contacts: all, onCall }: Pick<RuleSet, 'contacts' | 'onCall'>, { persons }: Pick<Incident, 'persons'>, atMs: number, touched: Touched = 'all'): Recipients {
  const contacts = all.filter((contact) => isMeant(contact, touched));
  const people: Person[] = [];
  const webhooks = new Set<string>();
  const add = (...found: Person[]): void => {
    for (const each of found) if (!people.some((other) => other.id === each.id || (each.email !== null && other.email?.toLowerCase() === each.email.toLowerCase()))) people.push(each);
  };
  for (const recipient of recipients) {
    if (recipient.kind === 'webhook') webhooks.add(recipient.name);
    else if (recipient.kind === 'involved') add(...persons);
    else if (recipient.kind === 'party') add(...contacts.filter(({ party }) => party === recipient.party));
    else if (recipient.kind === 'contact') add(...contacts.filter(({ id }) => id === recipient.contact));
    else for (const calendar of onCall.filter(({ id }) => id === recipient.calendar)) {
      const now = onCallAt(calendar, atMs);
      add(...contacts.filter(({ id }) => now.includes(id)));
    }
  }
  return { people, webhooks: [...webhooks] };
}
