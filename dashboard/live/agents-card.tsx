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
import { countStates, prepareAgents } from './prepare-agents.ts';

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
  return (
    <Card title={t('agents')} className={classes.card} aside={
      <TextInput size="xs" w={150} data-search value={search} onChange={(event) => setSearch(event.currentTarget.value)} placeholder={t('search')} aria-label={t('search')} leftSection={<IconSearch size={13} />} />
    }>
      <div className={classes.chips} role="group" aria-label={t('filterByState')}>
        {countStates(agents).map(([each, count]) => (
          <button key={each} type="button" className={classes.chip} aria-pressed={state === each} onClick={() => setState(state === each ? null : each)}>
            <StateIcon state={each} size={13} />{t(`state.${each}`)} <b>{count}</b>
          </button>
        ))}
      </div>
      <div className={classes.teams} onKeyDown={onKeyDown} role="presentation">
        {teams.length === 0 && <Empty title={t('noAgents')} hint={searching ? t('noAgentsSearch') : t('noAgentsHint')} />}
        {teams.toSorted((a, b) => Number(b.agents.length > 0) - Number(a.agents.length > 0)).map((team) => (
          <section key={team.team} aria-label={team.name} className={classes.section} data-away={team.agents.length === 0 || undefined}>
            <h3 className={classes.team}>{team.name}<span>{t('present', { count: team.counts.reduce((sum, [each, count]) => sum + (each === 'logged_out' ? 0 : count), 0) })}</span></h3>
            <div className={classes.tiles}>
              {team.agents.map((agent) => <AgentTile key={agent.agent} agent={agent} reason={pauseLabel(agent.pauseReason)} offsetMs={offsetMs} selected={agent.agent === selected} onSelect={onSelect} />)}
            </div>
            {team.loggedOut.length > 0 && (
              <details className={classes.out} open={searching || undefined}>
                <summary>{t('loggedOut', { count: team.loggedOut.length })}</summary>
                <div className={classes.tiles}>
                  {team.loggedOut.map((agent) => <AgentTile key={agent.agent} agent={agent} reason={pauseLabel(agent.pauseReason)} offsetMs={offsetMs} selected={agent.agent === selected} onSelect={onSelect} />)}
                </div>
              </details>
            )}
          </section>
        ))}
      </div>
    </Card>
  );
});
