'use client';
import { Button, Progress, Select } from '@mantine/core';
import { IconUpload } from '@tabler/icons-react';
import { useLocale, useTranslations } from 'use-intl';
import { useEffect, useRef, useState, type DragEvent } from 'react';
import { z } from 'zod';
import { useFormats } from '../format/use-formats.ts';
import { Card } from '../parts/card.tsx';
import { Empty, Notice } from '../parts/states.tsx';
import classes from './call-files.module.css';
import { sendFile, type SendFile } from './send-file.ts';

interface Props { campaigns: readonly { id: string; name: string }[]; loaded: boolean; /** Of the page. */ chosen: string | null; onReceived: (upload: string) => void; send?: SendFile }

const answerSchema = z.object({ upload: z.string() });

/** Takes a file by drag and drop or by a button, for a campaign. */
export function SendCard({ campaigns, loaded, chosen, onReceived, send = sendFile }: Props) {
  const t = useTranslations('callFiles');
  const language = useLocale();
  const formats = useFormats();
  const input = useRef<HTMLInputElement>(null);
  const [own, setOwn] = useState<string | null>(null);
  const [over, setOver] = useState(false);
  const [sending, setSending] = useState<{ name: string; share: number; cancel: () => void } | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  // Whoever leaves the page does not send any more: the answer would come to another page's address.
  const leaving = useRef<() => void>(undefined);
  useEffect(() => () => leaving.current?.(), []);
  const only = campaigns.length === 1 ? campaigns[0]?.id : undefined;
  const campaign = chosen ?? own ?? only ?? null;
  const begin = async (file: File | undefined) => {
    if (!file || sending) return;
    setRefused(null);
    if (campaign === null) { setRefused(t('chooseCampaign')); return; }
    let cancelled = false;
    const query = new URLSearchParams({ campaign, name: file.name, language });
    const { answer, cancel } = send(`/files/call-file?${query.toString()}`, file, answerSchema, (share) => setSending((now) => now && { ...now, share }));
    leaving.current = () => { cancelled = true; cancel(); };
    setSending({ name: file.name, share: 0, cancel: leaving.current });
    const got = await answer;
    leaving.current = undefined;
    setSending(null);
    if (cancelled) return;
    if (got.ok) onReceived(got.body.upload);
    else setRefused(t('notTaken', { name: file.name, reason: got.message ?? t('notSent') }));
  };
  const drag = (state: boolean) => (event: DragEvent) => { event.preventDefault(); setOver(state); };
  if (loaded && campaigns.length === 0) return <Card title={t('new')}><Empty title={t('noCampaign')} hint={t('noCampaignHint')} /></Card>;
  return (
    <Card title={t('new')}>
      <div className={classes.pad}>
        {refused !== null && <Notice kind="bad" assertive>{refused}</Notice>}
        <div className={classes.drop} data-over={over || undefined} data-testid="drop" onDragEnter={drag(true)} onDragOver={drag(true)} onDragLeave={drag(false)} onDrop={(event) => { drag(false)(event); void begin(event.dataTransfer.files[0]); }}>
          {sending ? (
            <div className={classes.sending}>
              <span>{t(sending.share < 1 ? 'sending' : 'looking', { name: sending.name })}</span>
              <Progress value={sending.share * 100} animated={sending.share >= 1} aria-label={t('sending', { name: sending.name })} />
              <span className={classes.sendingFoot}><span className={classes.dim}>{formats.percent(sending.share)}</span><Button size="compact-xs" variant="subtle" color="gray" onClick={sending.cancel}>{t('cancel')}</Button></span>
            </div>
          ) : (
            <>
              <IconUpload size={24} stroke={1.4} aria-hidden />
              <strong>{t('drop')}</strong>
              <span className={classes.dim}>{t('dropHint')}</span>
              <div className={classes.dropActions}>
                {chosen === null && only === undefined && <Select size="sm" aria-label={t('campaign')} placeholder={t('campaign')} data={campaigns.map(({ id, name }) => ({ value: id, label: name }))} value={own} onChange={setOwn} />}
                <Button onClick={() => input.current?.click()}>{t('choose')}</Button>
                <input ref={input} type="file" hidden aria-label={t('choose')} accept=".csv,.txt,.tsv,.xlsx" onChange={(event) => { void begin(event.currentTarget.files?.[0]); event.currentTarget.value = ''; }} />
              </div>
            </>
          )}
        </div>
      </div>
    </Card>
  );
}
