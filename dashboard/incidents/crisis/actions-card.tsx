'use client';
import { ActionIcon, Button, Checkbox, Modal, TextInput, Textarea } from '@mantine/core';
import { IconPencil, IconPlus } from '@tabler/icons-react';
import { useTranslations } from 'use-intl';
import { useState } from 'react';
import { useFormats } from '../../format/use-formats.ts';
import { Card } from '../../parts/card.tsx';
import { useZone } from '../../url/use-zone.ts';
import { ADD_ACTION, CHANGE_ACTION, FINISH_ACTION, REOPEN_ACTION } from '../commands.ts';
import type { IncidentDetails } from '../incident-query.ts';
import { MomentInput } from '../moment-input.tsx';
import { RefusedNotice } from '../refused-notice.tsx';
import { useAct } from '../use-act.ts';
import { fromField, toField } from '../zoned-input.ts';
import classes from '../details.module.css';

type Action = IncidentDetails['actions'][number];
type Asked = { kind: 'add' } | { kind: 'change'; action: Action; seen: number } | { kind: 'reopen'; action: Action };

interface Props { incident: Pick<IncidentDetails, 'number' | 'revision' | 'actions'>; list: 'PLAN' | 'REX' }

/** Who does what until when; followed until it is done. */
export function ActionsCard({ incident: { number, revision, actions }, list }: Props) {
  const t = useTranslations('incidents');
  const formats = useFormats();
  const { busy, refused, run, language } = useAct();
  const [asked, setAsked] = useState<Asked | null>(null);
  const shown = actions.filter((action) => action.list === list).toSorted((a, b) => Number(a.doneAt !== null) - Number(b.doneAt !== null) || Date.parse(a.dueAt) - Date.parse(b.dueAt));
  const title = list === 'PLAN' ? t('actions.plan') : t('actions.rex');
  const close = () => setAsked(null);
  return (
    <Card title={title} aside={<>{shown.length > 0 && <span>{t('actions.open', { count: shown.filter(({ doneAt }) => doneAt === null).length })}</span>}<Button size="compact-xs" variant="default" leftSection={<IconPlus size={13} />} onClick={() => setAsked({ kind: 'add' })}>{t('actions.add')}</Button></>}>
      <div className={classes.body}>
        <RefusedNotice reason={refused} />
        {shown.length === 0 ? <p className={classes.dim}>{t('actions.none')}</p> : (
          <ul className={classes.actions}>
            {shown.map((action) => (
              <li key={action.id} data-done={action.doneAt !== null || undefined} data-testid="action">
                <Checkbox aria-label={action.doneAt === null ? t('actions.finish', { text: action.text }) : t('actions.reopen', { text: action.text })} checked={action.doneAt !== null} disabled={busy}
                  onChange={() => { if (action.doneAt === null) void run(FINISH_ACTION, { number, action: action.id, language }); else setAsked({ kind: 'reopen', action }); }} />
                <span><b>{action.text}</b><small>{action.owner} · {action.doneAt === null ? formats.dateTime(action.dueAt) : t('actions.doneAt', { time: formats.dateTime(action.doneAt) })}{action.overdue && action.doneAt === null && <em>{t('actions.late')}</em>}</small></span>
                {action.doneAt === null && <ActionIcon variant="subtle" color="gray" size="sm" aria-label={t('actions.change', { text: action.text })} onClick={() => setAsked({ kind: 'change', action, seen: revision })}><IconPencil size={14} /></ActionIcon>}
              </li>
            ))}
          </ul>
        )}
      </div>
      <Modal opened={asked !== null} onClose={close} title={asked?.kind === 'reopen' ? t('actions.reopenTitle') : asked?.kind === 'change' ? t('actions.changeTitle') : t('actions.add')} centered closeButtonProps={{ 'aria-label': t('close') }}>
        {asked?.kind === 'reopen' ? <ReopenForm number={number} action={asked.action} onClose={close} /> : asked && <ActionForm number={number} list={list} asked={asked} onClose={close} />}
      </Modal>
    </Card>
  );
}

function ActionForm({ number, list, asked, onClose }: { number: number; list: 'PLAN' | 'REX'; asked: Exclude<Asked, { kind: 'reopen' }>; onClose: () => void }) {
  const t = useTranslations('incidents');
  const { zone } = useZone();
  const { busy, refused, run, language } = useAct();
  const before = asked.kind === 'change' ? asked.action : null;
  const [text, setText] = useState(before?.text ?? '');
  const [owner, setOwner] = useState(before?.owner ?? '');
  const [due, setDue] = useState(() => (before ? toField(Date.parse(before.dueAt), zone) : ''));
  const dueMs = fromField(due, zone);
  const send = async () => {
    if (dueMs === null) return;
    const fields = { text: text.trim(), owner: owner.trim(), dueAt: new Date(dueMs).toISOString() };
    const done = asked.kind === 'change' ? await run(CHANGE_ACTION, { number, seen: asked.seen, action: asked.action.id, ...fields, language }) : await run(ADD_ACTION, { number, list, ...fields, language });
    if (done) onClose();
  };
  return (
    <form className={classes.form} onSubmit={(event) => { event.preventDefault(); void send(); }}>
      <RefusedNotice reason={refused} />
      <TextInput data-autofocus label={t('actions.text')} required maxLength={200} value={text} onChange={(event) => setText(event.currentTarget.value)} />
      <TextInput label={t('actions.owner')} required maxLength={200} value={owner} onChange={(event) => setOwner(event.currentTarget.value)} />
      <MomentInput label={t('actions.due')} required value={due} onChange={setDue} />
      <div className={classes.footer}><Button variant="default" onClick={onClose}>{t('cancel')}</Button><Button type="submit" loading={busy} disabled={text.trim() === '' || owner.trim() === '' || dueMs === null}>{before ? t('save') : t('add')}</Button></div>
    </form>
  );
}

function ReopenForm({ number, action, onClose }: { number: number; action: Action; onClose: () => void }) {
  const t = useTranslations('incidents');
  const { busy, refused, run, language } = useAct();
  const [reason, setReason] = useState('');
  return (
    <form className={classes.form} onSubmit={(event) => { event.preventDefault(); void (async () => { if (await run(REOPEN_ACTION, { number, action: action.id, reason: reason.trim(), language })) onClose(); })(); }}>
      <RefusedNotice reason={refused} />
      <p>{action.text}</p>
      <Textarea data-autofocus label={t('confirm.reason')} required autosize minRows={2} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
      <div className={classes.footer}><Button variant="default" onClick={onClose}>{t('cancel')}</Button><Button type="submit" loading={busy} disabled={reason.trim() === ''}>{t('actions.reopenButton')}</Button></div>
    </form>
  );
}
