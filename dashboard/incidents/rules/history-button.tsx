'use client';
import { ActionIcon, Modal } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useTranslations } from 'use-intl';
import { useState } from 'react';
import { useQuery } from 'urql';
import { useFormats } from '../../format/use-formats.ts';
import { problemOf } from '../../graphql/problem-of.ts';
import { NoAnswer, Skeleton } from '../../parts/states.tsx';
import { SETTING_HISTORY, type Component, type Settings } from '../catalogue-query.ts';
import classes from '../incidents.module.css';
import { historyLine, partOf, type Difference, type HistoryLine, type HistoryPart } from './prepare-history.ts';

interface Props { part: HistoryPart; title: string; components?: readonly Component[] }

/** Who changed what of a card, and when. */
export function HistoryButton({ part, title, components = [] }: Props) {
  const t = useTranslations('incidents');
  const [opened, setOpened] = useState(false);
  return (
    <>
      <ActionIcon size="sm" variant="subtle" color="gray" aria-label={t('rules.historyOf', { title })} title={t('rules.history')} onClick={() => setOpened(true)}><IconHistory size={15} /></ActionIcon>
      <Modal opened={opened} onClose={() => setOpened(false)} title={t('rules.historyOf', { title })} centered closeButtonProps={{ 'aria-label': t('close') }}>{opened && <History part={part} components={components} />}</Modal>
    </>
  );
}

function History({ part, components }: { part: HistoryPart; components: readonly Component[] }) {
  const t = useTranslations('incidents');
  const formats = useFormats();
  const [{ data, error }, ask] = useQuery({ query: SETTING_HISTORY, variables: { subject: part === 'availability' || part === 'times' ? 'SETTINGS' : 'RULES' }, requestPolicy: 'network-only' });
  const problem = problemOf(error);
  if (problem) return <NoAnswer problem={problem} retry={() => ask({ requestPolicy: 'network-only' })} />;
  if (!data) return <Skeleton height={120} />;
  const versions = data.settingHistory.map(({ version, at, by, differences }) => ({ version, at, by, differences: differences.filter((each) => partOf(each) === part) })).filter(({ differences }) => differences.length > 0);
  if (versions.length === 0) return <p className={classes.dim}>{t('rules.historyNone')}</p>;
  return (
    <ol className={classes.history} data-testid="setting-history">
      {versions.map(({ version, at, by, differences }) => (
        <li key={version}>
          <span className={classes.dim}>{formats.date(at)} {formats.time(at)} · {by}</span>
          <ul>{differences.map((each) => <li key={each.path.join('/')}><Line difference={each} components={components} /></li>)}</ul>
        </li>
      ))}
    </ol>
  );
}

const TIMES = ['warnShares', 'conferenceMinutes', 'conferencePlace', 'conferenceStartsAfterMinutes', 'conferenceLastsMinutes', 'crisisMinutes', 'reportMinutes', 'reportReminderMinutes', 'rexDays', 'signatureDays', 'signatureReminders', 'signatureReminderDays', 'progressHours'] as const satisfies readonly (keyof Settings)[];
const FIELDS = ['shifts', 'exceptions', 'recipients'] as const;

function Line({ difference, components }: { difference: Difference; components: readonly Component[] }) {
  const t = useTranslations('incidents');
  const { locale } = useFormats();
  const line: HistoryLine = historyLine(difference, locale);
  if (line.kind === 'target') {
    const shown = (value: string | null) => (value === null ? t('rules.availabilityUsual') : t('rules.percent', { value }));
    return t('rules.historyLine', { what: components.find(({ slug }) => slug === line.component)?.label ?? line.component, before: shown(line.before), after: shown(line.after) });
  }
  if (line.kind === 'time') {
    const known = TIMES.find((name) => name === line.name);
    return t('rules.historyLine', { what: known ? t(`rules.setting.${known}`) : line.name, before: line.before, after: line.after });
  }
  const fields = FIELDS.filter((name) => line.fields.includes(name)).map((name) => t(`rules.historyField.${name}`));
  return <>{t(`rules.historyChange.${line.kind}`, { name: line.name })}{fields.length > 0 && ` (${fields.join(', ')})`}</>;
}
