'use client';
import { useTranslations } from 'use-intl';
import { hours } from '../../format/duration.ts';
import { useFormats } from '../../format/use-formats.ts';
import { Card } from '../../parts/card.tsx';
import { Explain } from '../../parts/explain.tsx';
import { NoAnswer, Skeleton } from '../../parts/states.tsx';
import { useZone } from '../../url/use-zone.ts';
import classes from '../details.module.css';
import { IMPACT, type Impact } from '../incident-query.ts';
import { usePolled } from '../use-polled.ts';
import { prepareImpact, type ImpactFigure } from './prepare-impact.ts';

const LOOK_MS = 60_000;

/** What it did, against the same weekday of the weeks before. */
export function ImpactCard({ number }: { number: number }) {
  const t = useTranslations('incidents');
  const { zone } = useZone();
  const { data, problem, look } = usePolled(IMPACT, { number, zone }, LOOK_MS);
  const impact = data?.incident?.impact;
  if (data && !impact) return null;
  return (
    <Card title={t('impact.title')} aside={impact?.running && <span>{t('impact.running')}</span>}>
      {impact ? <Figures impact={impact} /> : problem ? <NoAnswer problem={problem} retry={look} /> : <div className={classes.body}><Skeleton height={96} /></div>}
    </Card>
  );
}

function Figures({ impact }: { impact: Impact }) {
  const t = useTranslations('incidents');
  const formats = useFormats();
  const words = (figure: ImpactFigure): { value: string; note: string } => {
    switch (figure.id) {
      case 'lost': return { value: formats.count(figure.value), note: t('impact.lostNote', { offered: formats.count(figure.offered), expected: formats.count(figure.expected) }) };
      case 'abandons': return { value: formats.count(figure.value), note: t('impact.abandonsNote', { abandoned: formats.count(figure.abandoned), expected: formats.count(figure.expected) }) };
      case 'agents': return { value: hours(Math.max(0, figure.seconds)), note: t('impact.agentsNote', { logged: hours(figure.logged), expected: hours(figure.expected) }) };
      case 'level': return { value: formats.percent(figure.value), note: t('impact.levelNote', { expected: formats.percent(figure.expected) }) };
    }
  };
  const over = t('impact.over', { from: formats.dateTime(impact.from), to: formats.dateTime(impact.to) });
  return (
    <dl className={`${classes.body} ${classes.impact}`} data-testid="impact">
      {prepareImpact(impact).map(({ id, figure, gap }) => {
        const told = figure && words(figure);
        return (
          <div key={id}>
            <dt>{t(`impact.${id}`)}</dt>
            <dd><Explain name={t(`impact.${id}`)} formula={t(`impact.formula.${id}`)} over={over} age={impact.dataAt === null ? undefined : t('impact.age', { time: formats.dateTime(impact.dataAt) })}><b tabIndex={0}>{told?.value ?? '–'}</b></Explain><small>{told?.note ?? t(`impact.gap.${gap ?? 'none'}`)}</small></dd>
          </div>
        );
      })}
    </dl>
  );
}
