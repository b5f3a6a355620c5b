import { createHash } from 'node:crypto';
import { buildConfiguration } from './build-configuration.ts';
import { loadCentre } from './load-centre.ts';
import { simulateDay } from './simulate.ts';

/**
 * Prints a hash of every row of half a day: run as a process of its own, with any zone and locale. The
 * day has a change of the clocks in one of the two zones, and a night shift.
 */
const centre = loadCentre();
const hash = createHash('sha256');
simulateDay({
  centre, configuration: buildConfiguration(centre), seed: 20_260_329, day: '2026-03-29', untilMs: Date.UTC(2026, 2, 29, 12),
  rows: (emitted) => hash.update(`${JSON.stringify(emitted)}\n`),
});
console.log(hash.digest('hex'));
