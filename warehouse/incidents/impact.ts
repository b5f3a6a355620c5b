import { QUARTER_MS } from '../kpi/interval.ts';
import { ZoneClock } from '../kpi/zone-clock.ts';
import type { KpiAnswer, KpiQuery, KpiRow } from '../warehouse.ts';
import { median } from './median.ts';

/** Why a part of the impact is not known. */
export const IMPACT_GAPS = ['too-few-weeks', 'not-by-queue', 'no-calls', 'nothing-loaded'] as const;
export type ImpactGap = (typeof IMPACT_GAPS)[number];
export type Part<Value> = { value: Value; gap: null } | { value: null; gap: ImpactGap };

/** What a week before was taken for: without calls it was a holiday, or before all history. */
export const WEEK_FATES = ['used', 'other-incident', 'no-calls'] as const;
export interface ComparedWeek { fromMs: number; toMs: number; fate: (typeof WEEK_FATES)[number] }

/** What an incident did, against the same quarter-hours of the weeks before. Seconds, calls; expected ones are fractions. */
export interface Impact {
  /** Whole quarter-hours around the trouble. */
  fromMs: number;
  toMs: number;
  /** It is not over: all of this is up to now. */
  running: boolean;
  zone: string;
  weeks: ComparedWeek[];
  dataAt: string | null;
  /** What it was measured from: it can be measured again. */
  loadMark: number;
  measures: readonly string[];
  calls: Part<{ expected: number; offered: number; /** Never below 0. */ lost: number }>;
  abandons: Part<{ expected: number; abandoned: number; extra: number }>;
  agents: Part<{ expectedSeconds: number; loggedSeconds: number; lostSeconds: number; expectedBusySeconds: number; busySeconds: number }>;
  serviceLevel: Part<{ interval: number | null; intervalExpected: number | null; day: number | null; dayWithout: number | null }>;
}

export interface ImpactQuestion {
  /** Start of the trouble, or its detection; null = not over. */
  startMs: number;
  endMs: number | null;
  /** Whom it concerns; empty = everybody. */
  tenants: string[];
  sites: string[];
  queues: string[];
  /** When other incidents troubled the same: such weeks tell nothing. */
  otherTroubles: { fromMs: number; toMs: number | null }[];
  zone: string;
  nowMs: number;
}

const WEEKS = 4;
/** A median of fewer is a single week's chance. */
export const LEAST_WEEKS = 3;
const LONGEST_MS = 31 * 86_400_000;
const WEEK_MS = 7 * 86_400_000;
/** How far back the weeks of the longest trouble begin: from its start. */
export const LOOKED_BACK_MS = WEEKS * WEEK_MS + LONGEST_MS;
const CALLS = ['offered', 'queued', 'answered-in-target', 'abandoned'] as const;
const AGENTS = ['logged-time', 'talk-time', 'hold-time', 'wrapup-time'] as const;
type Id = (typeof CALLS)[number] | (typeof AGENTS)[number];
/** A measure's values by quarter-hour of the trouble. */
type Series = Record<Id, number[]>;

