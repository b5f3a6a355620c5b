'use client';
import { useTranslations } from 'use-intl';
import { useFormats } from '../format/use-formats.ts';
import { STATE_LOOK, StateIcon, type AgentState } from '../parts/agent-state.tsx';
import { color } from '../theme/tokens.ts';
import type { Dialer } from './dialer-query.ts';
import classes from './dialer.module.css';

type Group = keyof Dialer['agents'];
/** Whose look each group has; who works for another campaign is "busy". */
const GROUPS: [Group, AgentState][] = [['talking', 'talk'], ['wrapup', 'wrapup'], ['dialing', 'dialing'], ['preview', 'preview'], ['ready', 'ready'], ['busy', 'unknown'], ['pause', 'pause']];
/** Always shown, even at none: a team leader looks for them. */
const CONSTANT = new Set<Group>(['talking', 'wrapup', 'ready', 'pause']);

/** Agents of a campaign by what they do: a bar, and each count with its shape and word. */
export function AgentsBar({ agents }: { agents: Dialer['agents'] }) {
  const t = useTranslations('dialer');
  const formats = useFormats();
  const total = Object.values(agents).reduce((sum, count) => sum + count, 0);
  return (
    <div className={classes.agents}>
      <div className={classes.agentsBar} aria-hidden>{total === 0 ? null : GROUPS.map(([group, state]) => agents[group] > 0 && <i key={group} style={{ flexGrow: agents[group], background: color(STATE_LOOK[state].token) }} />)}</div>
      <dl className={classes.agentsList} aria-label={t('agentsOf', { count: total })}>
        {GROUPS.filter(([group]) => CONSTANT.has(group) || agents[group] > 0).map(([group, state]) => (
          <div key={group} data-none={agents[group] === 0 || undefined}><dt><StateIcon state={state} size={12} />{t(`agents.${group}`)}</dt><dd data-count={group}>{formats.count(agents[group])}</dd></div>
        ))}
      </dl>
    </div>
  );
}
