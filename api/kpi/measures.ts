import type { MeasureInfo, Warehouse } from '../../warehouse/warehouse.ts';

const known = new WeakMap<object, Promise<ReadonlyMap<string, MeasureInfo>>>();

/** All measures by their ids, in their order. They come from files and stay as they are while a warehouse serves: asked once. */
export function measuresById(warehouse: Pick<Warehouse, 'measures'>): Promise<ReadonlyMap<string, MeasureInfo>> {
  const asked = known.get(warehouse);
  if (asked) return asked;
  const asking = warehouse.measures().then((measures) => new Map(measures.map((info) => [info.id, info])));
  known.set(warehouse, asking);
  asking.catch(() => known.delete(warehouse));
  return asking;
}
