'use client';
import { MultiSelect } from '@mantine/core';
import { useTranslations } from 'use-intl';
import { useReference } from '../url/use-reference.ts';
import type { Component } from './catalogue-query.ts';
import { ComponentsInput, type AffectedComponent } from './components-input.tsx';
import classes from './incidents.module.css';

export interface Affects { tenants: string[]; sites: string[]; queues: string[]; components: AffectedComponent[] }

interface Props { components: readonly Component[]; value: Affects; onChange: (patch: Partial<Affects>) => void }

/** Whom and what an incident touches. */
export function AffectsFields({ components, value, onChange }: Props) {
  const t = useTranslations('incidents');
  const { reference } = useReference();
  const named = (list: readonly { id: string; name: string }[]) => list.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <>
      <div className={classes.pair}>
        <MultiSelect label={t('form.sites')} data={named(reference.sites)} value={value.sites} onChange={(sites) => onChange({ sites })} />
        <MultiSelect label={t('form.tenants')} data={named(reference.tenants)} value={value.tenants} onChange={(tenants) => onChange({ tenants })} />
      </div>
      <MultiSelect searchable label={t('form.queues')} data={named(reference.queues)} value={value.queues} onChange={(queues) => onChange({ queues })} />
      <ComponentsInput components={components} value={value.components} onChange={(chosen) => onChange({ components: chosen })} />
    </>
  );
}
