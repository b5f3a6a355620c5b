'use client';
import { useTranslations } from 'use-intl';
import { useMemo, useState } from 'react';
import { duration } from '../format/duration.ts';
import { useFormats } from '../format/use-formats.ts';
import { ChartTip, type TipRow } from '../parts/chart-tip.tsx';
import { STATE_LOOK } from '../parts/agent-state.tsx';
import { usePauseLabel } from '../parts/use-pause-label.ts';
import { color, type Token } from '../theme/tokens.ts';
import classes from './agents.module.css';
import { prepareLanePaths, spanAt, type Frame } from './prepare-lanes.ts';
import { plannedAt, preparePlanPaths, type PlanLook } from './prepare-plan.ts';
import type { Planned, Span } from './timeline-query.ts';
import { usePlannedLabel } from './use-planned-label.ts';

interface Props { spans: Span[]; planned: Planned[]; frame: Frame; /** A day of its own: also the small deviations are drawn. */ large?: boolean; label: string; /** Today's line; null on other days. */ nowMs: number | null }

const PLAN_TOKEN: Record<PlanLook, Token> = { work: 'dim', pause: 'dim', slight: 'dim', notable: 'warn' };

/** One agent's day from left to right, the plan as a thin line above it; what is under the pointer is told in words. */
export function LaneChart({ spans, planned, frame, large = false, label, nowMs }: Props) {
  const t = useTranslations('live');
  const words = useTranslations('agents');
  const formats = useFormats();
  const pauseLabel = usePauseLabel();
  const plannedLabel = usePlannedLabel();
  const paths = useMemo(() => prepareLanePaths(spans, frame), [spans, frame]);
  const planPaths = useMemo(() => preparePlanPaths(planned, frame), [planned, frame]);
  const [hover, setHover] = useState<{ share: number; title: string; rows: TipRow[] } | null>(null);
  const width = frame.endMs - frame.startMs;
  const tell = (share: number) => {
    const span = spanAt(spans, frame, share);
    const plan = plannedAt(planned, frame, share);
    if (!span && !plan) return null;
    const rows: TipRow[] = [];
    if (span) rows.push({ label: `${formats.timeWithSeconds(span.startedAt)} – ${span.running ? words('running') : formats.timeWithSeconds(span.endedAt)}`, value: duration((Date.parse(span.endedAt) - Date.parse(span.startedAt)) / 1000) });
    if (plan) rows.push({ label: words('plannedIs', { activity: plannedLabel(plan.activity) }), value: `${formats.time(plan.activity.startsAt)} – ${formats.time(plan.activity.endsAt)}` });
    if (plan?.deviation) rows.push({ label: words(`deviation.${plan.deviation.kind}`), value: duration(plan.deviation.seconds) });
    return { share, title: span ? `${t(`state.${span.state}`)}${span.reason ? ` · ${pauseLabel(span.reason)}` : ''}` : words('notLoggedIn'), rows };
  };
  return (
    <div className={classes.lane} onPointerMove={(event) => {
      const box = event.currentTarget.getBoundingClientRect();
      setHover(tell((event.clientX - box.left) / box.width));
    }} onPointerLeave={() => setHover(null)}>
      <svg viewBox="0 0 1000 100" preserveAspectRatio="none" style={{ height: large ? 12 : 8 }} className={classes.plan} aria-hidden data-testid="plan">
        {planPaths.map(({ look, path }) => (large || look !== 'slight') && <path key={look} d={path} fill={color(PLAN_TOKEN[look])} data-look={look} />)}
      </svg>
      <svg viewBox="0 0 1000 100" preserveAspectRatio="none" style={{ height: large ? 64 : 19 }} role="img" aria-label={label}>
        {frame.ticks.map((tick) => <line key={tick} x1={((tick - frame.startMs) / width) * 1000} x2={((tick - frame.startMs) / width) * 1000} y1={0} y2={100} stroke="var(--v-line)" vectorEffect="non-scaling-stroke" />)}
        {paths.map(({ state, path }) => <path key={state} d={path} fill={color(STATE_LOOK[state].token)} />)}
      </svg>
      {nowMs !== null && nowMs > frame.startMs && nowMs < frame.endMs && <i className={classes.now} style={{ left: `${((nowMs - frame.startMs) / width) * 100}%` }} aria-hidden />}
      {hover && (
        <div className={classes.laneTip} style={hover.share > 0.6 ? { right: `${(1 - hover.share) * 100}%` } : { left: `${hover.share * 100}%` }}>
          <ChartTip title={hover.title} rows={hover.rows} />
        </div>
      )}
    </div>
  );
}

export function LaneAxis({ frame }: { frame: Frame }) {
  const formats = useFormats();
  return <div className={classes.axis} aria-hidden>{frame.ticks.slice(0, -1).map((tick) => <span key={tick} style={{ left: `${((tick - frame.startMs) / (frame.endMs - frame.startMs)) * 100}%` }}>{formats.time(tick)}</span>)}</div>;
}
