import { expect, test } from 'vitest';
import { contextOf } from './context-of.ts';
import { anIncident } from './test-support/an-incident.ts';
import { OutageBook } from './outage-book.ts';
import { toChangedFacts, toIncidentFacts } from './to-incident-facts.ts';
import { troublesOf } from './troubles.ts';

test('a component that only an incident names has its time and its target too: it does not stand still out of no time', () => {
  const context = contextOf({ tenants: [], sites: [], queues: [], teams: [], agents: [], campaigns: [], calendars: [] }, { availability: { 'badge-readers': 0.95 }, rexDays: 7 }, 0);
  const stopped = (component: string) => anIncident({ number: 1, detectedAtMs: 1000, affects: { tenants: [], sites: [], queues: [], components: [{ component, share: 1 }, { component: 'sql', share: 1 }] } });
  const { components, outages } = toIncidentFacts([stopped('badge-readers'), stopped('video'), stopped('badge-readers')], context);
  expect(components.slice(context.components.length)).toEqual([
    { component: 'badge-readers', nameFr: 'badge-readers', nameEn: 'badge-readers', allowedPpm: 50_000 }, { component: 'video', nameFr: 'video', nameEn: 'video', allowedPpm: 1000 },
  ]);
  // The same where only what has changed is told.
  const book = new OutageBook();
  const windows = ['badge-readers', 'video'].flatMap((component, number) => book.put(number, troublesOf(stopped(component), context)));
  expect(toChangedFacts([stopped('video')], context, book, windows.slice(2)).components).toEqual(components);
  expect(outages.filter(({ component }) => !components.some((known) => known.component === component))).toEqual([]);
});
