'use client';
import { Select } from '@mantine/core';
import { useTranslations } from 'use-intl';
import type { Calendar } from '../catalogue-query.ts';
import { useWeekdays } from '../use-weekdays.ts';
import { prepareHours } from './prepare-hours.ts';

interface Props { calendars: readonly Calendar[]; value: string | null; onChange: (calendar: string | null) => void }

const ALWAYS = '';

/** In which hours the clock of a target runs: always, or in those of a calendar. */
export function CalendarSelect({ calendars, value, onChange }: Props) {
  const t = useTranslations('incidents');
  const days = useWeekdays();
  const chosen = calendars.find(({ id }) => id === value);
  // One that is configured no more is still what the type says.
  const gone = value !== null && !chosen ? [{ value, label: value }] : [];
  return (
    <Select label={t('catalogue.calendar')} description={chosen ? `${chosen.zone} · ${prepareHours(chosen.hours, days)}` : t(value === null ? 'catalogue.alwaysHint' : 'catalogue.goneHint')} allowDeselect={false} value={value ?? ALWAYS}
      data={[{ value: ALWAYS, label: t('catalogue.always') }, ...calendars.map(({ id }) => ({ value: id, label: id })), ...gone]} onChange={(id) => onChange(id === ALWAYS ? null : id)} />
  );
}
