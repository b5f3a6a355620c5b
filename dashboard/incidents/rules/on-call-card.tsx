'use client';
import { ActionIcon, Button, Modal, Select, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useTranslations } from 'use-intl';
import { useState } from 'react';
import { useFormats } from '../../format/use-formats.ts';
import { Card } from '../../parts/card.tsx';
import { useMinute } from '../../parts/use-now.ts';
import { useReference } from '../../url/use-reference.ts';
import { PUT_RULES, type OnCall, type RuleSet } from '../catalogue-query.ts';
import classes from '../incidents.module.css';
import { RefusedNotice } from '../refused-notice.tsx';
import { useSetting } from '../use-setting.ts';
import { useWeekdays } from '../use-weekdays.ts';
import { HistoryButton } from './history-button.tsx';
import { ExceptionFields } from './exception-fields.tsx';
import { comingExceptions, draftOf, exceptionOf, type Exception } from './prepare-exceptions.ts';
import { inputOf, slugFor, withItem, withoutCalendar } from './prepare-rules.ts';

type Shift = OnCall['shifts'][number];

const MOST_SHOWN = 4;

/** Who is on call: a week that repeats, on the clocks of a zone, and dates on which it is another. */
export function OnCallCard({ set, onKept }: { set: RuleSet; onKept: () => void }) {
  const t = useTranslations('incidents');
  const days = useWeekdays();
  const [editing, setEditing] = useState<{ calendar: OnCall | null } | null>(null);
  const nameOf = (id: string) => set.contacts.find((each) => each.id === id)?.name ?? t('rules.nobody');
  return (
    <Card title={t('rules.onCall')} aside={<span className={classes.aside}><HistoryButton part="onCall" title={t('rules.onCall')} /><Button size="compact-xs" variant="default" leftSection={<IconPlus size={13} />} onClick={() => setEditing({ calendar: null })}>{t('rules.addCalendar')}</Button></span>}>
      {set.onCall.length === 0 ? <div className={classes.body}><p className={classes.dim}>{t('rules.noOnCall')}</p></div> : (
        <ul className={classes.rows} data-testid="on-call">
          {set.onCall.map((calendar) => (
            <li key={calendar.id} data-columns="contact">
              <span><b>{calendar.label}</b> <span className={classes.dim}>{calendar.zone} · {t('rules.exceptions', { count: calendar.exceptions.length })}</span>
                {calendar.shifts.length === 0 ? <small>{t('rules.noShift')}</small> : calendar.shifts.map((shift) => <small key={`${shift.weekday}${shift.from}${shift.contact}`}>{days[shift.weekday - 1]} {shift.from}–{shift.to} · {nameOf(shift.contact)}</small>)}
                <Coming calendar={calendar} nameOf={nameOf} /></span>
              <Button size="compact-xs" variant="default" aria-label={t('rules.changeCalendar', { name: calendar.label })} onClick={() => setEditing({ calendar })}>{t('edit')}</Button>
            </li>
          ))}
        </ul>
      )}
      <Modal opened={editing !== null} onClose={() => setEditing(null)} title={editing?.calendar ? t('rules.changeCalendar', { name: editing.calendar.label }) : t('rules.addCalendar')} size="lg" centered closeButtonProps={{ 'aria-label': t('close') }}>{editing && <CalendarForm set={set} before={editing.calendar} onClose={() => setEditing(null)} onKept={() => { setEditing(null); onKept(); }} />}</Modal>
    </Card>
  );
}

/** The next dates on which the usual week does not hold. */
function Coming({ calendar: { exceptions, zone }, nameOf }: { calendar: OnCall; nameOf: (id: string) => string }) {
  const t = useTranslations('incidents');
  const formats = useFormats();
  const coming = comingExceptions(exceptions, zone, useMinute());
  const moment = (text: string) => [formats.localDate(text.slice(0, 10)), text.slice(11)].join(' ').trim();
  return (
    <>
      {coming.slice(0, MOST_SHOWN).map(({ from, to, contact, holds }, at) => <small key={at} data-testid="coming-exception"><b>{from === to ? moment(from) : `${moment(from)} – ${moment(to)}`}</b> · {contact === null ? t('rules.nobodyOnCall') : nameOf(contact)}{holds && ` · ${t('rules.exceptionNow')}`}</small>)}
      {coming.length > MOST_SHOWN && <small>{t('rules.moreExceptions', { count: coming.length - MOST_SHOWN })}</small>}
    </>
  );
}

