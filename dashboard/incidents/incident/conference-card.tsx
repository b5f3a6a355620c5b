'use client';
import { Button, Checkbox, Modal, Textarea, TextInput } from '@mantine/core';
import { IconCalendarDown } from '@tabler/icons-react';
import { useTranslations } from 'use-intl';
import { useState } from 'react';
import { useQuery } from 'urql';
import { useFormats } from '../../format/use-formats.ts';
import { download } from '../../kpi/download.ts';
import { Card } from '../../parts/card.tsx';
import { useZone } from '../../url/use-zone.ts';
import { CALL_CONFERENCE, HOLD_CONFERENCE } from '../commands.ts';
import { CONFERENCE_SETTINGS } from '../catalogue-query.ts';
import type { IncidentDetails } from '../incident-query.ts';
import { MomentInput } from '../moment-input.tsx';
import { RefusedNotice } from '../refused-notice.tsx';
import { useAct } from '../use-act.ts';
import { fromField, toField } from '../zoned-input.ts';
import { prepareCalendar } from './prepare-calendar.ts';
import classes from '../details.module.css';

type Conference = IncidentDetails['conferences'][number];

/** The call with the client's IT: who, when, where, and what was said. */
export function ConferenceCard({ incident, offsetMs }: { incident: IncidentDetails; offsetMs: number }) {
  const t = useTranslations('incidents');
  const [form, setForm] = useState<{ kind: 'call' } | { kind: 'hold'; conference: Conference } | null>(null);
  const [{ data: settings }] = useQuery({ query: CONFERENCE_SETTINGS, requestPolicy: 'cache-first' });
  const { conferences, state } = incident;
  return (
    <Card title={t('conference.title')} aside={state !== 'CLOSED' && <Button size="compact-xs" variant="default" onClick={() => setForm({ kind: 'call' })}>{t(conferences.length === 0 ? 'conference.call' : 'conference.again')}</Button>}>
      <div className={classes.body}>
        {conferences.length === 0 && <p className={classes.dim}>{t('conference.none')}</p>}
        {conferences.toReversed().map((conference) => <ConferenceItem key={conference.id} incident={incident} conference={conference} lastsMinutes={settings?.incidentSettings?.conferenceLastsMinutes ?? 30} onHold={() => setForm({ kind: 'hold', conference })} />)}
      </div>
      <Modal opened={form !== null} onClose={() => setForm(null)} title={form?.kind === 'hold' ? t('conference.minutes') : t('conference.title')} centered closeButtonProps={{ 'aria-label': t('close') }}>
        {form?.kind === 'call' && <CallForm incident={incident} offsetMs={offsetMs} place={settings?.incidentSettings?.conferencePlace ?? ''} onClose={() => setForm(null)} />}
        {form?.kind === 'hold' && <HoldForm incident={incident} conference={form.conference} onClose={() => setForm(null)} />}
      </Modal>
    </Card>
  );
}

function ConferenceItem({ incident: { number, title }, conference, lastsMinutes, onHold }: { incident: Pick<IncidentDetails, 'number' | 'title'>; conference: Conference; lastsMinutes: number; onHold: () => void }) {
  const t = useTranslations('incidents');
  const { startsAt, place, participants, calledAt, heldAt, minutes } = conference;
  const formats = useFormats();
  return (
    <div className={classes.conference}>
      <p><b>{place === '' ? formats.dateTime(startsAt) : t('conference.at', { time: formats.dateTime(startsAt), place })}</b></p>
      <p className={classes.dim}>{t('conference.calledAt', { time: formats.dateTime(calledAt) })}{heldAt !== null && ` · ${t('conference.heldAt', { time: formats.dateTime(heldAt) })}`}</p>
      {participants.length > 0 && <p><span className={classes.dim}>{t('conference.participants')}</span> {participants.map(({ name }) => name).join(', ')}</p>}
      {minutes !== null && <p className={`${classes.preline} ${classes.minutes}`}>{minutes}</p>}
      <div className={classes.buttons}>
        {heldAt === null && <Button size="compact-xs" variant="default" onClick={onHold}>{t('conference.hold')}</Button>}
        <Button size="compact-xs" variant="default" leftSection={<IconCalendarDown size={13} />} onClick={() => download(`conference-${number}.ics`, prepareCalendar(conference, `${t('conference.title')} · ${title} (${t('number', { number })})`, lastsMinutes, Date.now()), 'text/calendar')}>{t('conference.calendar')}</Button>
      </div>
    </div>
  );
}

