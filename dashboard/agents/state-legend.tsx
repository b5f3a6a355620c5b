'use client';
import { useTranslations } from 'use-intl';
import { STATE_LOOK, type AgentState } from '../parts/agent-state.tsx';
import { color } from '../theme/tokens.ts';
import classes from './agents.module.css';

const HEIGHTS: [AgentState, number][] = [['talk', 12], ['hold', 10], ['wrapup', 7], ['ringing', 7], ['pause', 5], ['ready', 3]];
/** Of those who call people; elsewhere the legend need not name them. */
const OUTBOUND: [AgentState, number][] = [['dialing', 7], ['preview', 6]];

/** The shapes of the lanes in words, and of the planned line where there is one. */
export function StateLegend({ planned, spans }: { planned: boolean; spans: readonly { state: AgentState }[] }) {
  const t = useTranslations('live');
  const words = useTranslations('agents');
  return (
    <span className={classes.legend}>
      {[...HEIGHTS, ...OUTBOUND.filter(([state]) => spans.some((span) => span.state === state))].map(([state, height]) => <span key={state}><i style={{ height, background: color(STATE_LOOK[state].token) }} aria-hidden />{t(`state.${state}`)}</span>)}
      {planned && (
        <>
          <span><i className={classes.planSample} style={{ height: 4 }} aria-hidden />{words('legend.work')}</span>
          <span><i className={classes.planSample} style={{ height: 1.5 }} aria-hidden />{words('legend.pause')}</span>
          <span><i style={{ height: 10, background: color('warn') }} aria-hidden />{words('legend.deviation')}</span>
        </>
      )}
    </span>
  );
}
