'use client';
import { Alert, Button, Select, Textarea } from '@mantine/core';
import { IconEar, IconPlayerPause, IconPlayerRecord, IconSend } from '@tabler/icons-react';
import { useTranslations } from 'use-intl';
import { useState } from 'react';
import { useFormats } from '../format/use-formats.ts';
import { useReference } from '../url/use-reference.ts';
import classes from './agents.module.css';
import type { LiveAgent, LiveBoard } from './live-query.ts';
import { useCommands } from './use-commands.ts';

interface Props { agent: LiveAgent; messages: LiveBoard['messages'] }

/** What a supervisor may do with an agent. The state shown is the stream's, never a guess of what a click did. */
export function AgentActions({ agent, messages }: Props) {
  const t = useTranslations('live');
  const formats = useFormats();
  const { reference } = useReference();
  const { busy, outcome, listen, record, forcePause, message } = useCommands(agent.agent);
  const [reason, setReason] = useState<string | null>(null);
  const [text, setText] = useState('');
  const refusal = (code: string) => (code === 'wrong-state' ? t('refusal.wrongState', { state: t(`state.${agent.state}`) }) : code === 'no-target' ? t('refusal.noTarget') : code === 'core-unavailable' ? t('refusal.coreUnavailable') : t('refusal.unknown'));
  const listened = agent.listenedBy.length > 0;
  const send = async () => { if (text.trim() !== '' && await message(text.trim())) setText(''); };
  return (
    <div className={classes.actions}>
      <h3 className={classes.sub} style={{ margin: '4px 0 -4px' }}>{t('actions')}</h3>
      {outcome && <Alert color="red" variant="light" title={t('refused')} role="alert">{outcome.kind === 'refused' ? refusal(outcome.code) : t('failed')}</Alert>}
      <div className={classes.pair}>
        <Button variant={listened ? 'filled' : 'default'} disabled={busy} leftSection={<IconEar size={15} />} onClick={() => void listen(!listened)}>{listened ? t('stopListening') : t('listen')}</Button>
        <Button variant={agent.recorded ? 'filled' : 'default'} disabled={busy} leftSection={<IconPlayerRecord size={15} />} onClick={() => void record(!agent.recorded)}>{agent.recorded ? t('stopRecording') : t('record')}</Button>
      </div>
      <div className={classes.withButton}>
        <Select label={t('forcePause')} placeholder={t('pauseReason')} data={reference.pauseReasons.filter(({ system }) => !system).map(({ code, label }) => ({ value: code, label }))} value={reason} onChange={setReason} />
        <Button variant="default" disabled={busy || reason === null} leftSection={<IconPlayerPause size={15} />} onClick={() => { if (reason) void forcePause(reason); }}>{t('pauseNow')}</Button>
      </div>
      <Textarea label={t('message')} autosize minRows={2} maxRows={6} maxLength={1000} value={text} onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => { if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void send(); }} />
      <Button disabled={busy || text.trim() === ''} leftSection={<IconSend size={15} />} onClick={() => void send()}>{t('send')}</Button>
      {messages.length > 0 && (
        <ul className={classes.thread} aria-live="polite">
          {messages.toReversed().map((each) => (
            <li key={each.messageId}>{each.text}<small>{t('sent', { time: formats.timeWithSeconds(each.sentAt) })} · {each.seenBy.length > 0 ? t('seen') : t('notSeen')}</small></li>
          ))}
        </ul>
      )}
    </div>
  );
}
