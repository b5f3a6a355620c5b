'use client';
import { MultiSelect, NumberInput } from '@mantine/core';
import { useTranslations } from 'use-intl';
import type { Component } from './catalogue-query.ts';
import classes from './incidents.module.css';

export interface AffectedComponent { component: string; share: number }

interface Props { components: readonly Component[]; value: readonly AffectedComponent[]; onChange: (value: AffectedComponent[]) => void }

/** What stands still, and how much of each. */
export function ComponentsInput({ components, value, onChange }: Props) {
  const t = useTranslations('incidents');
  const nameOf = (slug: string) => components.find((each) => each.slug === slug)?.label ?? slug;
  const known = [...components, ...value.filter(({ component }) => components.every(({ slug }) => slug !== component)).map(({ component }) => ({ slug: component, label: component }))];
  return (
    <div className={classes.components}>
      <MultiSelect label={t('form.components')} data={known.map(({ slug, label }) => ({ value: slug, label }))} value={value.map(({ component }) => component)} onChange={(slugs) => onChange(slugs.map((component) => value.find((each) => each.component === component) ?? { component, share: 1 }))} />
      {value.length > 0 && (
        <ul>
          {value.map(({ component, share }) => (
            <li key={component}><span>{nameOf(component)}</span>
              <NumberInput size="xs" suffix=" %" min={1} max={100} clampBehavior="strict" allowDecimal={false} aria-label={t('form.shareOf', { component: nameOf(component) })} value={Math.round(share * 100)} onChange={(percent) => onChange(value.map((each) => (each.component === component && typeof percent === 'number' && percent > 0 ? { component, share: percent / 100 } : each)))} /><small>{t('form.share')}</small></li>
          ))}
        </ul>
      )}
    </div>
  );
}
