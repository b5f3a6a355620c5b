'use client';
import { useTranslations } from 'use-intl';
import { memo } from 'react';
import { useFormats } from '../format/use-formats.ts';
import { Card } from '../parts/card.tsx';
import { Swatch } from '../parts/swatch.tsx';
import { LastHourChart } from './last-hour-chart.tsx';
import classes from './live.module.css';
import type { prepareLastHour } from './prepare-last-hour.ts';

export const LastHourCard = memo(function LastHourCard({ data }: { data: ReturnType<typeof prepareLastHour> }) {
  const t = useTranslations('live');
  const formats = useFormats();
  const { offered, answered, abandoned } = data.sums;
  return (
    <Card title={t('lastHour')} aside={
      <span className={classes.legend}>
        <span><Swatch token="offered" shape="line" />{t('offered')} <b>{formats.count(offered)}</b></span>
        <span><Swatch token="answered" shape="block" />{t('answered')} <b>{formats.count(answered)}</b></span>
        <span><Swatch token="abandoned" shape="hatch" />{t('abandoned')} <b>{formats.count(abandoned)}</b></span>
      </span>
    }>
      <div className={classes.chart} role="img" aria-label={t('lastHourSummary', { offered, answered, abandoned })}>
        <LastHourChart points={data.points} />
      </div>
    </Card>
  );
});
