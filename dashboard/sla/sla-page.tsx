'use client';
import { IconPrinter } from '@tabler/icons-react';
import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { useFormats } from '../format/use-formats.ts';
import { SubTabs } from '../incidents/sub-tabs.tsx';
import { Notice } from '../parts/states.tsx';
import { usePageTitle } from '../parts/use-page-title.ts';
import { useReportDataAge } from '../shell/data-age.tsx';
import { RangePicker } from '../shell/range-picker.tsx';
import { addDays } from '../url/local-date.ts';
import { useParams } from '../url/use-params.ts';
import { useRange } from '../url/use-range.ts';
import { useShared } from '../url/use-shared.ts';
import { BehindCard } from './behind-card.tsx';
import { CalendarCard } from './calendar-card.tsx';
import { ComponentsCard } from './components-card.tsx';
import { FiguresStrip } from './figures-strip.tsx';
import classes from './sla.module.css';
import { TrendCards } from './trend-cards.tsx';
import { TypesCard } from './types-card.tsx';
import { useMeasures } from './use-measures.ts';

/** How incidents went over a range: delays, what was kept within target, what stood still, and what is behind each number. */
export function SlaPage() {
  const t = useTranslations('sla');
  const formats = useFormats();
  const params = useParams();
  const shared = useShared();
  const { from, to } = useRange('last-30');
  const { answer, stale } = useMeasures({ measures: ['incidents'], by: [], from, to });
  usePageTitle(t('title'));
  useReportDataAge(answer?.dataAt);
  const over = t('over', { from: formats.localDate(from.slice(0, 10)), to: formats.localDate(addDays(to.slice(0, 10), to.length === 10 ? -1 : 0)), zone: formats.zone });
  const goBehind = (patch: Record<string, string | null>) => {
    params.set({ type: null, component: null, day: null, outcome: null, ...patch });
    const behind = document.getElementById('behind');
    behind?.scrollIntoView({ block: 'start' });
    // Whoever came by the keyboard goes on from there.
    behind?.focus({ preventScroll: true });
  };
  const range = { from, to, over, goBehind };
  return (
    <>
      <SubTabs />
      <div className={classes.head} data-testid="sla">
        <h1 className={classes.title}>{t('title')}</h1>
        <Link href={`/incidents/client${shared}`} prefetch={false} className={classes.link}><IconPrinter size={15} aria-hidden />{t('clientBoard')}</Link>
        <RangePicker wide={false} />
      </div>
      {stale && answer && <Notice kind="bad">{t('stale', { time: formats.time(answer.dataAt ?? answer.to) })}</Notice>}
      <div className={classes.stack}>
        <FiguresStrip {...range} />
        <TrendCards {...range} />
        <ComponentsCard {...range} />
        <CalendarCard {...range} />
        <TypesCard {...range} />
        <BehindCard {...range} />
      </div>
    </>
  );
}
