'use client';
import { Button, SegmentedControl } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconLink } from '@tabler/icons-react';
import { useTranslations } from 'use-intl';
import { Failure, NoAnswer } from '../parts/states.tsx';
import { usePageTitle } from '../parts/use-page-title.ts';
import { useReportDataAge } from '../shell/data-age.tsx';
import { useParams } from '../url/use-params.ts';
import { useReference } from '../url/use-reference.ts';
import { Builder } from './builder.tsx';
import { ChartCard } from './chart-card.tsx';
import { HeatCard } from './heat-card.tsx';
import { ComparedNote } from './compared-note.tsx';
import classes from './kpi.module.css';
import { conflictOf } from './question.ts';
import { TableCard } from './table-card.tsx';
import { useKpi, useQuestion } from './use-kpi.ts';
import { useNamed } from './use-named.ts';

/** Any measure by any grouping: a sentence, a chart, a table. */
export function KpiPage() {
  const t = useTranslations('kpi');
  const params = useParams();
  const question = useQuestion();
  const { loaded, measure } = useReference();
  const { answer, historyFrom, fetching, problem, retry } = useKpi(question);
  const named = useNamed(answer, question);
  const conflict = problem?.kind === 'invalid' ? conflictOf(question, question.measures.flatMap((id) => measure(id) ?? [])) : null;
  const detail = conflict ? t('problem.conflict', { measure: conflict.measure.name, grouping: t(`grouping.${conflict.grouping}`) }) : problem?.kind === 'invalid' ? problem.message : undefined;
  usePageTitle(t('title'));
  useReportDataAge(answer?.dataAt);
  const share = async () => {
    await navigator.clipboard.writeText(window.location.href);
    notifications.show({ message: t('linkCopied'), autoClose: 2500 });
  };
  return (
    <>
      <div className={classes.head}>
        <h1 className={classes.title}>{t('title')}</h1>
        <SegmentedControl size="xs" aria-label={t('view')} value={question.view} onChange={(view) => params.set({ view: view === 'heat' ? view : null })} data={[{ value: 'chart', label: t('chart') }, { value: 'heat', label: t('heat') }]} />
        <Button size="xs" variant="default" leftSection={<IconLink size={14} />} onClick={() => void share()}>{t('share')}</Button>
      </div>
      <Builder question={question} />
      {problem?.kind === 'invalid' ? <Failure what={t('problem.invalid')} detail={detail} /> : problem ? <NoAnswer problem={problem.kind} retry={retry} /> : (
        <div className={classes.results} data-fetching={(fetching && answer !== null) || undefined}>
          {question.view === 'heat' ? <HeatCard question={question} /> : <ChartCard question={question} answer={loaded ? named : null} />}
          {answer && <ComparedNote answer={answer} historyFrom={historyFrom} />}
          <TableCard question={question} answer={loaded ? named : null} />
        </div>
      )}
    </>
  );
}
