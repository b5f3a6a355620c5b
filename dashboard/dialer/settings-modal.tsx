'use client';
import { Button, Modal, NumberInput, SegmentedControl } from '@mantine/core';
import { useTranslations } from 'use-intl';
import { useState } from 'react';
import { useClient } from 'urql';
import { useFormats } from '../format/use-formats.ts';
import { useCommand } from '../live/use-command.ts';
import { CHANGE_DIALING } from './commands.ts';
import type { Dialer } from './dialer-query.ts';
import classes from './dialer.module.css';
import { changeOf, formOf, MODES, type DialingChange } from './prepare-settings.ts';
import { Refusal } from './refusal.tsx';

interface Props { opened: boolean; campaign: string; name: string; dialer: Dialer; onClose: () => void }

/** Mode and limits; says what will change before it does. */
export function SettingsModal({ opened, name, onClose, ...props }: Props) {
  const t = useTranslations('dialer');
  return <Modal opened={opened} onClose={onClose} title={t('settingsOf', { name })} centered size="lg" closeButtonProps={{ 'aria-label': t('close') }}>{opened && <Form {...props} onClose={onClose} />}</Modal>;
}

function Form({ campaign, dialer, onClose }: Omit<Props, 'opened' | 'name'>) {
  const t = useTranslations('dialer');
  const client = useClient();
  const { busy, outcome, run } = useCommand();
  const [form, setForm] = useState(() => formOf(dialer));
  const change = changeOf(form, dialer);
  const changes = useChangesInWords(change ?? {}, dialer);
  const send = async () => { if (change && await run(async () => client.mutation(CHANGE_DIALING, { campaign, ...change }).toPromise())) onClose(); };
  return (
    <form className={classes.form} onSubmit={(event) => { event.preventDefault(); void send(); }}>
      <Refusal outcome={outcome} state={dialer.state} />
      <div>
        <SegmentedControl fullWidth aria-label={t('modeLabel')} data={MODES.map((mode) => ({ value: mode, label: t(`mode.${mode}`) }))} value={form.mode} onChange={(value) => { const mode = MODES.find((each) => each === value); if (mode) setForm({ ...form, mode }); }} />
        <p className={classes.dim} style={{ marginTop: 6 }}>{t(`modeHint.${form.mode}`)}</p>
      </div>
      <NumberInput label={t('limitLabel')} description={t('limitHint')} suffix=" %" min={0.1} max={20} step={0.5} decimalScale={2} value={form.limitPercent} onChange={(limitPercent) => setForm({ ...form, limitPercent })} error={typeof form.limitPercent === 'number' && form.limitPercent >= 0.1 && form.limitPercent <= 20 ? undefined : t('limitError')} />
      <NumberInput label={t('linesLabel')} description={t('linesHint')} min={1} allowDecimal={false} value={form.maximumLines} onChange={(maximumLines) => setForm({ ...form, maximumLines })} />
      <NumberInput label={t('ringLabel')} suffix=" s" min={15} max={120} value={form.ringSeconds} onChange={(ringSeconds) => setForm({ ...form, ringSeconds })} error={typeof form.ringSeconds === 'number' && form.ringSeconds >= 15 && form.ringSeconds <= 120 ? undefined : t('ringError')} />
      {changes.length > 0 && <ul className={classes.changes} aria-live="polite">{changes.map((text) => <li key={text}>{text}</li>)}</ul>}
      <div className={classes.footer}>
        <Button variant="default" onClick={onClose}>{t('cancel')}</Button>
        <Button type="submit" loading={busy} disabled={changes.length === 0}>{t('apply')}</Button>
      </div>
    </form>
  );
}

function useChangesInWords({ mode, nuisanceLimit, maximumLines, ringSeconds }: DialingChange, dialer: Dialer): string[] {
  const t = useTranslations('dialer');
  const formats = useFormats();
  const lines = (count: number | null) => (count === null ? t('noLimit') : formats.count(count));
  return [
    ...(mode === undefined ? [] : [t('change.mode', { from: t(`mode.${dialer.mode}`), to: t(`mode.${mode}`) })]),
    ...(nuisanceLimit === undefined ? [] : [t('change.limit', { from: formats.finePercent(dialer.nuisanceLimit), to: formats.finePercent(nuisanceLimit) })]),
    ...(maximumLines === undefined ? [] : [t('change.lines', { from: lines(dialer.maximumLines), to: lines(maximumLines) })]),
    ...(ringSeconds === undefined ? [] : [t('change.ring', { from: dialer.ringSeconds, to: ringSeconds })]),
  ];
}
