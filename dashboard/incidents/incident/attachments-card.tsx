'use client';
import { Button, Progress } from '@mantine/core';
import { IconPaperclip } from '@tabler/icons-react';
import { useLocale, useTranslations } from 'use-intl';
import { useRef, useState } from 'react';
import { z } from 'zod';
import { sendFile, type SendFile } from '../../call-files/send-file.ts';
import { useFormats } from '../../format/use-formats.ts';
import { Card } from '../../parts/card.tsx';
import { Notice } from '../../parts/states.tsx';
import type { IncidentDetails } from '../incident-query.ts';
import classes from '../details.module.css';

interface Props { incident: Pick<IncidentDetails, 'number' | 'attachments'>; look: () => void; send?: SendFile }

const answerSchema = z.object({ attachment: z.string() });

/** Files that belong to it; any kind. */
export function AttachmentsCard({ incident: { number, attachments }, look, send = sendFile }: Props) {
  const t = useTranslations('incidents');
  const language = useLocale();
  const formats = useFormats();
  const input = useRef<HTMLInputElement>(null);
  const [sending, setSending] = useState<{ name: string; share: number; cancel: () => void } | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const begin = async (file: File | undefined) => {
    if (!file || sending) return;
    setRefused(null);
    let cancelled = false;
    const query = new URLSearchParams({ name: file.name, language });
    const { answer, cancel } = send(`/files/incidents/${number}/attachment?${query.toString()}`, file, answerSchema, (share) => setSending((now) => now && { ...now, share }));
    setSending({ name: file.name, share: 0, cancel: () => { cancelled = true; cancel(); } });
    const got = await answer;
    setSending(null);
    if (!got.ok && !cancelled) setRefused(t('attachments.refused', { name: file.name, reason: got.message ?? t('attachments.notSent') }));
    look();
  };
  return (
    <Card title={t('attachments.title')} aside={<Button size="compact-xs" variant="default" disabled={sending !== null} leftSection={<IconPaperclip size={13} />} onClick={() => input.current?.click()}>{t('attachments.add')}</Button>}>
      <div className={classes.body}>
        {refused !== null && <Notice kind="bad" assertive>{refused}</Notice>}
        {sending && <div className={classes.sending}><span>{t('attachments.sending', { name: sending.name })}</span><Progress value={sending.share * 100} aria-label={t('attachments.sending', { name: sending.name })} /><Button size="compact-xs" variant="default" onClick={sending.cancel}>{t('cancel')}</Button></div>}
        {attachments.length === 0 && !sending ? <p className={classes.dim}>{t('attachments.none')}</p> : (
          <ul className={classes.files}>{attachments.map(({ id, at, by, name, bytes, path }) => <li key={id}><a href={path} download={name}>{name}</a><small>{size(bytes, formats.locale)} · {t('attachments.by', { name: by, time: formats.dateTime(at) })}</small></li>)}</ul>
        )}
        <input ref={input} type="file" hidden aria-label={t('attachments.add')} onChange={(event) => { void begin(event.currentTarget.files?.[0]); event.currentTarget.value = ''; }} />
      </div>
    </Card>
  );
}

function size(bytes: number, locale: string): string {
  const [value, unit] = bytes < 1_000_000 ? [Math.max(1, Math.round(bytes / 1000)), 'kilobyte'] : [bytes / 1_000_000, 'megabyte'];
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: unit === 'megabyte' ? 1 : 0 }).format(value);
}
