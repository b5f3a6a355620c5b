'use client';
import { Button, Checkbox, Modal, MultiSelect, NumberInput, Select, Switch, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useTranslations } from 'use-intl';
import { useState } from 'react';
import { Card } from '../../parts/card.tsx';
import { PUT_RULES, type Rule, type RuleSet } from '../catalogue-query.ts';
import classes from '../incidents.module.css';
import { RefusedNotice } from '../refused-notice.tsx';
import { levelOf, SEVERITIES } from '../severity.tsx';
import { useCatalogue } from '../use-catalogue.ts';
import { useSetting } from '../use-setting.ts';
import { HistoryButton } from './history-button.tsx';
import { inputOf, recipientKey, recipientOf, ruleInput, slugFor, withItem, type RuleInput } from './prepare-rules.ts';

const MOMENTS = ['OPENED', 'UNACKNOWLEDGED', 'WARNED', 'BREACHED', 'CONFERENCE', 'CRISIS', 'REPORT_OVERDUE', 'LONG_INTERRUPTION', 'PROGRESS', 'PROGRESS_OVERDUE', 'RESOLVED', 'REOPENED', 'CLOSED', 'ACTION_OVERDUE', 'REX_OVERDUE'] as const satisfies readonly Rule['moment'][];
const PARTIES = ['SITE', 'CLIENT', 'VENDOR'] as const;

/** Who is told what, when, and who next if nothing happens. */
export function ToldRulesCard({ set, onKept }: { set: RuleSet; onKept: () => void }) {
  const t = useTranslations('incidents');
  const { types } = useCatalogue();
  const { busy, refused, put, language } = useSetting();
  const [editing, setEditing] = useState<{ rule: Rule | null } | null>(null);
  const nameOf = useRecipientName(set);
  const turn = async (rule: Rule, on: boolean) => { const input = inputOf(set); if (await put(PUT_RULES, { rules: { ...input, rules: withItem(input.rules, rule.id, { ...ruleInput(rule), on }) }, language })) onKept(); };
  return (
    <Card title={t('rules.told')} aside={<span className={classes.aside}><HistoryButton part="rules" title={t('rules.told')} /><Button size="compact-xs" variant="default" leftSection={<IconPlus size={13} />} onClick={() => setEditing({ rule: null })}>{t('rules.addRule')}</Button></span>}>
      {refused !== null && <div className={classes.body}><RefusedNotice reason={refused} /></div>}
      {set.rules.length === 0 ? <div className={classes.body}><p className={classes.dim}>{t('rules.noRules')}</p></div> : (
        <ul className={classes.rows} data-testid="told-rules">
          {set.rules.map((rule) => (
            <li key={rule.id} data-columns="rule">
              <Switch size="sm" aria-label={t('rules.on', { name: rule.label })} checked={rule.on} disabled={busy} onChange={(event) => void turn(rule, event.currentTarget.checked)} />
              <span><b>{rule.label}</b><small>{t('rules.level', { level: rule.level })}</small></span>
              <span>{t(`rules.moment.${rule.moment}`)}{rule.afterMinutes > 0 && ` · ${t('rules.after', { minutes: rule.afterMinutes })}`}
                <small>{[rule.severities.length === 0 ? t('rules.allSeverities') : rule.severities.map((each) => t(`severity.${each}`)).join(', '), ...(rule.types.length === 0 ? [] : [rule.types.map((slug) => types.find((each) => each.slug === slug)?.label ?? slug).join(', ')])].join(' · ')}</small></span>
              <span>{rule.recipients.length === 0 ? <span className={classes.dim}>{t('rules.nobody')}</span> : rule.recipients.map(nameOf).join(', ')}</span>
              <Button size="compact-xs" variant="default" aria-label={t('rules.change', { name: rule.label })} onClick={() => setEditing({ rule })}>{t('edit')}</Button>
            </li>
          ))}
        </ul>
      )}
      <Modal opened={editing !== null} onClose={() => setEditing(null)} title={editing?.rule ? t('rules.change', { name: editing.rule.label }) : t('rules.addRule')} size="lg" centered closeButtonProps={{ 'aria-label': t('close') }}>{editing && <RuleForm set={set} before={editing.rule} onClose={() => setEditing(null)} onKept={() => { setEditing(null); onKept(); }} />}</Modal>
    </Card>
  );
}

/** A recipient in words. */
function useRecipientName(set: RuleSet): (recipient: Rule['recipients'][number]) => string {
  const t = useTranslations('incidents');
  return ({ kind, contact, party, calendar, webhook }) => {
    switch (kind) {
      case 'CONTACT': return set.contacts.find(({ id }) => id === contact)?.name ?? t('rules.nobody');
      case 'PARTY': return t('rules.recipient.party', { party: t(`party.${party ?? 'SITE'}`) });
      case 'ON_CALL': return t('rules.recipient.onCall', { calendar: set.onCall.find(({ id }) => id === calendar)?.label ?? '' });
      case 'WEBHOOK': return t('rules.recipient.webhook', { name: webhook ?? '' });
      case 'INVOLVED': return t('rules.recipient.INVOLVED');
    }
  };
}

