'use client';
import { Button, Checkbox, Modal, Select, TextInput } from '@mantine/core';
import { useTranslations } from 'use-intl';
import { useState } from 'react';
import { ADD_PERSON } from '../commands.ts';
import { RefusedNotice } from '../refused-notice.tsx';
import { useAct } from '../use-act.ts';
import { useContacts } from '../use-contacts.ts';
import classes from '../details.module.css';

interface Props { opened: boolean; number: number; known: readonly { name: string }[]; onClose: () => void }

const PARTIES = ['SITE', 'CLIENT', 'VENDOR'] as const;
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

export function PersonModal({ opened, onClose, ...props }: Props) {
  const t = useTranslations('incidents');
  return <Modal opened={opened} onClose={onClose} title={t('people.add')} centered closeButtonProps={{ 'aria-label': t('close') }}>{opened && <PersonForm onClose={onClose} {...props} />}</Modal>;
}

/** Somebody whom the house knows is one choice away. */
function PersonForm({ number, known, onClose }: Omit<Props, 'opened'>) {
  const t = useTranslations('incidents');
  const { busy, refused, run, language } = useAct();
  const contacts = useContacts().filter(({ name }) => known.every((each) => each.name !== name));
  const [form, setForm] = useState<{ name: string; email: string; role: string; party: (typeof PARTIES)[number]; language: 'fr' | 'en'; signs: boolean }>({ name: '', email: '', role: '', party: 'SITE', language: 'fr', signs: false });
  const wrongEmail = form.email !== '' && !EMAIL.test(form.email);
  const choose = (id: string | null) => {
    const contact = contacts.find((each) => each.id === id);
    if (contact) setForm({ name: contact.name, email: contact.email ?? '', role: contact.role, party: contact.party, language: contact.language, signs: contact.signs });
  };
  const send = async () => { if (await run(ADD_PERSON, { number, person: { ...form, email: form.email === '' ? null : form.email }, language })) onClose(); };
  return (
    <form className={classes.form} onSubmit={(event) => { event.preventDefault(); void send(); }}>
      <RefusedNotice reason={refused} />
      {contacts.length > 0 && <Select searchable label={t('people.known')} data={contacts.map(({ id, name, role }) => ({ value: id, label: role === '' ? name : `${name} · ${role}` }))} value={null} onChange={choose} />}
      <TextInput data-autofocus label={t('people.name')} required maxLength={200} value={form.name} onChange={(event) => setForm({ ...form, name: event.currentTarget.value })} />
      <TextInput label={t('people.email')} type="email" value={form.email} error={wrongEmail ? t('people.emailWrong') : undefined} onChange={(event) => setForm({ ...form, email: event.currentTarget.value })} />
      <TextInput label={t('people.role')} maxLength={200} value={form.role} onChange={(event) => setForm({ ...form, role: event.currentTarget.value })} />
      <div className={classes.pair}>
        <Select label={t('people.party')} allowDeselect={false} data={PARTIES.map((party) => ({ value: party, label: t(`party.${party}`) }))} value={form.party} onChange={(value) => { const party = PARTIES.find((each) => each === value); if (party) setForm({ ...form, party }); }} />
        <Select label={t('people.language')} allowDeselect={false} data={(['fr', 'en'] as const).map((each) => ({ value: each, label: t(`language.${each}`) }))} value={form.language} onChange={(value) => setForm({ ...form, language: value === 'en' ? 'en' : 'fr' })} />
      </div>
      <Checkbox label={t('people.signs')} checked={form.signs} onChange={(event) => setForm({ ...form, signs: event.currentTarget.checked })} />
      <div className={classes.footer}>
        <Button variant="default" onClick={onClose}>{t('cancel')}</Button>
        <Button type="submit" loading={busy} disabled={form.name.trim() === '' || wrongEmail}>{t('add')}</Button>
      </div>
    </form>
  );
}
