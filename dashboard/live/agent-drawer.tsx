'use client';
import { Drawer } from '@mantine/core';
import { useTranslations } from 'use-intl';
import Link from 'next/link';
import { useFormats } from '../format/use-formats.ts';
import { Elapsed } from '../parts/elapsed.tsx';
import { StateIcon } from '../parts/agent-state.tsx';
import { usePauseLabel } from '../parts/use-pause-label.ts';
import { useReference } from '../url/use-reference.ts';
import { useShared } from '../url/use-shared.ts';
import { AgentActions } from './agent-actions.tsx';
import classes from './agents.module.css';
import type { LiveAgent, LiveBoard } from './live-query.ts';

interface Props { agent: LiveAgent | undefined; messages: LiveBoard['messages']; offsetMs: number; onClose: () => void }

export function AgentDrawer({ agent, messages, offsetMs, onClose }: Props) {
  const t = useTranslations('live');
  return (
    <Drawer opened={agent !== undefined} onClose={onClose} position="right" size={400} title={agent?.name ?? ''} overlayProps={{ backgroundOpacity: 0.12 }} closeButtonProps={{ 'aria-label': t('close') }}>
      {agent && <Details agent={agent} messages={messages} offsetMs={offsetMs} />}
    </Drawer>
  );
}

function Details({ agent, messages, offsetMs }: { agent: LiveAgent; messages: LiveBoard['messages']; offsetMs: number }) {
  const t = useTranslations('live');
  const formats = useFormats();
  const shared = useShared();
  const { reference } = useReference();
  const pauseLabel = usePauseLabel();
  const name = (list: { id: string; name: string }[], id: string) => list.find((each) => each.id === id)?.name ?? id;
  return (
    <>
      <div className={classes.now}>
        <StateIcon state={agent.state} size={18} />
        <span>{t(`state.${agent.state}`)}{agent.pauseReason && ` · ${pauseLabel(agent.pauseReason)}`}{agent.pendingPause && ` · ${t('pauseAfterCall', { reason: pauseLabel(agent.pendingPause) })}`}</span>
        <span><Elapsed since={agent.since} offsetMs={offsetMs} /></span>
      </div>
      <dl className={classes.production}>
        <div><dt>{t('answeredToday')}</dt><dd>{formats.count(agent.answeredToday)}</dd></div>
        <div><dt>{t('arguedToday')}</dt><dd>{formats.count(agent.arguedToday)}</dd></div>
        <div><dt>{t('positiveToday')}</dt><dd>{formats.count(agent.positiveToday)}</dd></div>
      </dl>
      <dl className={classes.facts}>
        <dt>{t('team')}</dt><dd>{agent.teams.map((team) => name(reference.teams, team)).join(', ')}</dd>
        <dt>{t('site')}</dt><dd>{name(reference.sites, agent.site)}</dd>
        <dt>{t('loggedInSince')}</dt><dd>{agent.loggedInSince ? formats.time(agent.loggedInSince) : t('state.logged_out')}</dd>
        {agent.queue !== '' && agent.queue !== '0' && <><dt>{t('queue')}</dt><dd>{name(reference.queues, agent.queue)}</dd></>}
        {agent.callId !== '' && <><dt>{t('call')}</dt><dd><Link href={`/calls/${agent.tenant}/${agent.callId}`} prefetch={false} style={{ textDecoration: 'underline' }}>{t('openCall')}</Link></dd></>}
        <dt>{t('day')}</dt><dd><Link href={`/agents/${agent.agent}${shared}`} prefetch={false} style={{ textDecoration: 'underline' }}>{t('openDay')}</Link></dd>
      </dl>
      <AgentActions key={agent.agent} agent={agent} messages={messages.filter(({ toAgent }) => toAgent === agent.agent)} />
    </>
  );
}
