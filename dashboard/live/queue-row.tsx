'use client';
import { IconChevronRight } from '@tabler/icons-react';
import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { memo } from 'react';
import { duration } from '../format/duration.ts';
import { useFormats } from '../format/use-formats.ts';
import { Elapsed } from '../parts/elapsed.tsx';
import { Mark } from '../parts/mark.tsx';
import { Sparkline } from '../parts/sparkline.tsx';
import { useMinute } from '../parts/use-now.ts';
import { useParams, withPatch } from '../url/use-params.ts';
import { sharedOf } from '../url/use-shared.ts';
import { equal } from './keep-unchanged.ts';
import { lastMinutes } from './last-minutes.ts';
import type { QueueView } from './prepare-queues.ts';
import classes from './queues.module.css';

interface Props { queue: QueueView; offsetMs: number; opened: boolean; onToggle: (id: string) => void }

/** One queue; drawn again only when something in it changed. */
export const QueueRow = memo(function QueueRow({ queue, offsetMs, opened, onToggle }: Props) {
  const t = useTranslations('live');
  const formats = useFormats();
  const { text } = useParams();
  const minute = useMinute() + offsetMs;
  const id = `${queue.tenant}/${queue.queue}`;
  const calls = (fate?: string, range = 'today') => `/calls${withPatch('', { ...sharedOf(text), tenant: queue.tenant, queue: queue.queue, range, fate })}`;
  const details = `queue-${queue.tenant}-${queue.queue}`;
  return (
    <>
      <tr data-testid={`queue-${queue.queue}`} data-wait={queue.wait} data-open={queue.open} data-waiting={queue.waiting} data-queued={queue.queued ?? 0} data-answered={queue.answered ?? 0} data-abandoned={queue.abandoned ?? 0} data-service-level={queue.serviceLevel ?? ''} data-service-level-30={queue.serviceLevel30 ?? ''} data-abandonment-rate={queue.abandonmentRate ?? ''} data-average-handle={queue.averageHandleSeconds ?? ''}>
        <th scope="row">
          <button type="button" data-row className={classes.name} aria-expanded={opened} aria-controls={opened ? details : undefined} onClick={() => onToggle(id)}>
            <IconChevronRight size={14} stroke={2} aria-hidden className={classes.chevron} data-open={opened || undefined} />
            <span className={classes.nameText} title={queue.name}>{queue.name}</span>
            {!queue.open && <span className={classes.closed}>{t('closed')}</span>}
          </button>
        </th>
        <td data-label={t('column.waiting')} data-now data-strong={queue.waiting > 0 || undefined}>{queue.waiting === 0 ? formats.count(0) : <button type="button" className={classes.number} tabIndex={-1} onClick={() => onToggle(id)}>{formats.count(queue.waiting)}</button>}</td>
        <td data-label={t('column.longest')} data-now>
          <span className={classes.wait} data-verdict={queue.wait}>
            <span className={classes.waitText}><Mark verdict={queue.wait} label={t(`waitVerdict.${queue.wait === 'bad' ? 'bad' : 'warn'}`)} /><Elapsed since={queue.longestWaitSince} offsetMs={offsetMs} /></span>
            {queue.share !== null && <span className={classes.gauge} aria-hidden><i style={{ width: `${Math.min(100, queue.share * 100)}%` }} /></span>}
          </span>
        </td>
        <td data-label={t('column.ready')} data-now><span data-strong={(queue.waiting > 0 && queue.agentsReady === 0) || undefined}>{formats.count(queue.agentsReady)}</span><span className={classes.dim}> / {formats.count(queue.agentsLoggedIn)}</span></td>
        <td data-label={t('column.level')} data-wide>
          <Link href={calls()} prefetch={false} className={classes.level}>
            <Sparkline values={queue.serviceLevelTrend} target={queue.targetServiceLevel} label={t('trend', { queue: queue.name })} />
            <span className={classes.ratio} data-verdict={queue.level}><Mark verdict={queue.level} label={t(`verdict.${queue.level === 'bad' ? 'bad' : 'warn'}`)} />{formats.percent(queue.serviceLevel)}</span>
          </Link>
        </td>
        <td data-label={t('column.level30')} data-hide="medium"><Link href={calls(undefined, lastMinutes(minute, 30))} prefetch={false} className={classes.ratio} data-verdict={queue.level30}><Mark verdict={queue.level30} label={t(`verdict.${queue.level30 === 'bad' ? 'bad' : 'warn'}`)} />{formats.percent(queue.serviceLevel30)}</Link></td>
        <td data-label={t('column.abandoned')}>
          <Link href={calls('ABANDONED')} prefetch={false} className={classes.ratio} data-verdict={queue.abandonment}><Mark verdict={queue.abandonment} label={t(`verdict.${queue.abandonment === 'bad' ? 'bad' : 'warn'}`)} /><span>{formats.count(queue.abandoned)}</span><span className={classes.dim}>{formats.percent(queue.abandonmentRate)}</span></Link>
        </td>
        <td data-label={t('column.handle')} data-hide="small"><Link href={calls('ANSWERED')} prefetch={false} className={classes.number}>{duration(queue.averageHandleSeconds)}</Link></td>
      </tr>
      {opened && (
        <tr className={classes.details} id={details}>
          <td colSpan={8}>
            {queue.waiters.length === 0 ? <p className={classes.dim}>{t('nobodyWaits')}</p> : (
              <ol className={classes.waiters}>
                {queue.waiters.map((waiter, index) => (
                  <li key={waiter.callId}>
                    <span className={classes.dim}>{index + 1}.</span>
                    <Link href={`/calls/${waiter.callId ? `${queue.tenant}/${waiter.callId}` : ''}`} prefetch={false}>{waiter.caller || t('anonymous')}</Link>
                    <span><Elapsed since={waiter.since} offsetMs={offsetMs} /></span>
                    <span className={classes.dim}>{t('priority', { value: waiter.priority })}</span>
                  </li>
                ))}
              </ol>
            )}
            <p className={classes.dim}>{t('queueRule', { target: formats.percent(queue.targetServiceLevel), seconds: queue.targetSeconds, talking: queue.agentsTalking })}</p>
          </td>
        </tr>
      )}
    </>
  );
}, (a, b) => a.opened === b.opened && a.offsetMs === b.offsetMs && a.onToggle === b.onToggle && equal(a.queue, b.queue));
