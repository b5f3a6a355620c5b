'use client';
import { Button } from '@mantine/core';
import { useTranslations } from 'use-intl';
import { useFormats } from '../format/use-formats.ts';
import { Elapsed } from '../parts/elapsed.tsx';
import { Notice } from '../parts/states.tsx';
import type { CampaignsView } from './use-campaigns.ts';

/** What keeps the live figures away, on top of the page. */
export function StreamNotices({ view: { board, connection, brokenSince, offsetMs, retryNow } }: { view: CampaignsView }) {
  const t = useTranslations('live');
  const formats = useFormats();
  if (connection === 'broken') {
    return (
      <Notice kind="bad" assertive>
        <strong>{t('broken')}</strong>
        <span>{board ? t('brokenSince', { time: formats.timeWithSeconds(brokenSince ?? 0) }) : t('brokenNoData')}</span>
        <Button size="compact-xs" variant="outline" color="var(--v-bad)" onClick={retryNow}>{t('retryNow')}</Button>
      </Notice>
    );
  }
  if (board?.connected === false) return <Notice kind="warn"><strong>{t('coreGone')}</strong><span>{t('coreGoneSince')} <Elapsed since={board.coreAt} offsetMs={offsetMs} /></span></Notice>;
  return null;
}
