'use client';
import { IconEar, IconPlayerRecordFilled } from '@tabler/icons-react';
import { useTranslations } from 'use-intl';
import { memo } from 'react';
import { duration } from '../format/duration.ts';
import { Mark } from '../parts/mark.tsx';
import { STATE_LOOK, StateIcon } from '../parts/agent-state.tsx';
import { useNow } from '../parts/use-now.ts';
import { color } from '../theme/tokens.ts';
import classes from './agents.module.css';
import type { LiveAgent } from './live-query.ts';
import { stateVerdict } from './thresholds.ts';

interface Props { agent: LiveAgent; /** The pause's reason in words. */ reason: string; /** Seconds that this state may last, null = as long as it takes. */ limitSeconds: number | null; offsetMs: number; selected: boolean; onSelect: (agent: string) => void }

/** One agent in two lines: who, and in which state since when. Drawn again only when something in it changed. */
export const AgentTile = memo(function AgentTile({ agent, reason, limitSeconds, offsetMs, selected, onSelect }: Props) {
  const t = useTranslations('live');
  return (
    <button type="button" data-row className={classes.tile} data-state={agent.state} aria-pressed={selected} onClick={() => onSelect(agent.agent)} style={{ borderLeftColor: color(STATE_LOOK[agent.state].token) }} data-testid={`agent-${agent.agent}`}>
      <span className={classes.who}>
        <span className={classes.whoText} title={agent.name}>{agent.name}</span>
        {agent.recorded && <IconPlayerRecordFilled size={11} color="var(--v-bad)" aria-label={t('recorded')} role="img" />}
        {agent.listenedBy.length > 0 && <IconEar size={12} aria-label={t('listened')} role="img" />}
      </span>
      <span className={classes.what}>
        <StateIcon state={agent.state} size={13} />
        <span className={classes.whatText}>{agent.state === 'pause' && reason ? reason : t(`state.${agent.state}`)}</span>
        {agent.state !== 'logged_out' && <TimeInState since={agent.since} limitSeconds={limitSeconds} offsetMs={offsetMs} />}
      </span>
    </button>
  );
}, sameTile);

function TimeInState({ since, limitSeconds, offsetMs }: { since: string; limitSeconds: number | null; offsetMs: number }) {
  const t = useTranslations('live');
  const seconds = (useNow() + offsetMs - Date.parse(since)) / 1000;
  const verdict = stateVerdict(seconds, limitSeconds);
  return <span className={classes.time} data-verdict={verdict}><Mark verdict={verdict} label={t(`long.${verdict === 'bad' ? 'bad' : 'warn'}`)} />{duration(seconds)}</span>;
}

function sameTile(a: Props, b: Props): boolean {
  const same = (field: 'name' | 'state' | 'since' | 'recorded') => a.agent[field] === b.agent[field];
  return a.selected === b.selected && a.offsetMs === b.offsetMs && a.onSelect === b.onSelect && same('name') && same('state') && same('since') && a.reason === b.reason && a.limitSeconds === b.limitSeconds && same('recorded') && a.agent.listenedBy.join() === b.agent.listenedBy.join();
}