function RuleForm({ set, before, onClose, onKept }: { set: RuleSet; before: Rule | null; onClose: () => void; onKept: () => void }) {
  const t = useTranslations('incidents');
  const { types } = useCatalogue();
  const { busy, refused, put, language } = useSetting();
  const nameOf = useRecipientName(set);
  const [form, setForm] = useState<RuleInput>(() => (before ? ruleInput(before) : { id: '', labelFr: '', labelEn: '', on: true, moment: 'OPENED', afterMinutes: 0, level: 1, severities: [], types: [], recipients: [] }));
  const [hooks, setHooks] = useState(() => form.recipients.flatMap(({ webhook }) => (webhook === null ? [] : [webhook])).join(', '));
  const change = (patch: Partial<RuleInput>) => setForm({ ...form, ...patch });
  const choices = ['involved', ...PARTIES.map((party) => `party:${party}`), ...set.onCall.map(({ id }) => `calendar:${id}`), ...set.contacts.map(({ id }) => `contact:${id}`)].flatMap((key) => { const recipient = recipientOf(key); return recipient ? [{ value: key, label: nameOf(recipient) }] : []; });
  const complete = form.labelFr.trim() !== '' && form.labelEn.trim() !== '';
  const send = async (rule: RuleInput | null) => {
    const input = inputOf(set);
    const id = before?.id ?? slugFor(form.labelEn, set.rules.map((each) => each.id));
    if (await put(PUT_RULES, { rules: { ...input, rules: withItem(input.rules, id, rule && { ...rule, id }) }, language })) onKept();
  };
  const whole = (): RuleInput => ({ ...form, recipients: [...form.recipients.filter(({ kind }) => kind !== 'WEBHOOK'), ...hooks.split(',').flatMap((name) => recipientOf(`webhook:${name.trim()}`) ?? [])] });
  return (
    <form className={classes.form} onSubmit={(event) => { event.preventDefault(); void send(whole()); }}>
      <RefusedNotice reason={refused} />
      <div className={classes.pair}>
        <TextInput data-autofocus required label={t('catalogue.nameFr')} maxLength={200} value={form.labelFr} onChange={(event) => change({ labelFr: event.currentTarget.value })} />
        <TextInput required label={t('catalogue.nameEn')} maxLength={200} value={form.labelEn} onChange={(event) => change({ labelEn: event.currentTarget.value })} />
        <Select label={t('rules.momentLabel')} allowDeselect={false} data={MOMENTS.map((moment) => ({ value: moment, label: t(`rules.moment.${moment}`) }))} value={form.moment} onChange={(text) => { const moment = MOMENTS.find((each) => each === text); if (moment) change({ moment }); }} />
        <NumberInput label={t('rules.afterLabel')} description={t('rules.afterHint')} min={0} max={100_000} value={form.afterMinutes} onChange={(value) => { if (typeof value === 'number') change({ afterMinutes: value }); }} />
        <MultiSelect label={t('rules.severitiesLabel')} data={SEVERITIES.map((each) => ({ value: each, label: `${levelOf(each)} · ${t(`severity.${each}`)}` }))} value={[...form.severities]} onChange={(values) => change({ severities: SEVERITIES.filter((each) => values.includes(each)) })} />
        <NumberInput label={t('rules.levelLabel')} min={1} max={9} allowDecimal={false} value={form.level} onChange={(value) => { if (typeof value === 'number') change({ level: value }); }} />
      </div>
      <MultiSelect searchable label={t('rules.typesLabel')} data={types.map(({ slug, label }) => ({ value: slug, label }))} value={[...form.types]} onChange={(values) => change({ types: values })} />
      <MultiSelect searchable label={t('rules.recipientsLabel')} data={choices} value={form.recipients.filter(({ kind }) => kind !== 'WEBHOOK').map(recipientKey)} onChange={(keys) => change({ recipients: [...keys.flatMap((key) => recipientOf(key) ?? []), ...form.recipients.filter(({ kind }) => kind === 'WEBHOOK')] })} />
      <TextInput label={t('rules.webhookLabel')} value={hooks} onChange={(event) => setHooks(event.currentTarget.value)} />
      <Checkbox label={t('rules.onRule')} checked={form.on} onChange={(event) => change({ on: event.currentTarget.checked })} />
      <div className={classes.footer}>
        {before && <Button variant="subtle" color="gray" disabled={busy} onClick={() => void send(null)}>{t('rules.remove')}</Button>}
        <Button variant="default" onClick={onClose}>{t('cancel')}</Button><Button type="submit" loading={busy} disabled={!complete}>{t('save')}</Button>
      </div>
    </form>
  );
}
