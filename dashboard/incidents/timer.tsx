'use client';
import { IconCheck, IconClockPause, IconMoon, IconAlertTriangle } from '@tabler/icons-react';
import { useTranslations } from 'use-intl';
import { useNow } from '../parts/use-now.ts';
import classes from './incidents.module.css';
import { useSpans } from './use-spans.ts';
import { useWarnShares } from './open-incidents.tsx';
import { shownSeconds, timerAt, type ClockSaid, type Timer } from './prepare-timer.ts';

interface Props { clock: ClockSaid; /** The server's clock minus ours. */ offsetMs: number; size?: 'small' | 'normal' | 'large' | 'wall'; bar?: boolean }

const WORDS = { running: 'left', overdue: 'over', paused: 'paused', offHours: 'offHours', inTarget: 'inTarget', late: 'late' } as const;

/** The target's clock, ticking here alone: a second passes without anything else being drawn again. */
export function TargetTimer({ clock, offsetMs, size = 'normal', bar = false }: Props) {
  const t = useTranslations('incidents');
  const { face } = useSpans();
  const { shares, from } = useWarnShares();
  const timer = timerAt(clock, useNow() + offsetMs, from);
  const shown = face(shownSeconds(timer.leftMs));
  return (
    <div className={classes.timer} data-size={size} data-kind={timer.kind} data-verdict={timer.verdict} data-testid="timer">
      <span className={classes.face} role="timer" aria-live="off" aria-label={t(`aloud.${timer.kind}`, { time: shown })}>
        <Glyph kind={timer.kind} />
        {timer.kind !== 'inTarget' && timer.kind !== 'late' && <b aria-hidden>{timer.kind === 'overdue' ? `+${shown}` : shown}</b>}
        <small aria-hidden>{t(`timer.${WORDS[timer.kind]}`)}</small>
      </span>
      {bar && <TimerBar timer={timer} notches={shares} />}
    </div>
  );
}

/** The shape that says the same as the colour. */
function Glyph({ kind }: { kind: Timer['kind'] }) {
  if (kind === 'paused') return <IconClockPause aria-hidden stroke={1.8} />;
  if (kind === 'offHours') return <IconMoon aria-hidden stroke={1.8} />;
  if (kind === 'overdue' || kind === 'late') return <IconAlertTriangle aria-hidden stroke={1.8} />;
  return kind === 'inTarget' ? <IconCheck aria-hidden stroke={2} /> : null;
}

/** How much of the target is used up, with a notch where a warning comes. */
function TimerBar({ timer: { share }, notches }: { timer: Timer; notches: readonly number[] }) {
  const t = useTranslations('incidents');
  const percent = (value: number) => `${Math.round(value * 100)} %`;
  return (
    <div className={classes.track} role="img" aria-label={t('timer.used', { share: percent(share) })}>
      <i style={{ transform: `scaleX(${share})` }} />
      {notches.map((notch) => <b key={notch} style={{ left: `${notch * 100}%` }} title={t('timer.notch', { share: percent(notch) })} />)}
    </div>
  );
}

/** Time to an instant of the server's, or past it. */
export function Countdown({ atMs, offsetMs, children }: { atMs: number; offsetMs: number; children: (face: string, late: boolean) => string }) {
  const { face } = useSpans();
  const leftMs = atMs - (useNow() + offsetMs);
  const late = leftMs < 0;
  return <span className={classes.countdown} data-late={late || undefined}>{children(face(shownSeconds(leftMs)), late)}</span>;
}
