'use client';
import { Button } from '@mantine/core';
import { useTranslations } from 'use-intl';
import { useMemo, useState } from 'react';
import { useFormats } from '../format/use-formats.ts';
import { Elapsed } from '../parts/elapsed.tsx';
import { IncidentsWidget } from '../incidents/widget.tsx';
import { Notice } from '../parts/states.tsx';
import { useMinute } from '../parts/use-now.ts';
import { usePageTitle } from '../parts/use-page-title.ts';
import { useReportDataAge } from '../shell/data-age.tsx';
import { AgentDrawer } from './agent-drawer.tsx';
import { AgentsCard } from './agents-card.tsx';
import { FiguresTrouble } from './figures-trouble.tsx';
import { FiguresStrip } from './figures-strip.tsx';
import { FillingNote } from './filling-note.tsx';
import { LastHourCard } from './last-hour-card.tsx';
import classes from './live.module.css';
import { LiveSkeleton } from './live-skeleton.tsx';
import { MessagesCard } from './messages-card.tsx';
import { prepareFigures } from './prepare-figures.ts';
import { prepareLastHour } from './prepare-last-hour.ts';
import { prepareQueues } from './prepare-queues.ts';
import { QueuesCard } from './queues-card.tsx';
import { useBoardReference } from './use-board-reference.ts';
import { useLiveBoard } from './use-live-board.ts';

/** Home of a team leader: what happens now, what needs a person, and who is there. */
export function LivePage() {
  const t = useTranslations('live');
  const { board, offsetMs, connection, brokenSince, retryNow } = useLiveBoard();
  const formats = useFormats();
  const reference = useBoardReference(board);
  const minute = useMinute();
  const [agent, setAgent] = useState<string | null>(null);
  const unread = board?.loadMark === null;
  usePageTitle(t('title'));
  // What was not read has no age, which is not to say that there is no data.
  useReportDataAge(board && !unread ? board.dataAt : undefined, offsetMs, connection === 'broken' ? 'broken' : 'live');
  // The core tells its time only now and then; without it, waits stand where they were.
  const shownMs = board ? Date.parse(board.connected ? board.at : (board.coreAt ?? board.at)) : 0;
  const queues = useMemo(() => (board ? prepareQueues(board.queues, shownMs, reference.queues) : []), [board, shownMs, reference]);
  const flow = board?.lastHour;
  const lastHour = useMemo(() => (flow ? prepareLastHour(flow, minute + offsetMs) : null), [flow, minute, offsetMs]);
  const shownAgent = board?.agents.find((each) => each.agent === agent);
  const stale = connection === 'broken' || board?.connected === false;
  return (
    <>
      <h1 className="visually-hidden">{t('title')}</h1>
      {connection === 'broken' && (
        <Notice kind="bad" assertive>
          <strong>{t('broken')}</strong>
          <span>{board ? t('brokenSince', { time: formats.timeWithSeconds(brokenSince ?? 0) }) : t('brokenNoData')}</span>
          <Button size="compact-xs" variant="outline" color="var(--v-bad)" onClick={retryNow}>{t('retryNow')}</Button>
        </Notice>
      )}
      {connection !== 'broken' && board?.connected === false && <Notice kind="warn"><strong>{t('coreGone')}</strong><span>{t('coreGoneSince')} <Elapsed since={board.coreAt} offsetMs={offsetMs} /></span></Notice>}
      {connection !== 'broken' && board && <FiguresTrouble trouble={board.figuresTrouble} unread={unread} />}
      <IncidentsWidget />
      {!board || !lastHour ? <LiveSkeleton /> : (
        <div className={classes.board} data-stale={stale || undefined} data-testid="board" data-at={board.at} data-data-at={board.dataAt ?? ''}>
          <FiguresStrip dayFrom={board.dayFrom} zone={board.zone} figures={prepareFigures(board, queues)} offsetMs={offsetMs} />
          <div className={classes.left}>
            <QueuesCard queues={queues} dayFrom={board.dayFrom} zone={board.zone} offsetMs={offsetMs} />
            <LastHourCard data={lastHour} unread={unread} />
            <MessagesCard messages={board.messages} agents={board.agents} />
            <FillingNote historyFrom={board.historyFrom} />
          </div>
          <AgentsCard agents={board.agents} offsetMs={offsetMs} selected={agent} onSelect={setAgent} />
        </div>
      )}
      <AgentDrawer agent={shownAgent} messages={board?.messages ?? []} offsetMs={offsetMs} onClose={() => setAgent(null)} />
    </>
  );
}
