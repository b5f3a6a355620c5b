'use client';
import { useTranslations } from 'use-intl';
import { STATE_LOOK, type AgentState } from '../parts/agent-state.tsx';
import { color } from '../theme/tokens.ts';
import classes from './agents.module.css';

const HEIGHTS: [AgentState, number][] = [['talk', 12], ['hold', 10], ['wrapup', 7], ['ringing', 7], ['pause', 5], ['ready', 3]];

/** The shapes of the lanes in words. */
export function StateLegend() {
  const t = useTranslations('live');
  return <span className={classes.legend}>{HEIGHTS.map(([state, height]) => <span key={state}><i style={{ height, background: color(STATE_LOOK[state].token) }} aria-hidden />{t(`state.${state}`)}</span>)}</span>;
}
