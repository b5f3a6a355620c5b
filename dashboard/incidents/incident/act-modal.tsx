'use client';
import { Button, Checkbox, Modal, Select, Textarea } from '@mantine/core';
import { useTranslations } from 'use-intl';
import { useState } from 'react';
import { useZone } from '../../url/use-zone.ts';
import { OPEN_CRISIS, DECLARE_LONG_INTERRUPTION, PLAIN_ACTS } from '../commands.ts';
import type { IncidentDetails } from '../incident-query.ts';
import { MomentInput } from '../moment-input.tsx';
import { RefusedNotice } from '../refused-notice.tsx';
import { useAct } from '../use-act.ts';
import { fromField } from '../zoned-input.ts';
import classes from '../details.module.css';
import { REASONED, type Act } from './prepare-acts.ts';

export const LONG_CAUSES = ['FIRE', 'CRASH', 'FLOOD', 'OTHER'] as const;

interface Props { act: Act | null; incident: Pick<IncidentDetails, 'number' | 'persons'>; onClose: () => void }

/** Says what an act does before it is done. */
export function ActModal({ act, onClose, ...props }: Props) {
  const t = useTranslations('incidents');
  return <Modal opened={act !== null} onClose={onClose} title={act ? t(`act.${act}`) : ''} centered closeButtonProps={{ 'aria-label': t('close') }}>{act && <ActForm key={act} act={act} onClose={onClose} {...props} />}</Modal>;
}

function ActForm({ act, incident: { number, persons }, onClose }: Props & { act: Act }) {
  const t = useTranslations('incidents');
  const { zone } = useZone();
  const { busy, refused, run, language } = useAct();
  const [text, setText] = useState('');
  const [earlier, setEarlier] = useState('');
  const [members, setMembers] = useState<string[]>(() => persons.map(({ id }) => id));
  const [cause, setCause] = useState<(typeof LONG_CAUSES)[number]>('CRASH');
  const reasoned = REASONED.includes(act);
  const atMs = fromField(earlier, zone);
  const at = atMs === null ? null : new Date(atMs).toISOString();
  const send = async () => {
    const common = { number, at, language };
    const done = act === 'OPEN_CRISIS' ? await run(OPEN_CRISIS, { ...common, members })
      : act === 'DECLARE_LONG_INTERRUPTION' ? await run(DECLARE_LONG_INTERRUPTION, { ...common, cause, note: text })
      : await run(PLAIN_ACTS[act], { ...common, text });
    if (done) onClose();
  };
  return (
    <form className={classes.form} onSubmit={(event) => { event.preventDefault(); void send(); }}>
      <RefusedNotice reason={refused} />
      <p>{t(`effect.${act}`)}</p>
      {act === 'DECLARE_LONG_INTERRUPTION' && <Select label={t('confirm.cause')} allowDeselect={false} data={LONG_CAUSES.map((each) => ({ value: each, label: t(`longCause.${each}`) }))} value={cause} onChange={(value) => { const known = LONG_CAUSES.find((each) => each === value); if (known) setCause(known); }} />}
      {act === 'OPEN_CRISIS'
        ? persons.length === 0 ? <p className={classes.dim}>{t('confirm.noMembers')}</p> : <Checkbox.Group label={t('confirm.members')} value={members} onChange={setMembers}><div className={classes.checks}>{persons.map(({ id, name }) => <Checkbox key={id} value={id} label={name} />)}</div></Checkbox.Group>
        : <Textarea data-autofocus label={t(reasoned ? 'confirm.reason' : 'confirm.note')} required={reasoned} autosize minRows={2} maxRows={8} maxLength={20_000} value={text} onChange={(event) => setText(event.currentTarget.value)} />}
      <details className={classes.earlier}><summary>{t('confirm.earlier')}</summary><MomentInput label={t('confirm.at')} value={earlier} onChange={setEarlier} /></details>
      <div className={classes.footer}>
        <Button variant="default" onClick={onClose}>{t('cancel')}</Button>
        <Button data-autofocus={act === 'OPEN_CRISIS' || undefined} type="submit" loading={busy} disabled={reasoned && text.trim() === ''}>{t(`act.${act}`)}</Button>
      </div>
    </form>
  );
}
