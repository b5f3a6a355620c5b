import { expect, it } from 'vitest';
import { referenceRows } from '../erlang/reference.fixture.ts';
import { liveReference } from './live-reference.ts';
import { referenceSystems, type ReferenceSystem } from './reference-systems.ts';

const rows = referenceRows();
const rowsOf = (system: ReferenceSystem) => (rows ?? []).filter((row) => system.rows.includes(`${row.model}|${row.inputs}`) && row.metric in system.figures);
const comparisons = referenceSystems.flatMap(rowsOf).length;
/** 95 % for all comparisons together (Bonferroni). */
const confidence = 1 - 0.05 / Math.max(1, comparisons);

/** One test for each of the systems, all its published rows at once. */
export function testSystems(systems: readonly ReferenceSystem[]): void {
  for (const system of systems)
    it.skipIf(!rows)(`${Object.keys(system.figures).length} figures of ${system.rows[0]}, ${system.agents} agents`, () => {
      const published = rowsOf(system);
      expect(published.length).toBeGreaterThan(0);
      const { figures, calls } = liveReference(system, published, confidence, 20_260_101);
      for (const row of published) {
        const lived = figures.get(row.metric);
        if (!lived) throw new Error(`${row.metric} was not lived`);
        const report = `${row.metric}: lived ${lived.value} ± ${lived.halfWidth} in ${calls} calls, published ${row.published} ± ${row.tolerance}`;
        const agrees = Math.abs(lived.value - row.published) <= row.tolerance + lived.halfWidth;
        expect({ report, agrees }).toEqual({ report, agrees: true });
      }
    }, 300_000);
}
