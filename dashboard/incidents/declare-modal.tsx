'use client';
import { Button, Modal, NumberInput, Select, Textarea, TextInput } from '@mantine/core';
import { useTranslations } from 'use-intl';
import { useState } from 'react';
import { NoAnswer } from '../parts/states.tsx';
import { useMinute } from '../parts/use-now.ts';
import { useZone } from '../url/use-zone.ts';
import { AffectsFields } from './affects-fields.tsx';
import { OPEN_INCIDENT } from './commands.ts';
import classes from './incidents.module.css';
import { MomentInput } from './moment-input.tsx';
import { useOpenIncidents } from './open-incidents.tsx';
import { declared, draftFor, type DeclareDraft } from './prepare-declare.ts';
import { RefusedNotice } from './refused-notice.tsx';
import { SeveritySelect } from './severity-select.tsx';
import { useAct } from './use-act.ts';
import { useCatalogue } from './use-catalogue.ts';
import { toField } from './zoned-input.ts';

interface Props { opened: boolean; onClose: () => void; onOpened: (number: number) => void }

/** Opens an incident; its type from the catalogue fills in what is usual, and helps. */
export function DeclareModal({ opened, onClose, ...props }: Props) {
  const t = useTranslations('incidents');
  return <Modal opened={opened} onClose={onClose} title={t('form.title')} size="lg" centered closeButtonProps={{ 'aria-label': t('close') }}>{opened && <DeclareForm onClose={onClose} {...props} />}</Modal>;
}

function DeclareForm({ onClose, onOpened }: Omit<Props, 'opened'>) {
  const t = useTranslations('incidents');
  const { zone } = useZone();
  const { offsetMs } = useOpenIncidents();
  const { types, components, problem: noCatalogue, look } = useCatalogue();
  const { busy, refused, ask, language } = useAct();
  const [draft, setDraft] = useState<DeclareDraft>(() => firstDraft(Date.now() + offsetMs, zone));
  // The running minute is not the future.
  const soonMs = useMinute() + 60_000 + offsetMs;
  const type = types.find(({ slug }) => slug === draft.type);
  const { value, problem } = declared(draft, zone, soonMs);
  const set = (patch: Partial<DeclareDraft>) => setDraft({ ...draft, ...patch });
  const send = async () => {
    if (!value) return;
    const result = await ask(OPEN_INCIDENT, { ...value, language });
    if (result?.__typename === 'IncidentActDone' && result.incident) { onClose(); onOpened(result.incident.number); }
  };
  return (
    <form className={classes.form} onSubmit={(event) => { event.preventDefault(); void send(); }}>
      <RefusedNotice reason={refused} />
      {noCatalogue && types.length === 0 && <NoAnswer problem={noCatalogue} retry={look} />}
      <Select data-autofocus openOnFocus={false} searchable required label={t('form.type')} placeholder={t('form.typePlaceholder')} data={types.filter(({ retired }) => !retired).map(({ slug, label }) => ({ value: slug, label }))} value={draft.type} onChange={(slug) => setDraft(draftFor(types.find((each) => each.slug === slug) ?? null, draft, draft.first))} />
      {type && (
        <dl className={classes.help}>
          <div><dt>{t('form.causes')}</dt><dd>{type.causes}</dd></div>
          <div><dt>{t('form.solution')}</dt><dd>{type.solution}</dd></div>
        </dl>
      )}
      <TextInput required label={t('form.name')} placeholder={t('form.namePlaceholder')} maxLength={200} value={draft.title} onChange={(event) => set({ title: event.currentTarget.value })} />
      <div className={classes.pair}>
        <SeveritySelect value={draft.severity} onChange={(severity) => set({ severity })} />
        <NumberInput label={t('form.target')} description={type ? t('form.targetFrom', { minutes: type.targetMinutes }) : undefined} min={1} max={100_000} allowDecimal={false} value={draft.targetMinutes} onChange={(targetMinutes) => set({ targetMinutes })} />
      </div>
      <div className={classes.pair}>
        <MomentInput label={t('form.detectedAt')} hint={t('form.detectedHint')} required value={draft.detected} error={problem === 'future' ? t('form.future') : undefined} onChange={(detected) => set({ detected })} />
        <MomentInput label={t('form.startedAt')} hint={t('form.startedHint')} value={draft.started} error={problem === 'startAfter' ? t('form.startAfter') : undefined} onChange={(started) => set({ started })} />
      </div>
      <AffectsFields components={components} value={draft} onChange={set} />
      <Textarea label={t('form.description')} autosize minRows={2} maxRows={8} maxLength={20_000} value={draft.description} onChange={(event) => set({ description: event.currentTarget.value })} />
      <p className={classes.note}>{t('form.follows')}</p>
      <div className={classes.footer}>
        <Button variant="default" onClick={onClose}>{t('cancel')}</Button>
        <Button type="submit" loading={busy} disabled={value === null}>{t('form.submit')}</Button>
      </div>
    </form>
  );
}

function firstDraft(nowMs: number, zone: string): DeclareDraft {
  return draftFor(null, null, { text: toField(nowMs, zone), ms: nowMs });
}
