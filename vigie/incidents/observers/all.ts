import type { Watching } from '../detectors/detector.ts';
import { expectedCalls } from './expected-calls.ts';
import { floorDetectors } from './floor.ts';
import { machineDetectors } from './machine.ts';
import { rowDetectors } from './rows.ts';
import type { Sources } from './sources.ts';

/** Every detector, bound to what this process may look at. */
export function allDetectors(sources: Sources): Watching[] {
  const { warehouse } = sources;
  const expected = warehouse ? expectedCalls({ ...sources, warehouse }) : null;
  return [...rowDetectors(sources, expected), ...floorDetectors(sources, expected), ...machineDetectors(sources)];
}
