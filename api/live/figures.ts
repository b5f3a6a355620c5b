import { measuresById } from '../kpi/measures.ts';
import type { KpiAnswer, KpiQuery, KpiRow, MeasureInfo, QueryOptions, Scope, Warehouse } from '../../warehouse/warehouse.ts';
import type { MinuteFlow } from './board.ts';
import { localDay } from './day.ts';

/** The day's figures of one queue; null = no value. */
export interface QueueFigures {
  queued: number | null;
  answered: number | null;
  abandoned: number | null;
  serviceLevel: number | null;
  serviceLevel30: number | null;
  abandonmentRate: number | null;
  asaSeconds: number | null;
  averageHandleSeconds: number | null;
  /** Twelve points of five minutes, oldest first. */
  serviceLevelTrend: (number | null)[];
}

export type TotalFigures = Omit<QueueFigures, 'serviceLevelTrend'> & { offered: number | null; occupancy: number | null };

export interface DayFigures {
  loadMark: number;
  dataAt: string | null;
  totals: TotalFigures;
  lastHour: MinuteFlow[];
  queue(tenant: string, queue: string): QueueFigures | undefined;
}

const DAY_MEASURES = {
  queued: 'queued', answered: 'answered', abandoned: 'abandoned', serviceLevel: 'service-level',
  abandonmentRate: 'abandonment-rate', asaSeconds: 'asa', averageHandleSeconds: 'average-handle',
} as const;
const TOTAL_MEASURES = [...Object.values(DAY_MEASURES), 'offered', 'occupancy'];
const FLOW_MEASURES = ['offered', 'answered', 'abandoned'];

const MINUTE_MS = 60_000;
export const ROLLING_MINUTES = 30;
const TREND_MINUTES = 60;
const TREND_STEP_MINUTES = 5;
/** Loads may commit between two questions of a batch; asked again, they rarely do. */
const ATTEMPTS = 2;

/** With the day since which there is any history. */
export type BoardFigures = DayFigures & { historyFrom: string | null };

export type FiguresSource = Pick<Warehouse, 'kpi' | 'measures'>;

export interface FiguresQuestion {
  zone: string;
  where: KpiQuery['where'];
  nowMs: number;
}

/**
 * The day's figures for one scope, all from one load mark wherever loads allow it. Exactly `kpi` of the
 * local day, of the last 30 minutes and of the last hour; ranges end with the running minute, so that
 * anybody can ask for them again.
 */
export async function askFigures(warehouse: FiguresSource, scope: Scope, question: FiguresQuestion, options: QueryOptions = {}): Promise<DayFigures> {
  const [total, queues, totalRolling, queuesRolling, trend, flow] = batch(question, await measuresById(warehouse));
  const ask = async (query: KpiQuery | null): Promise<KpiAnswer | null> => query && warehouse.kpi(query, scope, options);
  for (let attempt = 1; ; attempt += 1) {
    const answers = await Promise.all([ask(total), ask(queues), ask(totalRolling), ask(queuesRolling), ask(trend), ask(flow)]);
    const marks = answers.flatMap((answer) => (answer ? [answer.loadMark] : []));
    if (attempt === ATTEMPTS || new Set(marks).size <= 1) return gather(answers, question.nowMs);
  }
}

type Batch<T> = [total: T, queues: T, totalRolling: T, queuesRolling: T, trend: T, flow: T];

function batch({ zone, where, nowMs }: FiguresQuestion, infos: ReadonlyMap<string, MeasureInfo>): Batch<KpiQuery | null> {
  const day = localDay(nowMs, zone);
  const end = Math.floor(nowMs / MINUTE_MS) + 1;
  const trendEnd = Math.ceil(end / TREND_STEP_MINUTES) * TREND_STEP_MINUTES;
  const today = { from: day.date, to: day.next };
  const rolling = { from: instant(end - ROLLING_MINUTES), to: instant(end) };
  const ask = (measures: readonly string[], by: KpiQuery['by'], range: { from: string; to: string }): KpiQuery | null => {
    const asked = measures.filter((id) => carries(infos.get(id), by, where));
    return asked.length === 0 ? null : { measures: asked, by, where, zone, ...range };
  };
  return [
    ask(TOTAL_MEASURES, [], today),
    ask(Object.values(DAY_MEASURES), ['tenant', 'queue'], today),
    ask(['service-level'], [], rolling),
    ask(['service-level'], ['tenant', 'queue'], rolling),
    ask(['service-level'], ['tenant', 'queue', '5min'], { from: instant(trendEnd - TREND_MINUTES), to: instant(trendEnd) }),
    ask(FLOW_MEASURES, ['1min'], { from: instant(end - TREND_MINUTES), to: instant(end) }),
  ];
}

