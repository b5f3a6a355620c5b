'use client';
import { ActionIcon, Button, Modal, Select, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useTranslations } from 'use-intl';
import { useState } from 'react';
import { useFormats } from '../../format/use-formats.ts';
import { Card } from '../../parts/card.tsx';
import { useReference } from '../../url/use-reference.ts';
import { PUT_RULES, type OnCall, type RuleSet } from '../catalogue-query.ts';
import classes from '../incidents.module.css';
import { RefusedNotice } from '../refused-notice.tsx';
import { useSetting } from '../use-setting.ts';
import { inputOf, slugFor, withItem, withoutCalendar } from './prepare-rules.ts';

type Shift = OnCall['shifts'][number];

/** Who is on call: a week that repeats, on the clocks of a zone. */
export function OnCallCard({ set, onKept }: { set: RuleSet; onKept: () => void }) {
  const t = useTranslations('incidents');
  const days = useWeekdays();
  const [editing, setEditing] = useState<{ calendar: OnCall | null } | null>(null);
  const nameOf = (id: string) => set.contacts.find((each) => each.id === id)?.name ?? t('rules.nobody');
  return (
    <Card title={t('rules.onCall')} aside={<Button size="compact-xs" variant="default" leftSection={<IconPlus size={13} />} onClick={() => setEditing({ calendar: null })}>{t('rules.addCalendar')}</Button>}>
      {set.onCall.length === 0 ? <div className={classes.body}><p className={classes.dim}>{t('rules.noOnCall')}</p></div> : (
        <ul className={classes.rows} data-testid="on-call">
          {set.onCall.map((calendar) => (
            <li key={calendar.id} data-columns="contact">
              <span><b>{calendar.label}</b> <span className={classes.dim}>{calendar.zone} · {t('rules.exceptions', { count: calendar.exceptions.length })}</span>
                {calendar.shifts.length === 0 ? <small>{t('rules.noShift')}</small> : calendar.shifts.map((shift) => <small key={`${shift.weekday}${shift.from}${shift.contact}`}>{days[shift.weekday - 1]} {shift.from}–{shift.to} · {nameOf(shift.contact)}</small>)}</span>
              <Button size="compact-xs" variant="default" aria-label={t('rules.changeCalendar', { name: calendar.label })} onClick={() => setEditing({ calendar })}>{t('edit')}</Button>
            </li>
          ))}
        </ul>
      )}
      <Modal opened={editing !== null} onClose={() => setEditing(null)} title={editing?.calendar ? t('rules.changeCalendar', { name: editing.calendar.label }) : t('rules.addCalendar')} size="lg" centered closeButtonProps={{ 'aria-label': t('close') }}>{editing && <CalendarForm set={set} before={editing.calendar} onClose={() => setEditing(null)} onKept={() => { setEditing(null); onKept(); }} />}</Modal>
    </Card>
  );
}

/** Monday first. */
function useWeekdays(): string[] {
  const { locale } = useFormats();
  // 2024-01-01 was a Monday.
  return Array.from({ length: 7 }, (_, at) => new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' }).format(Date.UTC(2024, 0, 1 + at)));
}

function CalendarForm({ set, before, onClose, onKept }: { set: RuleSet; before: OnCall | null; onClose: () => void; onKept: () => void }) {
  const t = useTranslations('incidents');
  const days = useWeekdays();
  const { reference } = useReference();
  const { busy, refused, put, language } = useSetting();
  const [label, setLabel] = useState(before?.label ?? '');
  const [zone, setZone] = useState(before?.zone ?? reference.sites[0]?.zone ?? 'UTC');
  const [shifts, setShifts] = useState<readonly Shift[]>(before?.shifts ?? []);
  const zones = [...new Set([zone, ...reference.sites.map((site) => site.zone), ...reference.tenants.map((tenant) => tenant.zone), 'UTC'])];
  const first = set.contacts[0];
  const change = (at: number, patch: Partial<Shift>) => setShifts(shifts.map((shift, index) => (index === at ? { ...shift, ...patch } : shift)));
  const keep = async (remove: boolean) => {
    const input = inputOf(set);
    const id = before?.id ?? slugFor(label, set.onCall.map((each) => each.id));
    const rules = remove ? withoutCalendar(input, id) : { ...input, onCall: withItem(input.onCall, id, { id, label: label.trim(), zone, shifts: [...shifts], exceptions: before?.exceptions ?? [] }) };
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
            <Select size="xs" aria-label={t('rules.person')} allowDeselect={false} data={set.contacts.map(({ id, name }) => ({ value: id, label: name }))} value={shift.contact} onChange={(value) => { if (value) change(at, { contact: value }); }} />
            <ActionIcon variant="subtle" color="gray" aria-label={t('rules.removeShift')} onClick={() => setShifts(shifts.filter((_, index) => index !== at))}><IconX size={14} /></ActionIcon>
            {shift.to <= shift.from && <small className={classes.dim}>{t('rules.overnight')}</small>}
          </div>
        ))}
        {first ? <Button size="compact-xs" variant="default" leftSection={<IconPlus size={13} />} onClick={() => setShifts([...shifts, { weekday: (shifts.at(-1)?.weekday ?? 0) % 7 + 1, from: shifts.at(-1)?.from ?? '08:00', to: shifts.at(-1)?.to ?? '18:00', contact: shifts.at(-1)?.contact ?? first.id }])}>{t('rules.addShift')}</Button> : <p className={classes.dim}>{t('rules.noContacts')}</p>}
      </fieldset>
      <div className={classes.footer}>
        {before && <Button variant="subtle" color="gray" disabled={busy} onClick={() => void keep(true)}>{t('rules.removeCalendar')}</Button>}
        <Button variant="default" onClick={onClose}>{t('cancel')}</Button><Button type="submit" loading={busy} disabled={label.trim() === '' || shifts.some(({ from, to }) => from === '' || to === '')}>{t('save')}</Button>
      </div>
    </form>
  );
}
