'use client';
import { IconMessage2, IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react';
import { useTranslations } from 'use-intl';
import { memo } from 'react';
import { useFormats } from '../format/use-formats.ts';
import { Card } from '../parts/card.tsx';
import { useReference } from '../url/use-reference.ts';
import type { LiveAgent } from './live-query.ts';
import classes from './messages.module.css';
import { prepareMessages, type LiveMessage, type MessageView } from './prepare-messages.ts';

const MOST = 5;
const ICON = { begun: IconPlayerPlay, ended: IconPlayerStop, sent: IconMessage2 };

interface Props { messages: readonly LiveMessage[]; agents: readonly Pick<LiveAgent, 'agent' | 'name'>[] }

/** What the automaton and the supervisors said last; quiet where nothing was said, and new ones are read out when there is time. */
export const MessagesCard = memo(function MessagesCard({ messages, agents }: Props) {
  const t = useTranslations('live');
  const formats = useFormats();
  const { reference } = useReference();
  const shown = prepareMessages(messages, MOST);
  const to = ({ to: whom }: MessageView) => {
    if (whom.kind === 'all') return t('feed.all');
    const list: readonly { id: string; name: string }[] = whom.kind === 'team' ? reference.teams : agents.map(({ agent, name }) => ({ id: agent, name }));
    return list.find(({ id }) => id === whom.id)?.name ?? whom.id;
  };
  return (
    <div role="log" aria-live="polite" aria-label={t('feed.title')} data-testid="messages">
      {shown.length > 0 && (
        <Card title={t('feed.title')} aside={messages.length > MOST && t('feed.last', { count: MOST })}>
          <ul className={classes.feed}>
            {shown.map((message) => {
              const Icon = ICON[message.kind];
              return (
                <li key={message.id} data-kind={message.kind}>
                  <time dateTime={message.at}>{formats.time(message.at)}</time>
                  <Icon size={14} stroke={1.8} aria-hidden />
                  {message.kind === 'sent'
                    ? <span><b>{to(message)}</b> {message.text}<small>{t('feed.seen', { count: message.seen })}</small></span>
                    : <span>{t(`feed.${message.kind}`, { campaign: message.text })}</span>}
                </li>
              );
            })}
          </ul>
        </Card>
      )}
    </div>
  );
}, (a, b) => a.messages === b.messages && (a.agents === b.agents || a.messages.length === 0));