/** A measure that knows nothing of a filter has no value under it. */
function carries(info: MeasureInfo | undefined, by: KpiQuery['by'], where: KpiQuery['where']): boolean {
  const known: ReadonlySet<string> = new Set(info?.dimensions);
  return info !== undefined && [...by.filter((group) => !group.endsWith('min')), ...Object.keys(where)].every((dimension) => known.has(dimension));
}

function gather([total, queues, totalRolling, queuesRolling, trend, flow]: Batch<KpiAnswer | null>, nowMs: number): DayFigures {
  const byQueue = new Map<string, QueueFigures>();
  const figures = (row: KpiRow): QueueFigures => {
    const key = `${row['tenant']} ${row['queue']}`;
    let known = byQueue.get(key);
    if (!known) byQueue.set(key, (known = { ...readDay(undefined), serviceLevel30: null, serviceLevelTrend: Array<null>(TREND_MINUTES / TREND_STEP_MINUTES).fill(null) }));
    return known;
  };
  for (const row of queues?.rows ?? []) Object.assign(figures(row), readDay(row));
  for (const row of queuesRolling?.rows ?? []) figures(row).serviceLevel30 = number(row['service-level']);
  const end = Math.floor(nowMs / MINUTE_MS) + 1;
  const trendFromMs = (Math.ceil(end / TREND_STEP_MINUTES) * TREND_STEP_MINUTES - TREND_MINUTES) * MINUTE_MS;
  for (const row of trend?.rows ?? []) {
    const point = Math.floor((Date.parse(String(row['5min'])) - trendFromMs) / (TREND_STEP_MINUTES * MINUTE_MS));
    const points = figures(row).serviceLevelTrend;
    if (point >= 0 && point < points.length) points[point] = number(row['service-level']);
  }
  const first = total ?? queues;
  return {
    loadMark: first?.loadMark ?? 0,
    dataAt: first?.dataAt ?? null,
    totals: {
      ...readDay(total?.rows[0]),
      serviceLevel30: number(totalRolling?.rows[0]?.['service-level']),
      offered: number(total?.rows[0]?.['offered']),
      occupancy: number(total?.rows[0]?.['occupancy']),
    },
    lastHour: lastHour(flow, end),
    queue: (tenant, queue) => byQueue.get(`${tenant} ${queue}`),
  };
}

function lastHour(flow: KpiAnswer | null, end: number): MinuteFlow[] {
  const rows = new Map((flow?.rows ?? []).map((row) => [Math.floor(Date.parse(String(row['1min'])) / MINUTE_MS), row]));
  return Array.from({ length: TREND_MINUTES }, (_, index) => {
    const minute = end - TREND_MINUTES + index;
    const row = rows.get(minute);
    return { at: instant(minute), offered: number(row?.['offered']) ?? 0, answered: number(row?.['answered']) ?? 0, abandoned: number(row?.['abandoned']) ?? 0 };
  });
}

function readDay(row: KpiRow | undefined): Omit<QueueFigures, 'serviceLevel30' | 'serviceLevelTrend'> {
  const value = (field: keyof typeof DAY_MEASURES): number | null => number(row?.[DAY_MEASURES[field]]);
  return {
    queued: value('queued'), answered: value('answered'), abandoned: value('abandoned'), serviceLevel: value('serviceLevel'),
    abandonmentRate: value('abandonmentRate'), asaSeconds: value('asaSeconds'), averageHandleSeconds: value('averageHandleSeconds'),
  };
}

function number(value: string | number | null | undefined): number | null {
  return typeof value === 'number' ? value : null;
}

function instant(minute: number): string {
  return new Date(minute * MINUTE_MS).toISOString();
}
