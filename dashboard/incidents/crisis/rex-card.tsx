'use client';
import { Button, Textarea } from '@mantine/core';
import { useTranslations } from 'use-intl';
import { useState } from 'react';
import { useFormats } from '../../format/use-formats.ts';
import { Card } from '../../parts/card.tsx';
import { Notice } from '../../parts/states.tsx';
import { APPROVE_REX, WRITE_REX } from '../commands.ts';
import type { IncidentDetails } from '../incident-query.ts';
import { RefusedNotice } from '../refused-notice.tsx';
import { useAct } from '../use-act.ts';
import classes from '../details.module.css';
import { accept, isDirty, meet, REX_FIELDS, textsOf, type RexDraft, type RexField, type RexVersion } from './prepare-draft.ts';

/** What was learned. Two may write at once: the other's text comes beside yours, nothing is lost. */
export function RexCard({ incident }: { incident: Pick<IncidentDetails, 'number' | 'rex' | 'rexDueAt' | 'acts'> }) {
  const t = useTranslations('incidents');
  const formats = useFormats();
  const { busy, refused, ask, run, language } = useAct();
  const { number, rex, rexDueAt, acts } = incident;
  const [written, setWritten] = useState<RexDraft>({ texts: textsOf(rex), base: rex });
  // What we have just saved is newer than what was read before.
  const [over, setOver] = useState<{ version: string | null } | null>(null);
  const newest: RexVersion | null = over && (rex?.version ?? null) === over.version ? written.base : rex;
  // An untouched draft follows the server.
  if (!isDirty(written) && written.base?.version !== newest?.version) setWritten({ texts: textsOf(newest), base: newest });
  const { draft, conflicts, other } = meet(written, newest);
  const dirty = isDirty(draft);
  const set = (field: RexField, text: string) => setWritten({ base: written.base, texts: { ...draft.texts, [field]: text } });
  const save = async () => {
    const result = await ask(WRITE_REX, { number, basedOn: draft.base?.version ?? null, ...draft.texts, language });
    if (result?.__typename !== 'IncidentActDone') return;
    setOver({ version: rex?.version ?? null });
    setWritten({ texts: draft.texts, base: { ...draft.texts, version: result.id, by: '', writtenAt: '' } });
  };
  return (
    <Card title={t('rex.title')} aside={rex?.approvedAt != null ? <span className={classes.good}>{t('rex.approved', { time: formats.dateTime(rex.approvedAt) })}</span> : rexDueAt !== null ? <span>{t('rex.dueAt', { time: formats.dateTime(rexDueAt) })}</span> : undefined}>
      <div className={classes.body} data-testid="rex">
        <p className={classes.dim}>{t('rex.hint')}</p>
        <RefusedNotice reason={refused} />
        {other && (
          <Notice kind="warn">
            <span><strong>{t('rex.changed', { name: other.by, time: formats.time(other.writtenAt) })}</strong> {t('rex.merged')}</span>
            <Button size="compact-xs" variant="default" onClick={() => setWritten(accept(written, newest))}>{t('rex.seen')}</Button>
          </Notice>
        )}
        {REX_FIELDS.map((field) => (
          <div key={field} className={conflicts.includes(field) ? classes.beside : undefined}>
            <Textarea label={t(`rex.${field}`)} autosize minRows={2} maxRows={14} maxLength={20_000} value={draft.texts[field]} onChange={(event) => set(field, event.currentTarget.value)} />
            {other && conflicts.includes(field) && (
              <div className={classes.theirs} data-testid="theirs">
                <h3 className={classes.label}>{t('rex.theirs', { name: other.by })}</h3>
                <p className={classes.preline}>{other[field]}</p>
                <div className={classes.buttons}>
                  <Button size="compact-xs" variant="default" onClick={() => set(field, other[field])}>{t('rex.takeTheirs')}</Button>
                  <Button size="compact-xs" variant="default" onClick={() => set(field, `${draft.texts[field]}\n\n${other[field]}`)}>{t('rex.appendTheirs')}</Button>
                </div>
              </div>
            )}
          </div>
        ))}
        <div className={classes.rexFoot}>
          <span className={classes.dim}>{dirty ? t('rex.unsaved') : rex ? t('rex.savedAt', { name: rex.by, time: formats.dateTime(rex.writtenAt) }) : ''}</span>
          {acts.includes('APPROVE_REX') && !dirty && <Button variant="default" loading={busy} title={t('rex.approveEffect')} onClick={() => void run(APPROVE_REX, { number, language })}>{t('rex.approve')}</Button>}
          <Button loading={busy} disabled={!dirty || other !== null} onClick={() => void save()}>{t('rex.save')}</Button>
        </div>
      </div>
    </Card>
  );
}
