'use client';
import { Button } from '@mantine/core';
import { IconFlask } from '@tabler/icons-react';
import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { useFormats } from '../format/use-formats.ts';
import { duration } from '../format/duration.ts';
import { Card } from '../parts/card.tsx';
import { useParams, withPatch } from '../url/use-params.ts';
import { sharedOf } from '../url/use-shared.ts';
import type { Dialer } from './dialer-query.ts';
import classes from './dialer.module.css';
import { questionOf, toPatch } from './study/question.ts';

/** What the other modes would give this campaign: its own figures, handed to the what-if. */
export function ModesCard({ dialer, agents }: { dialer: Dialer; agents: number }) {
  const t = useTranslations('dialer');
  const formats = useFormats();
  const { text } = useParams();
  const question = questionOf(dialer, agents);
  return (
    <Card title={t('compareModes')}>
      <div className={classes.body}>
        <p>{t('compareHint')}</p>
        <dl className={classes.estimates}>
          <div><dt>{t('study.contacts')}</dt><dd>{formats.count(question.contacts)}</dd></div>
          <div><dt>{t('study.agents')}</dt><dd>{formats.count(question.agents)}</dd></div>
          <div><dt>{t('study.answers')}</dt><dd>{formats.percent(question.answerPercent / 100)}</dd></div>
          <div><dt>{t('study.talk')}</dt><dd>{duration(question.talkSeconds)}</dd></div>
          <div><dt>{t('study.wrapup')}</dt><dd>{duration(question.wrapupSeconds)}</dd></div>
          <div><dt>{t('study.limit')}</dt><dd>{formats.percent(question.limitPercent / 100)}</dd></div>
        </dl>
        <div><Button component={Link} variant="default" size="xs" leftSection={<IconFlask size={14} />} href={`/dialer/what-if${withPatch('', { ...sharedOf(text), ...toPatch(question), run: '1' })}`} prefetch={false}>{t('compare')}</Button></div>
      </div>
    </Card>
  );
}
