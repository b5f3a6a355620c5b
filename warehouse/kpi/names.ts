import { SMALL_QUESTION_MS } from '../engine.ts';
import type { Engine } from '../engine.ts';
import type { Dimension, KpiRow } from '../warehouse.ts';

/** Where names stand; those without validity are always valid. */
const SOURCES: Partial<Record<Dimension, string>> = {
  tenant: 'SELECT tenant AS id, name, NULL AS from_ms, NULL AS to_ms FROM dim.tenants',
  site: 'SELECT site AS id, name, NULL AS from_ms, NULL AS to_ms FROM dim.sites',
  campaign: 'SELECT campaign AS id, name, ms_of(valid_from) AS from_ms, ms_of(valid_to) AS to_ms FROM dim.campaigns',
  queue: 'SELECT queue AS id, name, ms_of(valid_from) AS from_ms, ms_of(valid_to) AS to_ms FROM dim.queues',
  team: 'SELECT team AS id, name, NULL AS from_ms, NULL AS to_ms FROM dim.teams',
  component: 'SELECT component AS id, name_fr AS name, NULL AS from_ms, NULL AS to_ms FROM dim.components',
  agent: 'SELECT agent AS id, name, ms_of(valid_from) AS from_ms, ms_of(valid_to) AS to_ms FROM dim.agents',
};

interface Named extends Record<string, unknown> { id: string; name: string; from_ms: number | null; to_ms: number | null }
type Names = ReadonlyMap<string, readonly Named[]>;

type Remembered = Map<Dimension, Promise<Names>>;
/** Names change with the configuration and the components alone: they are read once after each of its changes. */
const remembered = new WeakMap<Engine, Promise<Remembered | null>>();

/** To be called when the copies of the configuration were replaced. */
export function forgetNames(engine: Engine): void {
  remembered.delete(engine);
}

/** Names of the ids in the rows, as they were just before `atMs`; a name that had ended before is still better than none. */
export async function namesOf(engine: Engine, rows: readonly KpiRow[], dimensions: readonly Dimension[], atMs: number): Promise<Partial<Record<Dimension, Record<string, string>>>> {
  const found = await Promise.all(dimensions.filter((dimension) => !['medium', 'incident-type', 'severity', 'hour', 'weekday'].includes(dimension)).map(async (dimension) => {
    const ids = [...new Set(rows.map((row) => String(row[dimension])))];
    if (ids.length === 0) return [dimension, {}] as const;
    const names = await namesIn(engine, dimension);
    return [dimension, Object.fromEntries(ids.flatMap((id) => {
      const name = nameAt(names.get(id) ?? [], atMs - 1);
      return name === null ? [] : [[id, name]];
    }))] as const;
  }));
  return Object.fromEntries(found);
}

async function namesIn(engine: Engine, dimension: Dimension): Promise<Names> {
  let knowing = remembered.get(engine);
  if (!knowing) {
    // Names without a version were not written by the configuration: nobody would say when they change.
    const began = engine.query<{ version: number | null }>({ sql: 'SELECT max(version) AS version FROM dim.version', timeoutMs: SMALL_QUESTION_MS }).then(([row]): Remembered | null => (row?.version == null ? null : new Map()));
    knowing = began;
    remembered.set(engine, began);
    const forget = (): void => { if (remembered.get(engine) === began) remembered.delete(engine); };
    began.then((names) => { if (names === null) forget(); }, forget);
  }
  const known = await knowing;
  if (!known) return readNames(engine, dimension);
  let reading = known.get(dimension);
  if (!reading) {
    known.set(dimension, (reading = readNames(engine, dimension)));
    reading.catch(() => known.delete(dimension));
  }
  return reading;
}

async function readNames(engine: Engine, dimension: Dimension): Promise<Names> {
  const names = new Map<string, Named[]>();
  const sql = SOURCES[dimension];
  for (const named of sql === undefined ? [] : await engine.query<Named>({ sql, timeoutMs: SMALL_QUESTION_MS })) {
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
