'use client';
import { TextInput } from '@mantine/core';
import { useTranslations } from 'use-intl';
import type { ReactNode } from 'react';
import { useZone } from '../url/use-zone.ts';

interface Props { label: string; hint?: ReactNode; value: string; onChange: (text: string) => void; error?: string | undefined; required?: boolean }

/** A date and a time on the clocks of the page's zone, which is said beside it. */
export function MomentInput({ label, hint, value, onChange, error, required = false }: Props) {
  const t = useTranslations('incidents');
  const { zone } = useZone();
  return <TextInput type="datetime-local" label={label} description={<>{hint} {t('form.inZone', { zone: zone.split('/').at(-1)?.replaceAll('_', ' ') ?? zone })}</>} value={value} required={required} error={error} onChange={(event) => onChange(event.currentTarget.value)} />;
}
