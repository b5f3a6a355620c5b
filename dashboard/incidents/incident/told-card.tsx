'use client';
import { Button } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconClock, IconMail, IconWebhook } from '@tabler/icons-react';
import { useTranslations } from 'use-intl';
import { useFormats } from '../../format/use-formats.ts';
import { Card } from '../../parts/card.tsx';
import { RETRY_NOTIFICATION } from '../catalogue-query.ts';
import type { IncidentDetails } from '../incident-query.ts';
import { RefusedNotice } from '../refused-notice.tsx';
import { useSetting } from '../use-setting.ts';
import classes from '../details.module.css';

/** Who was told outside, and whether it arrived; what failed stands first and can be sent again. */
export function ToldCard({ notifications, goneBefore, look }: { notifications: IncidentDetails['notifications']; /** Some of those before may be gone. */ goneBefore: string | null; look: () => void }) {
  const t = useTranslations('incidents');
  const formats = useFormats();
  const { busy, refused, put, language } = useSetting();
  const failed = notifications.filter(isFailed);
  const waitsFor = commonReason(notifications);
  const ordered = [...failed, ...notifications.filter((each) => !isFailed(each))];
  return (
    <Card title={t('told.title')} aside={failed.length > 0 && <span className={classes.bad}><IconAlertTriangle size={14} aria-hidden />{t('told.failed', { count: failed.length })}</span>}>
      <div className={classes.body}>
        <RefusedNotice reason={refused} />
        {waitsFor !== null && <p className={classes.note}>{t('told.allWait', { reason: t(`told.reason.${waitsFor}`) })}</p>}
        {goneBefore !== null && <p className={classes.note}>{t('told.goneBefore', { date: formats.date(goneBefore) })}</p>}
        {ordered.length === 0 ? goneBefore === null && <p className={classes.dim}>{t('told.none')}</p> : (
          <ul className={classes.told} data-testid="notifications">
            {ordered.map(({ id, channel, recipient, subject, state, attempts, nextAttemptAt, reason, answer, late, sentAt }) => (
              <li key={id} data-state={state}>
                {channel === 'EMAIL' ? <IconMail size={15} stroke={1.8} aria-hidden /> : <IconWebhook size={15} stroke={1.8} aria-hidden />}
                <span>
                  <b>{recipient}</b><small>{subject}</small>
                  <small className={isFailed({ state }) ? classes.bad : undefined}>{state === 'SENT' ? <IconCheck size={12} aria-hidden /> : isFailed({ state }) ? <IconAlertTriangle size={12} aria-hidden /> : <IconClock size={12} aria-hidden />}
                    {[t(`told.state.${state}`), ...(sentAt === null ? [] : [formats.time(sentAt)]), ...(attempts > 1 || isFailed({ state }) ? [t('told.attempts', { count: attempts })] : []), ...(state === 'FAILED' && nextAttemptAt !== null ? [t('told.next', { time: formats.time(nextAttemptAt) })] : [])].join(' · ')}</small>
                  {state !== 'SENT' && (late || (reason !== null && reason !== waitsFor) || answer !== null) && <small>{[...(late ? [t('told.late')] : []), ...(reason === null || reason === waitsFor ? [] : [t(`told.reason.${reason}`)])].join(' · ')}{answer !== null && <> {t('told.answered')} <q lang="en">{answer}</q></>}</small>}
                </span>
                {isFailed({ state }) && <Button size="compact-xs" variant="default" disabled={busy} onClick={() => void (async () => { if (await put(RETRY_NOTIFICATION, { id, language })) look(); })()}>{t('told.retry')}</Button>}
              </li>
            ))}
          </ul>
        )}
      </div>
    </Card>
  );
}

/** Not arrived: it will be tried again, or was given up. */
function isFailed({ state }: Pick<IncidentDetails['notifications'][number], 'state'>): boolean {
  return state === 'FAILED' || state === 'GIVEN_UP';
}

/** What all wait for, told once; null = nothing, or each has a reason of its own. */
function commonReason(notifications: IncidentDetails['notifications']): IncidentDetails['notifications'][number]['reason'] {
  const waiting = notifications.filter(({ state }) => state === 'DUE' || state === 'FAILED').map(({ reason }) => reason);
  return waiting.length > 1 && waiting.length === notifications.length && waiting.every((reason) => reason === waiting[0]) ? (waiting[0] ?? null) : null;
}
