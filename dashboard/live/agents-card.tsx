'use client';
import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useTranslations } from 'use-intl';
import { memo, useMemo, useState } from 'react';
import { Card } from '../parts/card.tsx';
import { StateIcon, type AgentState } from '../parts/agent-state.tsx';
import { Empty } from '../parts/states.tsx';
import { useArrowKeys } from '../parts/use-arrow-keys.ts';
import { usePauseLabel } from '../parts/use-pause-label.ts';
import { useReference } from '../url/use-reference.ts';
import { AgentTile } from './agent-tile.tsx';
import classes from './agents.module.css';
import type { LiveAgent } from './live-query.ts';
import { countStates, prepareAgents, type TeamView } from './prepare-agents.ts';
import { stateLimit } from './thresholds.ts';

interface Props { agents: LiveAgent[]; offsetMs: number; selected: string | null; onSelect: (agent: string) => void }

/** Agents by team as compact tiles; the counts on top are filters. */
export const AgentsCard = memo(function AgentsCard({ agents, offsetMs, selected, onSelect }: Props) {
  const t = useTranslations('live');
  const { reference } = useReference();
  const pauseLabel = usePauseLabel();
  const [search, setSearch] = useState('');
  const [state, setState] = useState<AgentState | null>(null);
  const onKeyDown = useArrowKeys<HTMLDivElement>();
  const names = useMemo(() => new Map(reference.teams.map(({ id, name }) => [id, name])), [reference]);
  const teams = prepareAgents(agents, { teamName: (id) => names.get(id) ?? (id || t('noTeam')), search, state });
  const searching = search !== '' || state !== null;
  const [here, away] = [teams.filter((team) => team.agents.length > 0), teams.filter((team) => team.agents.length === 0)];
  const tile = (agent: LiveAgent) => <AgentTile key={agent.agent} agent={agent} reason={pauseLabel(agent.pauseReason)} limitSeconds={stateLimit(agent, reference)} offsetMs={offsetMs} selected={agent.agent === selected} onSelect={onSelect} />;
  const loggedOut = ({ loggedOut: out }: TeamView) => out.length > 0 && (
    <details className={classes.out} open={searching || undefined}>
      <summary>{t('loggedOut', { count: out.length })}</summary>
      <div className={classes.tiles}>{out.map(tile)}</div>
    </details>
  );
  return (
    <Card title={t('agents')} className={classes.card} aside={
      <TextInput size="xs" w={150} data-search value={search} onChange={(event) => setSearch(event.currentTarget.value)} placeholder={t('search')} aria-label={t('search')} leftSection={<IconSearch size={13} />} />
    }>
      <div className={classes.chips} data-many={countStates(agents).length > 4 || undefined} role="group" aria-label={t('filterByState')}>
        {countStates(agents).map(([each, count]) => (
          <button key={each} type="button" className={classes.chip} aria-pressed={state === each} title={t(`state.${each}`)} onClick={() => setState(state === each ? null : each)}>
            <StateIcon state={each} size={13} /><span className={classes.chipText}>{t(`state.${each}`)}</span> <b>{count}</b>
          </button>
        ))}
      </div>
      <div className={classes.teams} onKeyDown={onKeyDown} role="presentation">
        {teams.length === 0 && <Empty title={t('noAgents')} hint={searching ? t('noAgentsSearch') : t('noAgentsHint')} />}
        {here.map((team) => (
          <section key={team.team} aria-label={team.name}>
            <h3 className={classes.team}>{team.name}<span>{t('present', { count: present(team) })}</span></h3>
            <div className={classes.tiles}>{team.agents.map(tile)}</div>
            {loggedOut(team)}
          </section>
        ))}
        {away.length > 0 && (
          <details className={classes.away} open={searching || undefined}>
            <summary>{t('awayTeams', { count: away.length, agents: away.reduce((sum, team) => sum + team.loggedOut.length, 0) })}<span>{away.map(({ name }) => name).join(' · ')}</span></summary>
            {away.map((team) => (
              <section key={team.team} aria-label={team.name}>
                <h3 className={classes.team}>{team.name}<span>{t('loggedOut', { count: team.loggedOut.length })}</span></h3>
                <div className={classes.tiles}>{team.loggedOut.map(tile)}</div>
              </section>
            ))}
          </details>
        )}
      </div>
    </Card>
  );
});

function present({ counts }: TeamView): number {
  return counts.reduce((sum, [state, count]) => sum + (state === 'logged_out' ? 0 : count), 0);
}
