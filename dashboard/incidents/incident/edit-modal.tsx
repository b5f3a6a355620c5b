'use client';
import { Button, Modal, NumberInput, Select, Textarea, TextInput } from '@mantine/core';
import { useTranslations } from 'use-intl';
import { useState, type ReactNode } from 'react';
import { useFormats } from '../../format/use-formats.ts';
import { useZone } from '../../url/use-zone.ts';
import { AffectsFields } from '../affects-fields.tsx';
import { CHANGE_INCIDENT } from '../commands.ts';
import type { IncidentDetails } from '../incident-query.ts';
import { MomentInput } from '../moment-input.tsx';
import { RefusedNotice } from '../refused-notice.tsx';
import { levelOf } from '../severity.tsx';
import { SeveritySelect } from '../severity-select.tsx';
import { useAct } from '../use-act.ts';
import { useAffected } from '../use-affected.ts';
import { useCatalogue } from '../use-catalogue.ts';
import classes from '../details.module.css';
import { changeOf, fieldsOf, keep, meet, take, type Edit, type EditField, type EditFields } from './prepare-edit.ts';

interface Props { opened: boolean; incident: IncidentDetails; onClose: () => void }

/** Corrects what is known of an incident. Two may do so at once: the other's version comes beside ours, nothing is lost. */
export function EditModal({ opened, incident, onClose }: Props) {
  const t = useTranslations('incidents');
  return <Modal opened={opened} onClose={onClose} title={t('change.title')} size="lg" centered closeButtonProps={{ 'aria-label': t('close') }}>{opened && <EditForm incident={incident} onClose={onClose} />}</Modal>;
}

function EditForm({ incident, onClose }: Omit<Props, 'opened'>) {
  const t = useTranslations('incidents');
  const { zone } = useZone();
  const { types, components } = useCatalogue();
  const { busy, refused, run, language } = useAct();
  const now = fieldsOf(incident, zone);
  const [written, setWritten] = useState<Edit>(() => ({ fields: now, over: now }));
  const { edit, conflicts } = meet(written, now);
  const { fields } = edit;
  const { value, problem } = changeOf(fields, now, zone, Date.parse(incident.detectedAt));
  const type = types.find(({ slug }) => slug === fields.type);
  // A type that is no longer offered stays where it was chosen.
  const offered = [...types.filter(({ slug, retired }) => !retired && slug !== fields.type), type ?? { slug: fields.type, label: incident.typeLabel }].map(({ slug, label }) => ({ value: slug, label })).toSorted((a, b) => a.label.localeCompare(b.label));
  const set = (patch: Partial<EditFields>) => setWritten({ fields: { ...fields, ...patch }, over: edit.over });
  const send = async () => { if (value && await run(CHANGE_INCIDENT, { number: incident.number, seen: incident.revision, ...value, language })) onClose(); };
  const beside = (field: EditField) => conflicts.includes(field) && <Theirs incident={incident} field={field} onTake={() => setWritten(take(edit, now, field))} onKeep={() => setWritten(keep(edit, now, field))} />;
  return (
    <form className={classes.form} onSubmit={(event) => { event.preventDefault(); if (conflicts.length === 0) void send(); }}>
      <RefusedNotice reason={refused} />
      <Beside with={beside('title')}><TextInput data-autofocus required label={t('form.name')} maxLength={200} value={fields.title} onChange={(event) => set({ title: event.currentTarget.value })} /></Beside>
      <Beside with={beside('type')}><Select searchable allowDeselect={false} label={t('form.type')} data={offered} value={fields.type} onChange={(slug) => { if (slug !== null) set({ type: slug }); }} /></Beside>
      <Beside with={beside('severity')}><SeveritySelect value={fields.severity} onChange={(severity) => set({ severity })} /></Beside>
      <Beside with={beside('targetMinutes')}><NumberInput required label={t('form.target')} description={type && t('form.targetFrom', { minutes: type.targetMinutes })} min={0} max={100_000} value={fields.targetMinutes} onChange={(targetMinutes) => set({ targetMinutes })} /></Beside>
      <Beside with={beside('started')}><MomentInput label={t('form.startedAt')} hint={t('form.startedHint')} value={fields.started} error={problem === 'startAfter' ? t('form.startAfter') : undefined} onChange={(started) => set({ started })} /></Beside>
      <Beside with={beside('affects')}><AffectsFields components={components} value={fields.affects} onChange={(patch) => set({ affects: { ...fields.affects, ...patch } })} /></Beside>
      <Beside with={beside('description')}><Textarea label={t('form.description')} autosize minRows={2} maxRows={8} maxLength={20_000} value={fields.description} onChange={(event) => set({ description: event.currentTarget.value })} /></Beside>
      <p className={classes.note}>{t('change.follows')}</p>
      <div className={classes.footer}>
        <Button variant="default" onClick={onClose}>{t('cancel')}</Button>
        <Button type="submit" loading={busy} disabled={value === null || conflicts.length > 0}>{t('save')}</Button>
      </div>
    </form>
  );
}

function Beside({ with: other, children }: { with: ReactNode; children: ReactNode }) {
  return <div className={classes.field}>{children}{other}</div>;
}

interface TheirsProps { incident: IncidentDetails; field: EditField; onTake: () => void; onKeep: () => void }

/** What somebody else has written in a field since. */
function Theirs({ incident, field, onTake, onKeep }: TheirsProps) {
  const t = useTranslations('incidents');
  const wordsOf = useWords(incident);
  const by = incident.timeline.findLast(({ kind }) => kind === 'CHANGED')?.by ?? 'vigie';
  return (
    <div className={classes.theirs} role="status" data-testid="theirs">
      <p><span className={classes.label}>{t('change.theirs', { name: by === 'vigie' ? t('vigie') : by })}</span> <span className={classes.preline}>{wordsOf(field)}</span></p>
      <div className={classes.buttons}>
        <Button size="compact-xs" variant="default" onClick={onTake}>{t('change.take')}</Button>
        <Button size="compact-xs" variant="default" onClick={onKeep}>{t('change.keep')}</Button>
      </div>
    </div>
  );
}

/** A field of the incident as it is now, in words. */
function useWords({ type, typeLabel, severity, title, description, targetMinutes, startedAt, affects }: IncidentDetails): (field: EditField) => string {
  const t = useTranslations('incidents');
  const formats = useFormats();
  const affected = useAffected();
  return (field) => {
    switch (field) {
      case 'type': return typeLabel === '' ? type : typeLabel;
      case 'severity': return t('severityOf', { level: levelOf(severity), word: t(`severity.${severity}`) });
      case 'title': return title;
      case 'description': return description === '' ? t('change.empty') : description;
      case 'targetMinutes': return t('minutes', { minutes: targetMinutes });
      case 'started': return startedAt === null ? t('change.notKnown') : formats.dateTime(startedAt);
      case 'affects': return affected(affects).join(' · ');
    }
  };
}
