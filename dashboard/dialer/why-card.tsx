'use client';
import { useTranslations } from 'use-intl';
import { duration } from '../format/duration.ts';
import { useFormats } from '../format/use-formats.ts';
import { Card } from '../parts/card.tsx';
import classes from './dialer.module.css';
import { NuisanceGauge } from './nuisance-gauge.tsx';
import type { CampaignView } from './prepare-campaigns.ts';
import { prepareFacts, type Fact } from './prepare-why.ts';
import { WhySentence } from './why-sentence.tsx';

/** Why the pace is what it is: a sentence, the windows that bind it, and what it was reckoned from. */
export function WhyCard({ view: { dialer, nuisance } }: { view: CampaignView }) {
  const t = useTranslations('dialer');
  const formats = useFormats();
  const { why } = dialer;
  const facts = prepareFacts(dialer);
  const show = ({ unit, value }: Fact) => (unit === 'share' ? formats.percent(value) : unit === 'seconds' ? duration(value) : formats.decimal(value));
  return (
    <Card title={t('whyTitle')}>
      <div className={classes.body}>
        <p className={classes.sentence} data-testid="why"><WhySentence dialer={dialer} />{why && facts.length > 0 && why.expectedAnswers !== null && (
          <span className={classes.dim}> {t('expected', { seconds: formats.count(why.horizonSeconds), answers: formats.decimal(why.expectedAnswers), ready: why.ready, free: formats.decimal(why.expectedFree), ringing: dialer.ringing })}</span>
        )}</p>
        <div className={classes.gauges}>{nuisance.map((window) => <NuisanceGauge key={window.hours} view={window} />)}</div>
        {facts.length > 0 && <dl className={classes.estimates} aria-label={t('estimates')}>{facts.map((fact) => <div key={fact.id}><dt>{t(`fact.${fact.id}`)}</dt><dd>{show(fact)}</dd></div>)}</dl>}
      </div>
    </Card>
  );
}
