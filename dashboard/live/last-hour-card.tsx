'use client';
import { useTranslations } from 'use-intl';
import { memo } from 'react';
import { useFormats } from '../format/use-formats.ts';
import { Card } from '../parts/card.tsx';
import { Empty } from '../parts/states.tsx';
import { Swatch } from '../parts/swatch.tsx';
import { LastHourChart } from './last-hour-chart.tsx';
import classes from './live.module.css';
import type { prepareLastHour } from './prepare-last-hour.ts';

/** `unread`: nobody knows how many there were, which is not none. */
export const LastHourCard = memo(function LastHourCard({ data, unread }: { data: ReturnType<typeof prepareLastHour>; unread: boolean }) {
  const t = useTranslations('live');
  const formats = useFormats();
  const { offered, answered, abandoned } = data.sums;
  const shown = (count: number): string => (unread ? '–' : formats.count(count));
  return (
    <Card title={t('lastHour')} aside={
      <span className={classes.legend}>
        <span><Swatch token="offered" shape="line" />{t('offered')} <b>{shown(offered)}</b></span>
        <span><Swatch token="answered" shape="block" />{t('answered')} <b>{shown(answered)}</b></span>
        <span><Swatch token="abandoned" shape="hatch" />{t('abandoned')} <b>{shown(abandoned)}</b></span>
      </span>
    }>
      {unread ? <div className={classes.chart}><Empty title={t('figures.unread')} /></div> : (
        <div className={classes.chart} role="img" aria-label={t('lastHourSummary', { offered, answered, abandoned })}>
          <LastHourChart points={data.points} />
        </div>
      )}
    </Card>
  );
});
