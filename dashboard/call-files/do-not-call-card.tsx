'use client';
import { Button, Select, Textarea } from '@mantine/core';
import { useLocale, useTranslations } from 'use-intl';
import { useRef, useState } from 'react';
import { useClient, useQuery } from 'urql';
import { z } from 'zod';
import { Card } from '../parts/card.tsx';
import { Notice } from '../parts/states.tsx';
import { ADD_DO_NOT_CALL, DO_NOT_CALL } from './call-files-query.ts';
import classes from './call-files.module.css';
import { sendFile, type SendFile } from './send-file.ts';

interface Props { tenants: readonly { id: string; name: string }[]; send?: SendFile }

const answerSchema = z.object({ added: z.number(), known: z.number(), invalid: z.number() });

/** Numbers that a client's campaigns must not dial: typed, or a file of them. Contacts that wait are excluded at once. */
export function DoNotCallCard({ tenants, send = sendFile }: Props) {
  const t = useTranslations('callFiles');
  const language = useLocale();
  const client = useClient();
  const input = useRef<HTMLInputElement>(null);
  const [own, setOwn] = useState<string | null>(null);
  const tenant = tenants.find(({ id }) => id === own)?.id ?? tenants[0]?.id ?? '';
  const [{ data }, count] = useQuery({ query: DO_NOT_CALL, variables: { tenant }, pause: tenant === '', requestPolicy: 'cache-and-network' });
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState<{ kind: 'note' | 'bad'; text: string } | null>(null);
  const numbers = text.split(/[\n,;]+/).map((part) => part.trim()).filter((part) => part !== '');
  const done = (next: typeof said) => {
    setSaid(next);
    setBusy(false);
    count({ requestPolicy: 'network-only' });
  };
  const add = async () => {
    setBusy(true);
    const { data: answer } = await client.mutation(ADD_DO_NOT_CALL, { tenant, numbers }).toPromise();
    if (!answer?.result) { done({ kind: 'bad', text: t('notDone') }); return; }
    const { added, known, wrong } = answer.result;
    setText(wrong.join('\n'));
    done({ kind: wrong.length === 0 ? 'note' : 'bad', text: `${t('forbidden', { added, known, invalid: wrong.length })}${wrong.length === 0 ? '' : ` ${t('leftInvalid')}`}` });
  };
  const load = async (file: File | undefined) => {
    if (!file) return;
    setBusy(true);
    const query = new URLSearchParams({ tenant, name: file.name, language });
    const got = await send(`/files/do-not-call?${query.toString()}`, file, answerSchema, () => undefined).answer;
    done(got.ok ? { kind: got.body.invalid === 0 ? 'note' : 'bad', text: t('forbidden', got.body) } : { kind: 'bad', text: t('notTaken', { name: file.name, reason: got.message ?? t('notSent') }) });
  };
  return (
    <Card title={t('doNotCall')} aside={data?.doNotCallCount !== null && data?.doNotCallCount !== undefined && <span>{t('listed', { count: data.doNotCallCount })}</span>}>
      <div className={classes.pad}>
        {said && <Notice kind={said.kind} assertive={said.kind === 'bad'}>{said.text}</Notice>}
        <div className={classes.forbid}>
          {tenants.length > 1 && <Select size="sm" aria-label={t('tenant')} allowDeselect={false} data={tenants.map(({ id, name }) => ({ value: id, label: name }))} value={tenant} onChange={setOwn} />}
          <Textarea className={classes.numbers} aria-label={t('numbers')} placeholder={t('numbers')} autosize minRows={1} maxRows={6} value={text} onChange={(event) => setText(event.currentTarget.value)} />
          <Button variant="default" disabled={busy || numbers.length === 0 || tenant === ''} onClick={() => void add()}>{t('forbid')}</Button>
          <Button variant="default" loading={busy} disabled={tenant === ''} onClick={() => input.current?.click()}>{t('forbidFile')}</Button>
          <input ref={input} type="file" hidden aria-label={t('forbidFile')} accept=".csv,.txt,.tsv,.xlsx" onChange={(event) => { void load(event.currentTarget.files?.[0]); event.currentTarget.value = ''; }} />
        </div>
      </div>
    </Card>
  );
}
