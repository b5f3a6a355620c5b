'use client';
import { Button, Select } from '@mantine/core';
import { useLocale, useTranslations } from 'use-intl';
import { useMemo } from 'react';
import { useQuery } from 'urql';
import { Notice } from '../parts/states.tsx';
import { COUNTRIES, type Upload } from './call-files-query.ts';
import classes from './call-files.module.css';
import { ColumnsTable } from './columns-table.tsx';
import { prepareColumns, withField } from './prepare-columns.ts';
import { PreviewTable } from './preview-table.tsx';
import { Reasons } from './reasons.tsx';
import type { UploadState } from './use-upload.ts';

const DELIMITERS: Record<string, 'semicolon' | 'comma' | 'tab' | 'bar'> = { ';': 'semicolon', ',': 'comma', '\t': 'tab', '|': 'bar' };

/** What the file holds, what each column is, and what would not become a contact: before anything is imported. */
export function LookAtFile({ upload, state, onDiscard }: { upload: Upload; state: UploadState; onDiscard: () => void }) {
  const t = useTranslations('callFiles');
  const locale = useLocale();
  const { refused, problem, map, begin } = state;
  const busy = state.busy || problem !== null;
  const { check, columns, country } = upload;
  const [{ data }] = useQuery({ query: COUNTRIES, requestPolicy: 'cache-first' });
  const countries = useMemo(() => {
    const names = new Intl.DisplayNames(locale, { type: 'region' });
    return (data?.countriesWithNumbers ?? [country]).map((code) => ({ value: code, label: names.of(code) ?? code })).toSorted((a, b) => a.label.localeCompare(b.label, locale));
  }, [data, country, locale]);
  const delimiter = DELIMITERS[upload.delimiter ?? ''];
  const facts = [upload.format.toUpperCase(), upload.encoding?.toUpperCase(), delimiter && t(`delimiter.${delimiter}`), t('columnCount', { count: columns.length }), sizeInWords(upload.bytes, locale)];
  const ready = check?.done === true && check.contacts !== null;
  return (
    <div className={classes.look} data-testid="look">
      <div className={classes.facts}>
        <span>{facts.filter(Boolean).join(' · ')}</span>
        <Select size="xs" label={t('country')} classNames={{ root: classes.country }} searchable allowDeselect={false} data={countries} value={country} disabled={busy} onChange={(code) => { if (code) map(withField(columns, '', null), code); }} />
      </div>
      {refused !== null && <Notice kind="bad" assertive>{refused}</Notice>}
      {check === null && <Notice kind="warn" assertive>{t('noNumber')}</Notice>}
      {check?.refusal && <Notice kind="bad" assertive>{t('cannotBeTaken', { reason: check.refusal.reason })}</Notice>}
      {check?.failed === true && <Notice kind="bad" assertive>{t('notRead')}</Notice>}
      <ColumnsTable columns={prepareColumns(columns, check)} busy={busy} onChange={(column, field) => map(withField(columns, column, field), country)} />
      {check && check.reasons.length > 0 && <Reasons reasons={check.reasons} title={t('problems')} />}
      <PreviewTable columns={columns.map(({ name }) => name)} rows={upload.rows} />
      <div className={classes.decide}>
        <div className={classes.verdict} role="status" aria-live="polite" data-testid="verdict">
          {check?.done === false && <span className={classes.dim}>{t('checking', { rows: check.rows })}</span>}
          {ready && <strong>{t('wouldBe', { contacts: check.contacts ?? 0, rows: check.rows })}</strong>}
          {ready && <span className={classes.dim}>{t('notCompared')}</span>}
        </div>
        <div className={classes.actions}>
          <Button disabled={busy || !ready || check.contacts === 0} onClick={begin}>{ready ? t('import', { contacts: check.contacts ?? 0 }) : t('importSoon')}</Button>
          <Button variant="default" disabled={busy} onClick={onDiscard}>{t('discard')}</Button>
        </div>
      </div>
    </div>
  );
}

function sizeInWords(bytes: number, locale: string): string {
  const large = bytes >= 100_000;
  return new Intl.NumberFormat(locale, { style: 'unit', unit: large ? 'megabyte' : 'kilobyte', maximumFractionDigits: 1, minimumFractionDigits: 1 }).format(bytes / (large ? 1e6 : 1e3));
}
