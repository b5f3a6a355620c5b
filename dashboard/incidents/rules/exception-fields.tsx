'use client';
import { ActionIcon, Button, Checkbox, Select, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useTranslations } from 'use-intl';
import { useMinute } from '../../parts/use-now.ts';
import { addDays, localDateAt } from '../../url/local-date.ts';
import type { Contact } from '../catalogue-query.ts';
import classes from '../incidents.module.css';
import { exceptionOf, turned, type ExceptionDraft } from './prepare-exceptions.ts';

interface Props { drafts: readonly ExceptionDraft[]; zone: string; contacts: readonly Contact[]; onChange: (drafts: ExceptionDraft[]) => void }

const NOBODY = 'nobody';

/** Dates on which another is on call than in the usual week, or nobody. */
export function ExceptionFields({ drafts, zone, contacts, onChange }: Props) {
  const t = useTranslations('incidents');
  const now = useMinute();
  const people = [...contacts.map(({ id, name }) => ({ value: id, label: name })), { value: NOBODY, label: t('rules.nobodyOnCall') }];
  const change = (at: number, draft: ExceptionDraft) => onChange(drafts.map((each, index) => (index === at ? draft : each)));
  const add = (contact: string | null) => {
    const tomorrow = addDays(localDateAt(now, zone), 1);
    onChange([...drafts, { wholeDays: true, from: tomorrow, to: tomorrow, contact }]);
  };
  const first = contacts[0];
  return (
    <fieldset className={classes.shifts} data-testid="exceptions">
      <legend>{t('rules.exceptionsTitle')}</legend>
      <p className={classes.dim}>{t('rules.exceptionsHint', { zone: zone.split('/').at(-1)?.replaceAll('_', ' ') ?? zone })}</p>
      {drafts.map((draft, at) => {
        const kept = exceptionOf(draft, zone);
        const past = typeof kept !== 'string' && Date.parse(kept.to) <= now;
        const type = draft.wholeDays ? 'date' : 'datetime-local';
        const wrong = typeof kept === 'string';
        return (
          <div key={at} className={classes.exception}>
            <TextInput size="xs" type={type} aria-label={t(draft.wholeDays ? 'rules.firstDay' : 'rules.begins')} error={wrong || undefined} value={draft.from} onChange={(event) => change(at, { ...draft, from: event.currentTarget.value })} />
            <TextInput size="xs" type={type} aria-label={t(draft.wholeDays ? 'rules.lastDay' : 'rules.ends')} error={wrong || undefined} value={draft.to} onChange={(event) => change(at, { ...draft, to: event.currentTarget.value })} />
            <Select size="xs" aria-label={t('rules.person')} allowDeselect={false} data={people} value={draft.contact ?? NOBODY} onChange={(value) => { if (value) change(at, { ...draft, contact: value === NOBODY ? null : value }); }} />
            <ActionIcon className={classes.exceptionRemove} variant="subtle" color="gray" aria-label={t('rules.removeException')} onClick={() => onChange(drafts.filter((_, index) => index !== at))}><IconX size={14} /></ActionIcon>
            <Checkbox className={classes.wholeRow} size="xs" label={past ? `${t('rules.wholeDays')} · ${t('rules.exceptionPast')}` : t('rules.wholeDays')} checked={draft.wholeDays} onChange={() => change(at, turned(draft))} />
            {wrong && <small className={`${classes.wholeRow} ${classes.wrong}`} role="alert">{t(`rules.${kept}`, { from: draft.from.replace('T', ' '), to: draft.to.replace('T', ' ') })}</small>}
          </div>
        );
      })}
      <div className={classes.footer}>
        {first && <Button size="compact-xs" variant="default" leftSection={<IconPlus size={13} />} onClick={() => add(first.id)}>{t('rules.addReplacement')}</Button>}
        <Button size="compact-xs" variant="default" leftSection={<IconPlus size={13} />} onClick={() => add(null)}>{t('rules.addHoliday')}</Button>
      </div>
    </fieldset>
  );
}
