'use client';
import { Select } from '@mantine/core';
import { useTranslations } from 'use-intl';
import { levelOf, SEVERITIES, type Severity } from './severity.tsx';

interface Props { value: Severity; onChange: (severity: Severity) => void }

/** The four severities, with what the chosen one means. */
export function SeveritySelect({ value, onChange }: Props) {
  const t = useTranslations('incidents');
  return (
    <Select label={t('form.severity')} description={t(`severityHint.${value}`)} allowDeselect={false} value={value}
      data={SEVERITIES.map((each) => ({ value: each, label: `${levelOf(each)} · ${t(`severity.${each}`)}` }))} onChange={(text) => { const severity = SEVERITIES.find((each) => each === text); if (severity) onChange(severity); }} />
  );
}