function CalendarForm({ set, before, onClose, onKept }: { set: RuleSet; before: OnCall | null; onClose: () => void; onKept: () => void }) {
  const t = useTranslations('incidents');
  const days = useWeekdays();
  const { reference } = useReference();
  const { busy, refused, put, language } = useSetting();
  const [label, setLabel] = useState(before?.label ?? '');
  const [zone, setZone] = useState(before?.zone ?? reference.sites[0]?.zone ?? 'UTC');
  const [shifts, setShifts] = useState<readonly Shift[]>(before?.shifts ?? []);
  const [drafts, setDrafts] = useState(() => (before?.exceptions ?? []).map((each) => draftOf(each, zone)));
  const [opened] = useState(set);
  const exceptions = drafts.flatMap((draft): Exception[] => { const kept = exceptionOf(draft, zone); return typeof kept === 'string' ? [] : [kept]; });
  const complete = label.trim() !== '' && exceptions.length === drafts.length && shifts.every(({ from, to }) => from !== '' && to !== '');
  const zones = [...new Set([zone, ...reference.sites.map((site) => site.zone), ...reference.tenants.map((tenant) => tenant.zone), 'UTC'])];
  const first = set.contacts[0];
  const change = (at: number, patch: Partial<Shift>) => setShifts(shifts.map((shift, index) => (index === at ? { ...shift, ...patch } : shift)));
  const keep = async (remove: boolean) => {
    // What another did to this calendar meanwhile is not overwritten: with the version that was opened, the server refuses and says who.
    const changed = before !== null && JSON.stringify(set.onCall.find((each) => each.id === before.id)) !== JSON.stringify(before);
    const input = inputOf(changed ? opened : set);
    const id = before?.id ?? slugFor(label, set.onCall.map((each) => each.id));
    const rules = remove ? withoutCalendar(input, id) : { ...input, onCall: withItem(input.onCall, id, { id, label: label.trim(), zone, shifts: [...shifts], exceptions }) };
    if (await put(PUT_RULES, { rules, language })) onKept();
  };
  return (
    <form className={classes.form} onSubmit={(event) => { event.preventDefault(); void keep(false); }}>
      <RefusedNotice reason={refused} />
      <div className={classes.pair}>
        <TextInput data-autofocus required label={t('rules.calendarLabel')} maxLength={200} value={label} onChange={(event) => setLabel(event.currentTarget.value)} />
        <Select label={t('rules.calendarZone')} allowDeselect={false} data={zones} value={zone} onChange={(value) => { if (value) setZone(value); }} />
      </div>
      <fieldset className={classes.shifts}>
        <legend>{t('rules.shifts')}</legend>
        {shifts.length === 0 && <p className={classes.dim}>{t('rules.noShift')}</p>}
        {shifts.map((shift, at) => (
          <div key={at} className={classes.shift}>
            <Select size="xs" aria-label={t('rules.weekday')} allowDeselect={false} data={days.map((day, index) => ({ value: String(index + 1), label: day }))} value={String(shift.weekday)} onChange={(value) => change(at, { weekday: Number(value) })} />
            <TextInput size="xs" type="time" aria-label={t('rules.from')} value={shift.from} onChange={(event) => change(at, { from: event.currentTarget.value })} />
            <TextInput size="xs" type="time" aria-label={t('rules.until')} value={shift.to} onChange={(event) => change(at, { to: event.currentTarget.value })} />
            <Select className={classes.shiftWho} size="xs" aria-label={t('rules.person')} allowDeselect={false} data={set.contacts.map(({ id, name }) => ({ value: id, label: name }))} value={shift.contact} onChange={(value) => { if (value) change(at, { contact: value }); }} />
            <ActionIcon variant="subtle" color="gray" aria-label={t('rules.removeShift')} onClick={() => setShifts(shifts.filter((_, index) => index !== at))}><IconX size={14} /></ActionIcon>
            {shift.to <= shift.from && <small className={classes.dim}>{t('rules.overnight')}</small>}
          </div>
        ))}
        {first ? <Button size="compact-xs" variant="default" leftSection={<IconPlus size={13} />} onClick={() => setShifts([...shifts, { weekday: (shifts.at(-1)?.weekday ?? 0) % 7 + 1, from: shifts.at(-1)?.from ?? '08:00', to: shifts.at(-1)?.to ?? '18:00', contact: shifts.at(-1)?.contact ?? first.id }])}>{t('rules.addShift')}</Button> : <p className={classes.dim}>{t('rules.noContacts')}</p>}
      </fieldset>
      <ExceptionFields drafts={drafts} zone={zone} contacts={set.contacts} onChange={setDrafts} />
      <div className={classes.footer}>
        {before && <Button variant="subtle" color="gray" disabled={busy} onClick={() => void keep(true)}>{t('rules.removeCalendar')}</Button>}
        <Button variant="default" onClick={onClose}>{t('cancel')}</Button><Button type="submit" loading={busy} disabled={!complete}>{t('save')}</Button>
      </div>
    </form>
  );
}
