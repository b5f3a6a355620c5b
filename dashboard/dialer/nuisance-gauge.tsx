'use client';
import { useTranslations } from 'use-intl';
import { useFormats } from '../format/use-formats.ts';
import { Explain } from '../parts/explain.tsx';
import { Mark } from '../parts/mark.tsx';
import classes from './dialer.module.css';
import type { NuisanceView } from './prepare-campaigns.ts';
import { windowKey } from './window-key.ts';

/** Where the limit's notch stands on the gauge. */
const NOTCH = 0.75;

/** A window's share of nuisance calls against its limit: a bar with a notch, the number, and how it was counted. */
export function NuisanceGauge({ view }: { view: NuisanceView }) {
  const t = useTranslations('dialer');
  const formats = useFormats();
  const { hours, share, nuisance, passed, limit, verdict, few } = view;
  const { key, count } = windowKey(hours);
  const name = t(`nuisanceIn.${key}`, { count });
  return (
    <Explain name={name} formula={t('nuisanceFormula')} over={few ? t('nuisanceFew', { nuisance, passed }) : t('nuisanceOver', { nuisance, passed })}>
      <div className={classes.gauge} data-verdict={verdict} tabIndex={0} role="meter" aria-label={name} aria-valuemin={0} aria-valuemax={100} aria-valuenow={Math.round((share ?? 0) * 10_000) / 100}
        aria-valuetext={t('nuisanceText', { share: formats.finePercent(share), limit: formats.finePercent(limit) })} data-raw={share ?? ''}>
        <span className={classes.gaugeName}>{t(`window.${key}`, { count })}</span>
        <span className={classes.track} aria-hidden>
          <i style={{ width: `${Math.min(1, ((share ?? 0) / limit) * NOTCH) * 100}%` }} data-few={few || undefined} />
          <b style={{ left: `${NOTCH * 100}%` }} />
        </span>
        <span className={classes.gaugeValue}><Mark verdict={verdict} label={t('overLimit')} />{formats.finePercent(share)}<small>{t('most', { value: formats.percent(limit) })}</small></span>
      </div>
    </Explain>
  );
}
