import { SMALL_QUESTION_MS } from '../engine.ts';
import type { Engine } from '../engine.ts';

/** The youngest load that wrote into or took from each UTC day. */
export const TOUCHED_SQL = 'SELECT day, max(load_mark) AS load_mark FROM store.touched_days GROUP BY day';

/** UTC days whose rollups are whole, `yyyy-mm-dd`. */
export interface ClosedDays extends ReadonlySet<string> {
  /** Rows of earlier days are gone: these days stay closed, whatever comes for them. */
  readonly goneBefore?: string;
}

type Inside = Pick<Engine, 'query'>;
/** The list, and a load mark up to which it is known to hold. */
interface Known { days: ClosedDays; loadMark: number }

const remembered = new WeakMap<Engine, { reading: Promise<Known>; atMs: number }>();
/** Another process may have moved the day before which rows are gone. */
const REMEMBERED_MS = 3_600_000;

/** The UTC day before which rows are gone; NULL = none are. */
export const GONE_SQL = 'SELECT max(day) FROM store.gone';

/**
 * The closed days as they were last read, before whatever is asked after this call. A day that was closed since is not
 * among them, which is only slower: its rows give the same numbers. A day that was opened again since still is: whoever reads
 * rollups by this list looks with {@link holds} whether it still held.
 */
export function knownClosedDays(engine: Engine): Promise<Known> {
  const known = remembered.get(engine);
  if (known && performance.now() - known.atMs < REMEMBERED_MS) return known.reading;
  // The mark is the older of the two: at worst it is looked again.
  const reading = readLoadMark(engine).then(async (loadMark) => ({ days: await readClosedDays(engine), loadMark }));
  remembered.set(engine, { reading, atMs: performance.now() });
  reading.catch(() => { if (remembered.get(engine)?.reading === reading) remembered.delete(engine); });
  return reading;
}

/** To be called when days were closed. */
export function forgetClosedDays(engine: Engine): void {
  remembered.delete(engine);
}

/**
 * Whether none of the days was opened up to a load mark, so that what was read by the list at that mark is right. A load
 * leaves its mark on the days that it opens, and closing takes these marks away but leaves its own, which is not older.
 */
export async function holds(engine: Engine, known: Known, loadMark: number): Promise<boolean> {
  if (loadMark === known.loadMark) return true;
  const changed = await engine.query<{ day: string }>({
    sql: `SELECT CAST(day AS VARCHAR) AS day FROM store.touched_days WHERE load_mark > $since
      UNION ALL SELECT CAST(day AS VARCHAR) AS day FROM store.closed_days WHERE load_mark > $since`,
    parameters: { since: known.loadMark }, timeoutMs: SMALL_QUESTION_MS,
  });
  if (changed.some(({ day }) => known.days.has(day) && day >= (known.days.goneBefore ?? ''))) {
    forgetClosedDays(engine);
    return false;
  }
  known.loadMark = Math.max(known.loadMark, loadMark);
  return true;
}

async function readLoadMark(engine: Inside): Promise<number> {
  const [state] = await engine.query<{ load_mark: number }>({ sql: 'SELECT load_mark FROM store.state', timeoutMs: SMALL_QUESTION_MS });
  return state?.load_mark ?? 0;
}

export async function readClosedDays(engine: Inside): Promise<ClosedDays> {
  const closed = await engine.query<{ day: string }>({
    sql: `SELECT CAST(c.day AS VARCHAR) AS day FROM store.closed_days AS c LEFT JOIN (${TOUCHED_SQL}) AS t ON t.day = c.day WHERE coalesce(t.load_mark, -1) <= c.load_mark OR c.day < (${GONE_SQL})`,
    timeoutMs: SMALL_QUESTION_MS,
  });
  const [gone] = await engine.query<{ day: string | null }>({ sql: `SELECT CAST((${GONE_SQL}) AS VARCHAR) AS day`, timeoutMs: SMALL_QUESTION_MS });
  return Object.assign(new Set(closed.map(({ day }) => day)), gone?.day == null ? {} : { goneBefore: gone.day });
}
