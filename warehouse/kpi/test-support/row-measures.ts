import type { Dimension, MeasureInfo } from '../../warehouse.ts';
import { DIMENSIONS } from '../../warehouse.ts';
import { measures } from '../kpi.ts';

const INCIDENTS_OWN = ['incident-type', 'severity', 'component'] as const;
export type RowDimension = Exclude<Dimension, (typeof INCIDENTS_OWN)[number]>;

/** Dimensions of what is loaded: calls, legs and agents' states. Those of incidents alone have tests of their own. */
export const ROW_DIMENSIONS: readonly RowDimension[] = DIMENSIONS.filter((dimension): dimension is RowDimension => !(INCIDENTS_OWN as readonly string[]).includes(dimension));

/** Measures of what is loaded. */
export function rowMeasures(): MeasureInfo[] {
  return measures().filter(({ grains }) => !grains.includes('incidents') && !grains.includes('component-time'));
}
