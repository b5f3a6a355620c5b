'use client';
import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { memo, type ReactNode } from 'react';
import { useFormats } from '../format/use-formats.ts';
import { equal } from '../live/keep-unchanged.ts';
import { Explain } from '../parts/explain.tsx';
import { Mark } from '../parts/mark.tsx';
import { Sparkline } from '../parts/sparkline.tsx';
import { useMinute } from '../parts/use-now.ts';
import { useShared } from '../url/use-shared.ts';
import { AgentsBar } from './agents-bar.tsx';
import classes from './dialer.module.css';
import { DialingState } from './dialing-state.tsx';
import { NuisanceGauge } from './nuisance-gauge.tsx';
import type { CampaignView } from './prepare-campaigns.ts';
import { WhySentence } from './why-sentence.tsx';

interface Props { view: CampaignView; /** The client's name, where several are in view. */ tenant: string | null }

/** One campaign at a glance; drawn again only when something in it changed. */
export const CampaignCard = memo(function CampaignCard({ view, tenant }: Props) {
  const t = useTranslations('dialer');
  const formats = useFormats();
  const shared = useShared();
  const { dialer, campaign, name, attention, verdict, nuisance } = view;
  const { recent } = dialer;
  return (
    <article className={classes.card} data-verdict={verdict} data-state={dialer.state} data-testid={`campaign-${campaign}`} aria-labelledby={`campaign-${campaign}`}>
      <header className={classes.cardHead}>
        <h2 className={classes.name} id={`campaign-${campaign}`}><Link href={`/dialer/${encodeURIComponent(campaign)}${shared}`} prefetch={false} data-row className={classes.open}>{name}</Link>{tenant && <span className={classes.dim}>{tenant}</span>}</h2>
        <DialingState state={dialer.state} mode={dialer.mode} />
      </header>
      {attention && <p className={classes.attention} data-verdict={verdict}><Mark verdict={verdict} label={t('attentionLabel')} />{t(`attention.${attention}`, { ready: dialer.agents.ready })}</p>}
      <div className={classes.figures}>
        <Figure label={t('pace')} value={recent ? formats.decimal(recent.dialsPerMinute) : formats.decimal(null)} unit={t('perMinute')} formula={t('formula.pace')} over={t('over.recent')}>
          {dialer.paceTrend.length > 1 && <Sparkline values={dialer.paceTrend} width={44} height={20} label={t('paceTrend')} />}
        </Figure>
        <Figure label={t('answerRate')} value={formats.percent(recent?.answerShare)} formula={t('formula.answerRate')} over={t('over.recent')} />
        <Figure label={t('talk')} value={formats.decimal(recent?.talkMinutesPerHour ?? dialer.talkMinutesPerHour)} unit={t('minutesPerHour')} formula={t('formula.talk')} over={recent ? t('over.recent') : t('over.start')} />
      </div>
      <div className={classes.gauges}>{nuisance.map((window) => <NuisanceGauge key={window.hours} view={window} />)}</div>
      <AgentsBar agents={dialer.agents} />
      <dl className={classes.facts}>
        <div><dt>{t('lines')}</dt><dd><b>{formats.count(dialer.lines)}</b>{dialer.maximumLines === null ? '' : ` / ${formats.count(dialer.maximumLines)}`} <span className={classes.dim}>{t('ringing', { count: dialer.ringing })}</span></dd></div>
        <div><dt>{t('level')}</dt><dd><b>{formats.decimal(dialer.why?.level)}</b> <span className={classes.dim}>{t('perAgent')}</span></dd></div>
        <div><dt>{t('contactsLeft')}</dt><dd><b>{formats.count(dialer.contactsOpen ?? dialer.contactsLeft)}</b> {dialer.contactsOpen !== null && <span className={classes.dim}>{t('callableNow', { count: formats.count(dialer.contactsLeft) })}</span>}</dd></div>
        <div><dt>{t('fileEnd')}</dt><dd><FileEnd at={dialer.fileEndsAt} /></dd></div>
      </dl>
      <p className={classes.why}><WhySentence dialer={dialer} /></p>
    </article>
  );
}, (a, b) => a.tenant === b.tenant && equal(a.view, b.view));

/** An hour is said of the days near by. */
const NEAR_MS = 3 * 86_400_000;

/** When the file ends if it goes on like this: an hour today, a day later on. */
export function FileEnd({ at }: { at: string | null }) {
  const t = useTranslations('dialer');
  const formats = useFormats();
  const minute = useMinute();
  if (at === null) return <span className={classes.dim}>{t('noForecast')}</span>;
  if (formats.date(at) === formats.date(minute)) return <b>{t('around', { time: formats.time(at) })}</b>;
  return <b>{t('aroundDay', { day: Date.parse(at) - minute < NEAR_MS ? formats.dateTime(at) : formats.date(at) })}</b>;
}

interface FigureProps { label: string; value: string; unit?: string; formula: string; over: string; children?: ReactNode }

export function Figure({ label, value, unit, formula, over, children }: FigureProps) {
  return (
    <Explain name={label} formula={formula} over={over}>
      <div className={classes.figure} tabIndex={0}>
        <span className={classes.figureLabel}>{label}</span>
        <span className={classes.figureValue}><span>{value}{unit && <small>{unit}</small>}</span>{children}</span>
      </div>
    </Explain>
  );
}
