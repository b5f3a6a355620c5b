'use client';
import { useTranslations } from 'use-intl';
import { useMemo, useState } from 'react';
import { duration } from '../format/duration.ts';
import { useFormats } from '../format/use-formats.ts';
import { ChartTip } from '../parts/chart-tip.tsx';
import { STATE_LOOK } from '../parts/agent-state.tsx';
import { usePauseLabel } from '../parts/use-pause-label.ts';
import { color } from '../theme/tokens.ts';
import classes from './agents.module.css';
import { prepareLanePaths, spanAt, type Frame } from './prepare-lanes.ts';
import type { Span } from './timeline-query.ts';

interface Props { spans: Span[]; frame: Frame; height: number; label: string }

/** One agent's day from left to right; what is under the pointer is told in words. */
export function LaneChart({ spans, frame, height, label }: Props) {
  const t = useTranslations('live');
  const words = useTranslations('agents');
  const formats = useFormats();
  const pauseLabel = usePauseLabel();
  const paths = useMemo(() => prepareLanePaths(spans, frame), [spans, frame]);
  const [hover, setHover] = useState<{ share: number; span: Span } | null>(null);
  const width = frame.endMs - frame.startMs;
  return (
    <div className={classes.lane} style={{ height }} onPointerMove={(event) => {
      const box = event.currentTarget.getBoundingClientRect();
      const share = (event.clientX - box.left) / box.width;
      const span = spanAt(spans, frame, share);
      setHover(span && { share, span });
    }} onPointerLeave={() => setHover(null)}>
      <svg viewBox="0 0 1000 100" preserveAspectRatio="none" role="img" aria-label={label}>
        {frame.ticks.map((tick) => <line key={tick} x1={((tick - frame.startMs) / width) * 1000} x2={((tick - frame.startMs) / width) * 1000} y1={0} y2={100} stroke="var(--v-line)" vectorEffect="non-scaling-stroke" />)}
        {paths.map(({ state, path }) => <path key={state} d={path} fill={color(STATE_LOOK[state].token)} />)}
      </svg>
      {hover && (
        <div className={classes.laneTip} style={hover.share > 0.6 ? { right: `${(1 - hover.share) * 100}%` } : { left: `${hover.share * 100}%` }}>
          <ChartTip title={`${t(`state.${hover.span.state}`)}${hover.span.reason ? ` · ${pauseLabel(hover.span.reason)}` : ''}`} rows={[{ label: `${formats.timeWithSeconds(hover.span.startedAt)} – ${hover.span.running ? words('running') : formats.timeWithSeconds(hover.span.endedAt)}`, value: duration((Date.parse(hover.span.endedAt) - Date.parse(hover.span.startedAt)) / 1000) }]} />
        </div>
      )}
    </div>
  );
}

export function LaneAxis({ frame }: { frame: Frame }) {
  const formats = useFormats();
  return <div className={classes.axis} aria-hidden>{frame.ticks.slice(0, -1).map((tick) => <span key={tick} style={{ left: `${((tick - frame.startMs) / (frame.endMs - frame.startMs)) * 100}%` }}>{formats.time(tick)}</span>)}</div>;
}
