'use client';
import { Select } from '@mantine/core';
import { useTranslations } from 'use-intl';
import { Mark } from '../parts/mark.tsx';
import type { Field } from './call-files-query.ts';
import classes from './call-files.module.css';
import { FIELDS, type ColumnView } from './prepare-columns.ts';

const isField = (value: string | null): value is Field => FIELDS.some((field) => field === value);

/** What each column is taken for, with what is wrong in it. */
export function ColumnsTable({ columns, busy, onChange }: { columns: ColumnView[]; busy: boolean; onChange: (column: string, field: Field | null) => void }) {
  const t = useTranslations('callFiles');
  return (
    <table className={classes.columns}>
      <thead><tr><th scope="col">{t('column')}</th><th scope="col">{t('examples')}</th><th scope="col">{t('means')}</th><th scope="col">{t('verdict')}</th></tr></thead>
      <tbody>
        {columns.map(({ name, field, examples, wrong }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td className={classes.examples}>{examples.join(' · ')}</td>
            <td>
              <Select size="xs" aria-label={t('meansOf', { column: name })} disabled={busy} allowDeselect={false} comboboxProps={{ width: 'max-content', position: 'bottom-start' }}
                data={[{ value: 'KEEP', label: t('field.KEEP') }, ...FIELDS.map((each) => ({ value: each, label: t(`field.${each}`) }))]} value={field ?? 'KEEP'} onChange={(value) => onChange(name, isField(value) ? value : null)} />
            </td>
            <td className={classes.wrong}>{wrong === null ? '' : wrong === 0 ? <span className={classes.dim}>{t('fine')}</span> : <span className={classes.warn}><Mark verdict="warn" label={t('look')} /> {t('wrong', { rows: wrong })}</span>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
