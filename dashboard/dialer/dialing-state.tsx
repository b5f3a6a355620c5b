'use client';
import { IconPlayerPauseFilled, IconPlayerPlayFilled, IconPlayerStopFilled, type Icon } from '@tabler/icons-react';
import { useTranslations } from 'use-intl';
import type { Dialer } from './dialer-query.ts';
import classes from './dialer.module.css';

const ICONS: Record<Dialer['state'], Icon> = { RUNNING: IconPlayerPlayFilled, PAUSED: IconPlayerPauseFilled, STOPPED: IconPlayerStopFilled };

/** Whether it dials, and how: a shape and words. */
export function DialingState({ state, mode }: Pick<Dialer, 'state' | 'mode'>) {
  const t = useTranslations('dialer');
  const Glyph = ICONS[state];
  return (
    <span className={classes.state} data-state={state}>
      <Glyph size={11} aria-hidden /><span>{t(`state.${state}`)}</span><span className={classes.mode}>{t(`mode.${mode}`)}</span>
    </span>
  );
}
