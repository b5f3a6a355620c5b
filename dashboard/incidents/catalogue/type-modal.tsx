'use client';
import { Button, Checkbox, Modal, NumberInput, Textarea, TextInput } from '@mantine/core';
import { useTranslations } from 'use-intl';
import { useState } from 'react';
import { PUT_TYPE, type Calendar, type Component, type IncidentType } from '../catalogue-query.ts';
import { ComponentsInput } from '../components-input.tsx';
import classes from '../incidents.module.css';
import { RefusedNotice } from '../refused-notice.tsx';
import { SeveritySelect } from '../severity-select.tsx';
import { useSetting } from '../use-setting.ts';
import { CalendarSelect } from './calendar-select.tsx';
import { formOf, isSlug, typeOf, type TypeForm } from './prepare-type.ts';

interface Props { editing: { type: IncidentType | null } | null; taken: readonly string[]; components: readonly Component[]; calendars: readonly Calendar[]; onClose: () => void; onKept: () => void }

export function TypeModal({ editing, onClose, ...props }: Props) {
  const t = useTranslations('incidents');
  return <Modal opened={editing !== null} onClose={onClose} title={editing?.type ? t('catalogue.change', { name: editing.type.label }) : t('catalogue.add')} size="xl" centered closeButtonProps={{ 'aria-label': t('close') }}>{editing && <Form before={editing.type} onClose={onClose} {...props} />}</Modal>;
}

function Form({ before, taken, components, calendars, onClose, onKept }: Omit<Props, 'editing'> & { before: IncidentType | null }) {
  const t = useTranslations('incidents');
  const { busy, refused, put, language } = useSetting();
  const [form, setForm] = useState<TypeForm>(() => formOf(before));
  const type = typeOf(form, before, taken);
  const set = (patch: Partial<TypeForm>) => setForm({ ...form, ...patch });
  const send = async () => { if (type && await put(PUT_TYPE, { type, language })) onKept(); };
  return (
    <form className={classes.form} onSubmit={(event) => { event.preventDefault(); void send(); }}>
      <RefusedNotice reason={refused} />
      {!before && <TextInput data-autofocus required label={t('catalogue.slug')} description={t('catalogue.slugHint')} error={form.slug !== '' && (!isSlug(form.slug) || taken.includes(form.slug)) ? t('catalogue.slugWrong') : undefined} value={form.slug} onChange={(event) => set({ slug: event.currentTarget.value })} />}
      <div className={classes.pair}>
        <TextInput data-autofocus={before !== null || undefined} required label={t('catalogue.nameFr')} maxLength={200} value={form.labelFr} onChange={(event) => set({ labelFr: event.currentTarget.value })} />
        <TextInput required label={t('catalogue.nameEn')} maxLength={200} value={form.labelEn} onChange={(event) => set({ labelEn: event.currentTarget.value })} />
        <Textarea required autosize minRows={2} label={t('catalogue.causesFr')} value={form.causesFr} onChange={(event) => set({ causesFr: event.currentTarget.value })} />
        <Textarea required autosize minRows={2} label={t('catalogue.causesEn')} value={form.causesEn} onChange={(event) => set({ causesEn: event.currentTarget.value })} />
        <Textarea required autosize minRows={2} label={t('catalogue.solutionFr')} value={form.solutionFr} onChange={(event) => set({ solutionFr: event.currentTarget.value })} />
        <Textarea required autosize minRows={2} label={t('catalogue.solutionEn')} value={form.solutionEn} onChange={(event) => set({ solutionEn: event.currentTarget.value })} />
        <NumberInput required label={t('catalogue.targetMinutes')} description={t('catalogue.frozen')} min={1} max={100_000} allowDecimal={false} value={form.targetMinutes} onChange={(targetMinutes) => set({ targetMinutes })} />
        <SeveritySelect value={form.severity} onChange={(severity) => set({ severity })} />
        <CalendarSelect calendars={calendars} value={form.calendar} onChange={(calendar) => set({ calendar })} />
      </div>
      <ComponentsInput components={components} value={form.components} onChange={(chosen) => set({ components: chosen })} />
      <Checkbox label={t('catalogue.breakdown')} description={t('catalogue.breakdownHint')} checked={form.breakdown} onChange={(event) => set({ breakdown: event.currentTarget.checked })} />
      {before && <Checkbox label={t('catalogue.retire')} checked={form.retired} onChange={(event) => set({ retired: event.currentTarget.checked })} />}
      <div className={classes.footer}><Button variant="default" onClick={onClose}>{t('cancel')}</Button><Button type="submit" loading={busy} disabled={type === null}>{t('save')}</Button></div>
    </form>
  );
}
