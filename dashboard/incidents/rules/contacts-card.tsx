'use client';
import { Button, Checkbox, Modal, Select, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useTranslations } from 'use-intl';
import { useState } from 'react';
import { Card } from '../../parts/card.tsx';
import { PUT_RULES, type Contact, type RuleSet } from '../catalogue-query.ts';
import classes from '../incidents.module.css';
import { useReference } from '../../url/use-reference.ts';
import { RefusedNotice } from '../refused-notice.tsx';
import { useSetting } from '../use-setting.ts';
import { HistoryButton } from './history-button.tsx';
import { inputOf, newId, withItem, withoutContact } from './prepare-rules.ts';

const PARTIES = ['SITE', 'CLIENT', 'VENDOR'] as const;
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** People whom the house knows: whom rules tell, who sits in conferences and cells. */
export function ContactsCard({ set, onKept }: { set: RuleSet; onKept: () => void }) {
  const t = useTranslations('incidents');
  const { tenants } = useReference().reference;
  const clientName = (tenant: string) => tenants.find(({ id }) => id === tenant)?.name ?? tenant;
  const [editing, setEditing] = useState<{ contact: Contact | null } | null>(null);
  return (
    <Card title={t('rules.contacts')} aside={<span className={classes.aside}><HistoryButton part="contacts" title={t('rules.contacts')} /><Button size="compact-xs" variant="default" leftSection={<IconPlus size={13} />} onClick={() => setEditing({ contact: null })}>{t('rules.addContact')}</Button></span>}>
      {set.contacts.length === 0 ? <div className={classes.body}><p className={classes.dim}>{t('rules.noContacts')}</p></div> : (
        <ul className={classes.rows} data-testid="contacts">
          {set.contacts.map((contact) => (
            <li key={contact.id} data-columns="contact">
              <span><b>{contact.name}</b> <span className={classes.dim}>{t(`party.${contact.party}`)}{contact.role !== '' && ` · ${contact.role}`}</span>
                <small>{[contact.tenant === null ? '' : clientName(contact.tenant), contact.email ?? '', contact.phone, contact.conference ? t('rules.conferenceShort') : '', contact.crisis ? t('rules.crisisShort') : '', contact.signs ? t('people.signer') : ''].filter((part) => part !== '').join(' · ')}</small></span>
              <Button size="compact-xs" variant="default" aria-label={t('rules.changeContact', { name: contact.name })} onClick={() => setEditing({ contact })}>{t('edit')}</Button>
            </li>
          ))}
        </ul>
      )}
      <Modal opened={editing !== null} onClose={() => setEditing(null)} title={editing?.contact ? t('rules.changeContact', { name: editing.contact.name }) : t('rules.addContact')} centered closeButtonProps={{ 'aria-label': t('close') }}>{editing && <ContactForm set={set} before={editing.contact} onClose={() => setEditing(null)} onKept={() => { setEditing(null); onKept(); }} />}</Modal>
    </Card>
  );
}

function ContactForm({ set, before, onClose, onKept }: { set: RuleSet; before: Contact | null; onClose: () => void; onKept: () => void }) {
  const t = useTranslations('incidents');
  const { busy, refused, put, language } = useSetting();
  const { tenants: clients } = useReference().reference;
  const [form, setForm] = useState<Contact>(() => before ?? { id: newId(), name: '', email: null, party: 'SITE', role: '', language: 'fr', phone: '', tenant: null, signs: false, conference: false, crisis: false });
  const change = (patch: Partial<Contact>) => setForm({ ...form, ...patch });
  const wrongEmail = form.email !== null && !EMAIL.test(form.email);
  const keep = async (remove: boolean) => {
    const input = inputOf(set);
    const rules = remove ? withoutContact(input, form.id) : { ...input, contacts: withItem(input.contacts, form.id, { ...form, name: form.name.trim() }) };
    if (await put(PUT_RULES, { rules, language })) onKept();
  };
  return (
    <form className={classes.form} onSubmit={(event) => { event.preventDefault(); void keep(false); }}>
      <RefusedNotice reason={refused} />
      <TextInput data-autofocus required label={t('people.name')} maxLength={200} value={form.name} onChange={(event) => change({ name: event.currentTarget.value })} />
      <div className={classes.pair}>
        <TextInput type="email" label={t('people.email')} value={form.email ?? ''} error={wrongEmail ? t('people.emailWrong') : undefined} onChange={(event) => change({ email: event.currentTarget.value === '' ? null : event.currentTarget.value })} />
        <TextInput type="tel" label={t('rules.phone')} maxLength={50} value={form.phone} onChange={(event) => change({ phone: event.currentTarget.value })} />
        <Select label={t('people.party')} allowDeselect={false} data={PARTIES.map((party) => ({ value: party, label: t(`party.${party}`) }))} value={form.party} onChange={(value) => { const party = PARTIES.find((each) => each === value); if (party) change({ party, tenant: party === 'CLIENT' ? form.tenant : null }); }} />
        <TextInput label={t('people.role')} maxLength={200} value={form.role} onChange={(event) => change({ role: event.currentTarget.value })} />
      </div>
      {form.party === 'CLIENT' && <Select label={t('rules.ofClient')} description={t('rules.ofClientHint')} clearable placeholder={t('rules.anyClient')} data={clients.map(({ id, name }) => ({ value: id, label: name }))} value={form.tenant} onChange={(tenant) => change({ tenant })} />}
      <Select label={t('people.language')} allowDeselect={false} data={(['fr', 'en'] as const).map((each) => ({ value: each, label: t(`language.${each}`) }))} value={form.language} onChange={(value) => change({ language: value === 'en' ? 'en' : 'fr' })} />
      <Checkbox label={t('rules.inConference')} checked={form.conference} onChange={(event) => change({ conference: event.currentTarget.checked })} />
      <Checkbox label={t('rules.inCrisis')} checked={form.crisis} onChange={(event) => change({ crisis: event.currentTarget.checked })} />
      <Checkbox label={t('people.signs')} checked={form.signs} onChange={(event) => change({ signs: event.currentTarget.checked })} />
      <div className={classes.footer}>
        {before && <Button variant="subtle" color="gray" disabled={busy} onClick={() => void keep(true)}>{t('rules.removeContact')}</Button>}
        <Button variant="default" onClick={onClose}>{t('cancel')}</Button><Button type="submit" loading={busy} disabled={form.name.trim() === '' || wrongEmail}>{t('save')}</Button>
      </div>
    </form>
  );
}
