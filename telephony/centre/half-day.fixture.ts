import { createHash } from 'node:crypto';
import { buildConfiguration } from './build-configuration.ts';
import { loadCentre } from './load-centre.ts';
import { simulateDay } from './simulate.ts';

/**
 * Prints a hash of every row of a Sunday's half and the morning after: run as a process of its own, with any zone and locale.
 * The Sunday has a change of the clocks in one of the two zones, and a night shift; on Monday the campaigns dial.
 */
const centre = loadCentre();
const hash = createHash('sha256');
for (const [day, hours] of [['2026-03-29', 12], ['2026-03-30', 9]] as const) {
  const { dials } = simulateDay({
    centre, configuration: buildConfiguration(centre), seed: 20_260_329, day, untilMs: Date.parse(`${day}T00:00:00Z`) + hours * 3_600_000,
    rows: (emitted) => hash.update(`${JSON.stringify(emitted)}\n`),
  });
  if (dials > 0 !== (day === '2026-03-30')) throw new Error(`${dials} dials on ${day}`);
}
console.log(hash.digest('hex'));
