import { WarehouseError } from '../warehouse.ts';
import type { CopyEnd } from './copy-end.ts';

/** Notes of a copy beside those of its parts. */
const BEGUN = 'begun';
/** Says which load mark the target has from the copy itself. */
export const STATE = 'store.state all';
export const FINISHED = 'finished';

/** What is noted on the target: fingerprints by part. */
export type CopyRecord = ReadonlyMap<string, string>;

const HISTORY = ['store.calls', 'store.legs', 'store.agent_states', 'store.quarantine', 'store.loads', 'store.closed_days'];

/**
 * What an earlier copy of this source has brought to the target; begins one on an empty target.
 * @throws WarehouseError `unavailable` when the target holds other rows than a copy of this source.
 */
export async function beginCopy(from: CopyEnd, to: CopyEnd): Promise<CopyRecord> {
  const notes = await to.engine.query<{ source: string; part: string; fingerprint: string }>({ sql: 'SELECT source, part, fingerprint FROM store.copied' });
  const other = notes.find(({ source }) => source !== from.label);
  if (other) throw refused(to, `holds a copy of ${other.source}, not of ${from.label}`);
  const record = new Map(notes.map(({ part, fingerprint }) => [part, fingerprint]));
  const mark = await loadMark(to);
  if (notes.length > 0) {
    if (mark !== 0 && String(mark) !== record.get(STATE)) throw refused(to, `was loaded into since ${from.label} was copied there (load mark ${mark}, copied ${record.get(STATE) ?? 'none'})`);
    return record;
  }
  for (const table of HISTORY) {
    const held = await to.engine.query({ sql: `SELECT 1 AS there FROM ${table} LIMIT 1` });
    if (held.length > 0 || mark !== 0) throw refused(to, `holds other data already${held.length > 0 ? ` (${table})` : ` (load mark ${mark})`}`);
  }
  // A key by which no row is known, as of a load that failed.
  await to.engine.execute({ sql: 'TRUNCATE TABLE store.caller_key' });
  await note(to, { source: from.label, part: BEGUN, fingerprint: '' });
  return record;
}

export async function note(to: CopyEnd, { source, part, fingerprint }: { source: string; part: string; fingerprint: string }): Promise<void> {
  await forget(to, source, [part]);
  await to.engine.execute({ sql: 'INSERT INTO store.copied SELECT $source, $part, $fingerprint, CAST($at AS TIMESTAMP)', parameters: { source, part, fingerprint, at: new Date() } });
}

/** The parts are copied again the next time. */
export async function forget(to: CopyEnd, source: string, parts: string[]): Promise<void> {
  await to.engine.execute({ sql: 'DELETE FROM store.copied WHERE source = $source AND part = ANY($parts)', parameters: { source, parts } });
}

export async function loadMark(end: CopyEnd): Promise<number> {
  const [state] = await end.engine.query<{ load_mark: number | null }>({ sql: 'SELECT max(load_mark) AS load_mark FROM store.state' });
  return state?.load_mark ?? 0;
}

function refused(to: CopyEnd, why: string): WarehouseError {
  return new WarehouseError('unavailable', `${to.label} ${why}: nothing was copied. Copy into an empty warehouse`);
}
