import type { Engine } from '../engine.ts';
import type { Dimension, KpiRow } from '../warehouse.ts';

/** Where names stand; those without validity are always valid. */
const SOURCES: Partial<Record<Dimension, string>> = {
  tenant: 'SELECT tenant AS id, name, NULL AS from_ms, NULL AS to_ms FROM dim.tenants',
  site: 'SELECT site AS id, name, NULL AS from_ms, NULL AS to_ms FROM dim.sites',
  campaign: 'SELECT campaign AS id, name, ms_of(valid_from) AS from_ms, ms_of(valid_to) AS to_ms FROM dim.campaigns',
  queue: 'SELECT queue AS id, name, ms_of(valid_from) AS from_ms, ms_of(valid_to) AS to_ms FROM dim.queues',
  team: 'SELECT team AS id, name, NULL AS from_ms, NULL AS to_ms FROM dim.teams',
  agent: 'SELECT agent AS id, name, ms_of(valid_from) AS from_ms, ms_of(valid_to) AS to_ms FROM dim.agents',
};

interface Named extends Record<string, unknown> { id: string; name: string; from_ms: number | null; to_ms: number | null }
type Names = ReadonlyMap<string, readonly Named[]>;

/** Names change with the configuration alone: they are read once for each of its versions. */
const remembered = new WeakMap<Engine, { version: number; names: Map<Dimension, Promise<Names>> }>();

/** Names of the ids in the rows, as they were just before `atMs`; a name that had ended before is still better than none. */
export async function namesOf(engine: Engine, version: number | null, rows: readonly KpiRow[], dimensions: readonly Dimension[], atMs: number): Promise<Partial<Record<Dimension, Record<string, string>>>> {
  const found = await Promise.all(dimensions.filter((dimension) => !['medium', 'hour', 'weekday'].includes(dimension)).map(async (dimension) => {
    const ids = [...new Set(rows.map((row) => String(row[dimension])))];
    if (ids.length === 0) return [dimension, {}] as const;
    const names = await namesIn(engine, version, dimension);
    return [dimension, Object.fromEntries(ids.flatMap((id) => {
      const name = nameAt(names.get(id) ?? [], atMs - 1);
      return name === null ? [] : [[id, name]];
    }))] as const;
  }));
  return Object.fromEntries(found);
}

function namesIn(engine: Engine, version: number | null, dimension: Dimension): Promise<Names> {
  // Without a version nobody says when they change.
  if (version === null) return readNames(engine, dimension);
  let known = remembered.get(engine);
  if (known?.version !== version) remembered.set(engine, (known = { version, names: new Map() }));
  const { names } = known;
  let reading = names.get(dimension);
  if (!reading) {
    names.set(dimension, (reading = readNames(engine, dimension)));
    reading.catch(() => names.delete(dimension));
  }
  return reading;
}

async function readNames(engine: Engine, dimension: Dimension): Promise<Names> {
  const names = new Map<string, Named[]>();
  const sql = SOURCES[dimension];
  for (const named of sql === undefined ? [] : await engine.query<Named>({ sql })) {
    const same = names.get(named.id);
    if (same) same.push(named);
    else names.set(named.id, [named]);
  }
  return names;
}

/** The valid one, else the last that had begun, else the last of all. */
function nameAt(names: readonly Named[], atMs: number): string | null {
  const rank = ({ from_ms: from, to_ms: to }: Named): number => ((from === null || from <= atMs) && (to === null || to > atMs) ? 0 : from !== null && from <= atMs ? 1 : 2);
  const [best] = names.toSorted((a, b) => rank(a) - rank(b) || (b.from_ms ?? -Infinity) - (a.from_ms ?? -Infinity) || (a.name < b.name ? -1 : 1));
  return best?.name ?? null;
}