interface FormProps { incident: Pick<IncidentDetails, 'number' | 'persons'>; onClose: () => void }

function Participants({ label, persons, value, onChange }: { label: string; persons: IncidentDetails['persons']; value: string[]; onChange: (ids: string[]) => void }) {
  const t = useTranslations('incidents');
  if (persons.length === 0) return <p className={classes.dim}>{t('conference.nobody')}</p>;
  return <Checkbox.Group label={label} value={value} onChange={onChange}><div className={classes.checks}>{persons.map(({ id, name, party }) => <Checkbox key={id} value={id} label={`${name} · ${t(`party.${party}`)}`} />)}</div></Checkbox.Group>;
}

function CallForm({ incident: { number, persons }, offsetMs, place: usual, onClose }: FormProps & { offsetMs: number; /** As it is configured. */ place: string }) {
  const t = useTranslations('incidents');
  const { zone } = useZone();
  const { busy, refused, run, language } = useAct();
  const [starts, setStarts] = useState(() => toField(Date.now() + offsetMs + 15 * 60_000, zone));
  const [place, setPlace] = useState(usual);
  const [chosen, setChosen] = useState<string[]>(() => persons.map(({ id }) => id));
  const startsMs = fromField(starts, zone);
  const send = async () => { if (startsMs !== null && await run(CALL_CONFERENCE, { number, startsAt: new Date(startsMs).toISOString(), place: place.trim(), participants: chosen, language })) onClose(); };
  return (
    <form className={classes.form} onSubmit={(event) => { event.preventDefault(); void send(); }}>
      <RefusedNotice reason={refused} />
      <MomentInput label={t('conference.startsAt')} required value={starts} onChange={setStarts} />
      <TextInput data-autofocus label={t('conference.place')} description={t('conference.placeHint')} required maxLength={200} value={place} onChange={(event) => setPlace(event.currentTarget.value)} />
      <Participants label={t('conference.participants')} persons={persons} value={chosen} onChange={setChosen} />
      <p className={classes.note}>{t('conference.follows')}</p>
      <div className={classes.footer}><Button variant="default" onClick={onClose}>{t('cancel')}</Button><Button type="submit" loading={busy} disabled={startsMs === null || place.trim() === ''}>{t('conference.call')}</Button></div>
    </form>
  );
}

function HoldForm({ incident: { number, persons }, conference, onClose }: FormProps & { conference: Conference }) {
  const t = useTranslations('incidents');
  const { busy, refused, run, language } = useAct();
  const [minutes, setMinutes] = useState('');
  const [present, setPresent] = useState<string[]>(() => conference.participants.map(({ id }) => id));
  const send = async () => { if (await run(HOLD_CONFERENCE, { number, at: null, conference: conference.id, minutes: minutes.trim(), participants: present, language })) onClose(); };
  return (
    <form className={classes.form} onSubmit={(event) => { event.preventDefault(); void send(); }}>
      <RefusedNotice reason={refused} />
      <Participants label={t('conference.present')} persons={persons} value={present} onChange={setPresent} />
      <Textarea data-autofocus label={t('conference.minutes')} required autosize minRows={5} maxRows={16} maxLength={20_000} value={minutes} onChange={(event) => setMinutes(event.currentTarget.value)} />
      <div className={classes.footer}><Button variant="default" onClick={onClose}>{t('cancel')}</Button><Button type="submit" loading={busy} disabled={minutes.trim() === ''}>{t('save')}</Button></div>
    </form>
  );
}
