'use client';
import { Button, NumberInput, TextInput } from '@mantine/core';
import { useTranslations } from 'use-intl';
import { useState } from 'react';
import { Card } from '../../parts/card.tsx';
import { PUT_SETTINGS, type Settings } from '../catalogue-query.ts';
import classes from '../incidents.module.css';
import { RefusedNotice } from '../refused-notice.tsx';
import { useSetting } from '../use-setting.ts';
import { HistoryButton } from './history-button.tsx';
import { parseShares, stillChanged } from './prepare-rules.ts';

/** With the least and the most that the server takes. */
const NUMBERS = [
  { name: 'conferenceMinutes', min: 1, max: 100_000 }, { name: 'conferenceStartsAfterMinutes', min: 0, max: 1440 }, { name: 'conferenceLastsMinutes', min: 1, max: 100_000 }, { name: 'crisisMinutes', min: 1, max: 100_000 },
  { name: 'reportMinutes', min: 1, max: 100_000 }, { name: 'reportReminderMinutes', min: 0, max: 1440 }, { name: 'rexDays', min: 1, max: 365 }, { name: 'signatureDays', min: 1, max: 365 },
  { name: 'signatureReminders', min: 0, max: 50 }, { name: 'signatureReminderDays', min: 1, max: 365 }, { name: 'progressHours', min: 1, max: 72 },
] as const satisfies readonly { name: keyof Settings; min: number; max: number }[];

/** The times of the procedure; the agreement with the client says most of them. */
export function SettingsCard({ settings, onKept }: { settings: Settings; onKept: () => void }) {
  const t = useTranslations('incidents');
  const { busy, refused, put, language } = useSetting();
  /** Only what was touched here: what another changes meanwhile in the rest stands. */
  const [changed, setChanged] = useState<Partial<Settings>>({});
  const [typed, setTyped] = useState<string | null>(null);
  const [seen, setSeen] = useState(settings.version);
  const shares = typed ?? settings.warnShares.map((share) => Math.round(share * 100)).join(', ');
  const warnShares = parseShares(shares);
  if (settings.version !== seen) {
    setSeen(settings.version);
    setChanged(stillChanged(changed, settings));
    if (JSON.stringify(warnShares) === JSON.stringify(settings.warnShares)) setTyped(null);
  }
  const form = { ...settings, ...changed };
  const setForm = (patch: Partial<Settings>) => setChanged({ ...changed, ...patch });
  const dirty = JSON.stringify({ ...form, warnShares }) !== JSON.stringify(settings);
  const keep = async () => { if (warnShares && await put(PUT_SETTINGS, { settings: { ...form, warnShares }, language })) onKept(); };
  return (
    <Card title={t('rules.times')} aside={<HistoryButton part="times" title={t('rules.times')} />}>
      <form className={classes.body} onSubmit={(event) => { event.preventDefault(); void keep(); }}>
        <RefusedNotice reason={refused} />
        <div className={classes.settings}>
          <TextInput label={t('rules.setting.warnShares')} value={shares} error={warnShares === null ? t('rules.warnWrong') : undefined} onChange={(event) => setTyped(event.currentTarget.value)} />
          <TextInput label={t('rules.setting.conferencePlace')} maxLength={500} value={form.conferencePlace} onChange={(event) => setForm({ conferencePlace: event.currentTarget.value })} />
          {NUMBERS.map(({ name, min, max }) => <NumberInput key={name} label={t(`rules.setting.${name}`)} min={min} max={max} value={form[name]} onChange={(value) => { if (typeof value === 'number') setForm({ [name]: value }); }} />)}
        </div>
        <div className={classes.footer}><Button type="submit" loading={busy} disabled={!dirty || warnShares === null}>{t('save')}</Button></div>
      </form>
    </Card>
  );
}
