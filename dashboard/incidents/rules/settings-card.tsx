'use client';
import { Button, NumberInput, TextInput } from '@mantine/core';
import { useTranslations } from 'use-intl';
import { useState } from 'react';
import { Card } from '../../parts/card.tsx';
import { PUT_SETTINGS, type Settings } from '../catalogue-query.ts';
import classes from '../incidents.module.css';
import { RefusedNotice } from '../refused-notice.tsx';
import { useSetting } from '../use-setting.ts';
import { parseShares } from './prepare-rules.ts';

const NUMBERS = ['conferenceMinutes', 'conferenceStartsAfterMinutes', 'conferenceLastsMinutes', 'crisisMinutes', 'reportMinutes', 'reportReminderMinutes', 'rexDays', 'signatureDays', 'signatureReminders', 'signatureReminderDays', 'progressHours'] as const satisfies readonly (keyof Settings)[];

/** The times of the procedure; the agreement with the client says most of them. */
export function SettingsCard({ settings, onKept }: { settings: Settings; onKept: () => void }) {
  const t = useTranslations('incidents');
  const { busy, refused, put, language } = useSetting();
  const [form, setForm] = useState(settings);
  const [shares, setShares] = useState(() => settings.warnShares.map((share) => Math.round(share * 100)).join(', '));
  const warnShares = parseShares(shares);
  const dirty = warnShares === null || JSON.stringify({ ...form, warnShares }) !== JSON.stringify(settings);
  const keep = async () => { if (warnShares && await put(PUT_SETTINGS, { settings: { ...form, warnShares }, language })) onKept(); };
  return (
    <Card title={t('rules.times')}>
      <form className={classes.body} onSubmit={(event) => { event.preventDefault(); void keep(); }}>
        <RefusedNotice reason={refused} />
        <div className={classes.settings}>
          <TextInput label={t('rules.setting.warnShares')} value={shares} error={warnShares === null ? t('rules.warnWrong') : undefined} onChange={(event) => setShares(event.currentTarget.value)} />
          <TextInput label={t('rules.setting.conferencePlace')} maxLength={500} value={form.conferencePlace} onChange={(event) => setForm({ ...form, conferencePlace: event.currentTarget.value })} />
          {NUMBERS.map((name) => <NumberInput key={name} label={t(`rules.setting.${name}`)} min={0} value={form[name]} onChange={(value) => { if (typeof value === 'number') setForm({ ...form, [name]: value }); }} />)}
        </div>
        <div className={classes.footer}><Button type="submit" loading={busy} disabled={!dirty || warnShares === null}>{t('save')}</Button></div>
      </form>
    </Card>
  );
}
