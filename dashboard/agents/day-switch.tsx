'use client';
import { ActionIcon } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useTranslations } from 'use-intl';
import { useFormats } from '../format/use-formats.ts';
import classes from './agents.module.css';

export function DaySwitch({ day, oneOfMany, isToday, go }: { day: string; /** The range holds other days too. */ oneOfMany: boolean; isToday: boolean; go: (offset: number) => void }) {
  const t = useTranslations('agents');
  const formats = useFormats();
  return (
    <div className={classes.daySwitch}>
      {oneOfMany && <span className={classes.dim} role="status">{t('lastDay')}</span>}
      <ActionIcon variant="default" aria-label={t('dayBefore')} onClick={() => go(-1)}><IconChevronLeft size={15} /></ActionIcon>
      <span>{formats.localDate(day)}</span>
      <ActionIcon variant="default" aria-label={t('dayAfter')} disabled={isToday} onClick={() => go(1)}><IconChevronRight size={15} /></ActionIcon>
    </div>
  );
}