/** The impact of an incident, from questions of measures alone: whoever asks sees what he may see. */
export async function measureImpact(question: ImpactQuestion, ask: (query: KpiQuery) => Promise<KpiAnswer>): Promise<Impact> {
  const { zone, nowMs, tenants, sites, queues } = question;
  const clock = ZoneClock.of(zone);
  const fromMs = Math.floor(question.startMs / QUARTER_MS) * QUARTER_MS;
  const endMs = Math.min(question.endMs ?? nowMs, nowMs, fromMs + LONGEST_MS);
  const toMs = Math.max(Math.ceil(endMs / QUARTER_MS) * QUARTER_MS, fromMs + QUARTER_MS);
  const where = { ...tenants.length > 0 ? { tenant: tenants } : {}, ...sites.length > 0 ? { site: sites } : {}, ...queues.length > 0 ? { queue: queues } : {} };
  const ids: Id[] = queues.length > 0 ? [...CALLS] : [...CALLS, ...AGENTS];
  const inRange = async (from: number, to: number): Promise<{ answer: KpiAnswer; series: Series }> => {
    const answer = await ask({ measures: ids, by: ['15min'], from: new Date(from).toISOString(), to: new Date(to).toISOString(), zone, where });
    return { answer, series: seriesOf(answer.rows) };
  };
  const now = await inRange(fromMs, toMs);
  const weeks: (ComparedWeek & { series: Series })[] = [];
  // A trouble of more than a week is compared with what was before it, not with itself.
  let nearest = 1;
  while (earlier(clock, toMs, nearest) > fromMs) nearest += 1;
  for (let week = nearest; week < nearest + WEEKS; week++) {
    // The same hours on the wall's clock, whatever it did in between.
    const [from, to] = [earlier(clock, fromMs, week), earlier(clock, toMs, week)];
    const { series } = await inRange(from, to);
    const troubled = question.otherTroubles.some((other) => other.fromMs < to && (other.toMs ?? nowMs) > from);
    weeks.push({ fromMs: from, toMs: to, fate: troubled ? 'other-incident' : sum(series.offered) === 0 ? 'no-calls' : 'used', series });
  }
  const used = weeks.filter(({ fate }) => fate === 'used').map(({ series }) => series);
  const known = { fromMs, toMs, running: question.endMs === null || question.endMs > nowMs, zone, weeks: weeks.map(({ series: _series, ...week }) => week), dataAt: now.answer.dataAt, loadMark: now.answer.loadMark, measures: ids };
  if (now.answer.dataAt === null || Date.parse(now.answer.dataAt) < fromMs) return { ...known, calls: missing('nothing-loaded'), abandons: missing('nothing-loaded'), agents: missing('nothing-loaded'), serviceLevel: missing('nothing-loaded') };
  if (used.length < LEAST_WEEKS) return { ...known, calls: missing('too-few-weeks'), abandons: missing('too-few-weeks'), agents: missing(queues.length > 0 ? 'not-by-queue' : 'too-few-weeks'), serviceLevel: missing('too-few-weeks') };
  // Of a quarter-hour that is not over no more is expected than of what has passed of it.
  const lastShare = known.running && nowMs < toMs ? Math.max(0, 1 - (toMs - nowMs) / QUARTER_MS) : 1;
  const expected = expectedOf(used, (toMs - fromMs) / QUARTER_MS, lastShare);
  return {
    ...known,
    calls: { gap: null, value: { expected: expected.offered, offered: sum(now.series.offered), lost: Math.max(0, expected.offered - sum(now.series.offered)) } },
    abandons: abandonsOf(used, now.series),
    agents: queues.length > 0 ? missing('not-by-queue') : { gap: null, value: {
      expectedSeconds: expected['logged-time'], loggedSeconds: sum(now.series['logged-time']), lostSeconds: Math.max(0, expected['logged-time'] - sum(now.series['logged-time'])),
      expectedBusySeconds: expected['talk-time'] + expected['hold-time'] + expected['wrapup-time'], busySeconds: busy(now.series),
    } },
    serviceLevel: serviceLevelOf(await dayOf(), now.series, expected),
  };

  /** All of the local days that the trouble touched, up to now. */
  async function dayOf(): Promise<Series> {
    const [first, end] = [clock.format(fromMs).slice(0, 10), clock.format(toMs - 1).slice(0, 10)];
    const after = new Date(Date.parse(`${end}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
    const { rows } = await ask({ measures: [...CALLS], by: [], from: first, to: after, zone, where });
    return seriesOf(rows);
  }
}

/** The ratio of the weeks on the calls that there were: who could not call could not hang up. */
function abandonsOf(used: Series[], now: Series): Impact['abandons'] {
  const queued = used.reduce((all, series) => all + sum(series.queued), 0);
  if (queued === 0 || sum(now.queued) === 0) return missing('no-calls');
  const rate = used.reduce((all, series) => all + sum(series.abandoned), 0) / queued;
  const expected = rate * sum(now.queued);
  return { gap: null, value: { expected, abandoned: sum(now.abandoned), extra: Math.max(0, sum(now.abandoned) - expected) } };
}

/** Without it, the day would have had the expected calls in its place. */
function serviceLevelOf(day: Series, now: Series, expected: Record<Id, number>): Impact['serviceLevel'] {
  const ratio = (inTarget: number, queued: number): number | null => (queued > 0 ? inTarget / queued : null);
  return { gap: null, value: {
    interval: ratio(sum(now['answered-in-target']), sum(now.queued)), intervalExpected: ratio(expected['answered-in-target'], expected.queued),
    day: ratio(sum(day['answered-in-target']), sum(day.queued)),
    dayWithout: ratio(sum(day['answered-in-target']) - sum(now['answered-in-target']) + expected['answered-in-target'], sum(day.queued) - sum(now.queued) + expected.queued),
  } };
}

/** Of each quarter-hour the median of the weeks, all of them together. */
function expectedOf(used: Series[], quarters: number, lastShare: number): Record<Id, number> {
  const of = (id: Id): number => sum(Array.from({ length: quarters }, (_, index) => median(used.map((series) => series[id][index] ?? 0)) * (index === quarters - 1 ? lastShare : 1)));
  return fromIds(of);
}

function seriesOf(rows: KpiRow[]): Series {
  return fromIds((id) => rows.map((row) => Number(row[id] ?? 0)));
}

function fromIds<Value>(of: (id: Id) => Value): Record<Id, Value> {
  return {
    'offered': of('offered'), 'queued': of('queued'), 'answered-in-target': of('answered-in-target'), 'abandoned': of('abandoned'),
    'logged-time': of('logged-time'), 'talk-time': of('talk-time'), 'hold-time': of('hold-time'), 'wrapup-time': of('wrapup-time'),
  };
}

function busy(series: Series): number {
  return sum(series['talk-time']) + sum(series['hold-time']) + sum(series['wrapup-time']);
}

function earlier(clock: ZoneClock, atMs: number, weeks: number): number {
  return clock.toUtc(atMs + clock.offsetAt(atMs) - weeks * WEEK_MS);
}

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}

function missing(gap: ImpactGap): { value: null; gap: ImpactGap } {
  return { value: null, gap };
}
