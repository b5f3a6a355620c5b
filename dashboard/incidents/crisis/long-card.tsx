'use client';
import { Button, Checkbox, Modal, Textarea } from '@mantine/core';
import { useTranslations } from 'use-intl';
import { useState } from 'react';
import { useFormats } from '../../format/use-formats.ts';
import { Card } from '../../parts/card.tsx';
import { Mark } from '../../parts/mark.tsx';
import { FINISH_STEP, REOPEN_STEP, REPORT_PROGRESS } from '../commands.ts';
import type { IncidentDetails } from '../incident-query.ts';
import { RefusedNotice } from '../refused-notice.tsx';
import { useAct } from '../use-act.ts';
import classes from '../details.module.css';

type Long = NonNullable<IncidentDetails['longInterruption']>;
type Step = Long['steps'][number];

const PHASES = ['SAFETY', 'SECOND_PLATFORM', 'RETURN'] as const;

/** 24 to 72 hours without the platform: its steps with their times, and what the client's IT was told. */
export function LongCard({ number, long: { declaredAt, cause, progress, progressDueAt }, steps }: { number: number; long: Long; steps: readonly Step[] }) {
  const t = useTranslations('incidents');
  const formats = useFormats();
  const { busy, refused, run, language } = useAct();
  const [undoing, setUndoing] = useState<Step | null>(null);
  const [text, setText] = useState('');
  const done = steps.filter(({ doneAt }) => doneAt !== null).length;
  const report = async () => { if (await run(REPORT_PROGRESS, { number, text: text.trim(), language })) setText(''); };
  return (
    <Card title={t('long.title')} aside={<span>{t('long.since', { cause: t(`longCause.${cause}`), time: formats.dateTime(declaredAt) })} · {t('long.progress', { done, total: steps.length })}</span>}>
      <div className={classes.body}>
        <RefusedNotice reason={refused} />
        <ol className={classes.steps} data-testid="steps">
          {PHASES.flatMap((phase) => [<li key={phase} className={classes.phase} data-heading>{t(`long.phase.${phase}`)}</li>, ...steps.filter((each) => each.phase === phase).map((each) => (
            <li key={each.step} data-done={each.doneAt !== null || undefined}>
              <Checkbox checked={each.doneAt !== null} disabled={busy} aria-label={each.doneAt === null ? t('long.finish', { step: each.label }) : t('long.undo', { step: each.label })}
                onChange={() => { if (each.doneAt === null) void run(FINISH_STEP, { number, at: null, step: each.step, note: '', language }); else setUndoing(each); }} />
              <span>{each.label}{each.doneAt !== null
                ? <small>{t('long.doneAt', { time: formats.dateTime(each.doneAt), name: each.by ?? '' })}</small>
                : <small data-late={each.overdue || undefined}>{each.overdue && <Mark verdict="bad" label={t('actions.late')} />} {t('long.planned', { time: formats.dateTime(each.plannedAt) })}</small>}</span>
            </li>
          ))])}
        </ol>
        <h3 className={classes.label}>{t('long.reports')} · {t('long.nextReport', { time: formats.dateTime(progressDueAt) })}</h3>
        {progress.length === 0 ? <p className={classes.dim}>{t('long.noReports')}</p> : <ul className={classes.progress}>{progress.toReversed().map(({ id, at, by, text: said }) => <li key={id}><span className={classes.dim}>{formats.dateTime(at)} · {by}</span><p className={classes.preline}>{said}</p></li>)}</ul>}
        <form className={classes.write} onSubmit={(event) => { event.preventDefault(); void report(); }}>
          <Textarea aria-label={t('long.write')} placeholder={t('long.write')} autosize minRows={1} maxRows={10} maxLength={20_000} value={text} onChange={(event) => setText(event.currentTarget.value)} />
          <Button type="submit" variant="default" loading={busy} disabled={text.trim() === ''}>{t('long.send')}</Button>
        </form>
      </div>
      <Modal opened={undoing !== null} onClose={() => setUndoing(null)} title={t('long.undoTitle')} centered closeButtonProps={{ 'aria-label': t('close') }}>{undoing && <UndoForm number={number} step={undoing} onClose={() => setUndoing(null)} />}</Modal>
    </Card>
  );
}

function UndoForm({ number, step, onClose }: { number: number; step: Step; onClose: () => void }) {
  const t = useTranslations('incidents');
  const { busy, refused, run, language } = useAct();
  const [reason, setReason] = useState('');
  return (
    <form className={classes.form} onSubmit={(event) => { event.preventDefault(); void (async () => { if (await run(REOPEN_STEP, { number, step: step.step, reason: reason.trim(), language })) onClose(); })(); }}>
      <RefusedNotice reason={refused} />
      <p>{step.label}</p>
      <Textarea data-autofocus label={t('confirm.reason')} required autosize minRows={2} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
      <div className={classes.footer}><Button variant="default" onClick={onClose}>{t('cancel')}</Button><Button type="submit" loading={busy} disabled={reason.trim() === ''}>{t('long.undoButton')}</Button></div>
    </form>
  );
}
