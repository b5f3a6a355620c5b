'use client';
import { Button, Textarea } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconClock, IconClockExclamation } from '@tabler/icons-react';
import { useTranslations } from 'use-intl';
import { useState } from 'react';
import { useFormats } from '../../format/use-formats.ts';
import { Card } from '../../parts/card.tsx';
import { useMinute } from '../../parts/use-now.ts';
import { WRITE_REPORT } from '../commands.ts';
import type { IncidentDetails } from '../incident-query.ts';
import { RefusedNotice } from '../refused-notice.tsx';
import { Countdown } from '../timer.tsx';
import { useAct } from '../use-act.ts';
import classes from '../details.module.css';
import { hourToWrite, prepareHours, type Hour, type HourState } from './prepare-hours.ts';

const GLYPHS = { WRITTEN: IconCheck, LATE: IconClockExclamation, OVERDUE: IconAlertTriangle, NEXT: IconClock } as const satisfies Record<HourState, unknown>;

interface Props { number: number; crisis: NonNullable<IncidentDetails['crisis']>; offsetMs: number }

/** The hours as a row; the one that is chosen is read or written below. */
export function ReportsCard({ number, crisis, offsetMs }: Props) {
  const t = useTranslations('incidents');
  const nowMs = useMinute() + offsetMs;
  const hours = prepareHours(crisis.reports, nowMs);
  const overdue = hours.filter(({ state }) => state === 'OVERDUE').length;
  const [chosen, setChosen] = useState<number | null>(null);
  // Kept beside the hours: another's report, or a look at another hour, takes nothing of it.
  const [drafts, setDrafts] = useState<Readonly<Record<number, string>>>({});
  const shown = hours.find(({ hour }) => hour === (chosen ?? hourToWrite(hours))) ?? hours.at(-1);
  const write = (hour: number, text: string) => { setDrafts((now) => ({ ...now, [hour]: text })); setChosen(hour); };
  return (
    <Card title={t('crisis.hours')} aside={<span className={overdue > 0 ? classes.bad : undefined}>{overdue > 0 && <IconAlertTriangle size={14} aria-hidden />}{t('crisis.hoursOverdue', { count: overdue })}</span>}>
      <div className={classes.hours} role="group" aria-label={t('crisis.hours')} data-testid="hours">
        {hours.map((each) => <HourButton key={each.hour} hour={each} pressed={each.hour === shown?.hour} offsetMs={offsetMs} onClick={() => setChosen(each.hour)} />)}
      </div>
      {shown && <div className={classes.body}><HourBody key={shown.hour} number={number} hour={shown} draft={drafts[shown.hour] ?? ''} onDraft={(text) => write(shown.hour, text)} onWritten={() => { write(shown.hour, ''); setChosen(null); }} /></div>}
    </Card>
  );
}

function HourButton({ hour: { hour, state, dueAt, writtenAt }, pressed, offsetMs, onClick }: { hour: Hour; pressed: boolean; offsetMs: number; onClick: () => void }) {
  const t = useTranslations('incidents');
  const formats = useFormats();
  const Glyph = GLYPHS[state];
  return (
    <button type="button" className={classes.hour} data-state={state} aria-pressed={pressed} onClick={onClick}>
      <span><Glyph size={15} stroke={1.8} aria-hidden /><b>{t('crisis.hour', { hour })}</b></span>
      <small>{t(`crisis.hourState.${state}`, { time: formats.time(writtenAt ?? dueAt) })}</small>
      {state === 'NEXT' ? <small><Countdown atMs={Date.parse(dueAt)} offsetMs={offsetMs}>{(time, late) => (late ? t('due.late', { time }) : t('due.in', { time }))}</Countdown></small>
        : state === 'OVERDUE' ? <small className={classes.bad}>{t('crisis.overdue')}</small> : null}
    </button>
  );
}

interface BodyProps { number: number; hour: Hour; draft: string; onDraft: (text: string) => void; onWritten: () => void }

function HourBody({ number, hour: { hour, text, by, writtenAt, reminded }, draft, onDraft, onWritten }: BodyProps) {
  const t = useTranslations('incidents');
  const formats = useFormats();
  const { busy, refused, run, language } = useAct();
  if (text !== null && writtenAt !== null) {
    return (
      <div className={classes.report}>
        <p className={classes.dim}><b>{t('crisis.hour', { hour })}</b> · {t('crisis.readBy', { name: by ?? '', time: formats.dateTime(writtenAt) })}</p>
        <p className={classes.preline}>{text}</p>
        {draft.trim() !== '' && <><p className={classes.dim}>{t('crisis.yourDraft')}</p><blockquote className={classes.preline}>{draft}</blockquote></>}
      </div>
    );
  }
  const send = async () => { if (await run(WRITE_REPORT, { number, hour, text: draft.trim(), language })) onWritten(); };
  return (
    <form className={classes.form} onSubmit={(event) => { event.preventDefault(); void send(); }}>
      <RefusedNotice reason={refused} />
      <Textarea label={t('crisis.write', { hour })} description={`${t('crisis.writeHint')}${reminded ? ` · ${t('crisis.reminded')}` : ''}`} placeholder={t('crisis.writePlaceholder')} autosize minRows={3} maxRows={14} maxLength={20_000} value={draft} onChange={(event) => onDraft(event.currentTarget.value)} />
      <div className={classes.footer}><Button type="submit" loading={busy} disabled={draft.trim() === ''}>{t('crisis.writeSend')}</Button></div>
    </form>
  );
}
