'use client';
import { Button, Modal, NumberInput, Switch, TextInput } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconEyeOff, IconHourglass, IconMinus, IconPower } from '@tabler/icons-react';
import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { useState } from 'react';
import { useFormats } from '../../format/use-formats.ts';
import { Card } from '../../parts/card.tsx';
import { Empty } from '../../parts/states.tsx';
import { useShared } from '../../url/use-shared.ts';
import { PUT_DETECTOR, type Detector } from '../catalogue-query.ts';
import classes from '../incidents.module.css';
import { RefusedNotice } from '../refused-notice.tsx';
import { useCatalogue } from '../use-catalogue.ts';
import { useSetting } from '../use-setting.ts';
import { changedParameters, valueIn, type ParameterValue } from './prepare-parameters.ts';

const GLYPHS = { QUIET: IconCircleCheck, SEEN: IconAlertTriangle, BLIND: IconEyeOff, UNSEEN: IconMinus, WAITING: IconHourglass, OFF: IconPower } as const;

/** What watches the platform and opens incidents: on or off, tuned, and what each sees now. */
export function DetectorsCard({ detectors, onKept }: { detectors: readonly Detector[]; onKept: () => void }) {
  const t = useTranslations('incidents');
  const formats = useFormats();
  const shared = useShared();
  const { types } = useCatalogue();
  const { busy, refused, put, language } = useSetting();
  const [tuning, setTuning] = useState<Detector | null>(null);
  const turn = async (detector: Detector, on: boolean) => { if (await put(PUT_DETECTOR, { detector: { detector: detector.detector, version: detector.version, on, parameters: changedParameters(detector.parameters, {}) }, language })) onKept(); };
  return (
    <Card title={t('rules.detectors')}>
      {refused !== null && <div className={classes.body}><RefusedNotice reason={refused} /></div>}
      {detectors.length === 0 ? <Empty title={t('rules.noDetectors')} hint={t('rules.noDetectorsHint')} /> : (
        <ul className={classes.rows} data-testid="detectors">
          {detectors.map((each) => {
            const Glyph = GLYPHS[each.state];
            return (
              <li key={each.detector} data-columns="detector">
                <Switch size="sm" aria-label={t('rules.on', { name: each.label })} checked={each.on} disabled={busy} onChange={(event) => void turn(each, event.currentTarget.checked)} />
                <span><b>{each.label}</b><small>{t('rules.opens', { type: types.find(({ slug }) => slug === each.type)?.label ?? each.type })}</small></span>
                <span className={classes.detectorState} data-state={each.state}><Glyph size={15} stroke={1.8} aria-hidden /><span>{t(`rules.detectorState.${each.state}`)}{each.incident !== null && <> · <Link href={`/incidents/${each.incident}${shared}`} prefetch={false}>{t('number', { number: each.incident })}</Link></>}<small>{[each.reason === null ? each.text ?? '' : t(`rules.reason.${each.reason.code}`, { minutes: each.reason.minutes ?? 0, path: each.reason.path ?? '' }), each.checkedAt === null ? '' : t('rules.checkedAt', { time: formats.time(each.checkedAt) })].filter((part) => part !== '').join(' · ')}</small>{each.failure !== null && <details><summary>{t('rules.failure')}</summary><q lang="en">{each.failure}</q></details>}</span></span>
                {each.parameters.length > 0 && <Button size="compact-xs" variant="default" onClick={() => setTuning(each)}>{t('rules.tune')}</Button>}
              </li>
            );
          })}
        </ul>
      )}
      <Modal opened={tuning !== null} onClose={() => setTuning(null)} title={tuning ? t('rules.tuneOf', { name: tuning.label }) : ''} centered closeButtonProps={{ 'aria-label': t('close') }}>{tuning && <TuneForm detector={tuning} onClose={() => setTuning(null)} onKept={() => { setTuning(null); onKept(); }} />}</Modal>
    </Card>
  );
}

function TuneForm({ detector, onClose, onKept }: { detector: Detector; onClose: () => void; onKept: () => void }) {
  const t = useTranslations('incidents');
  const { busy, refused, put, language } = useSetting();
  const [changed, setChanged] = useState<Record<string, ParameterValue>>({});
  const send = async () => { if (await put(PUT_DETECTOR, { detector: { detector: detector.detector, version: detector.version, on: detector.on, parameters: changedParameters(detector.parameters, changed) }, language })) onKept(); };
  return (
    <form className={classes.form} onSubmit={(event) => { event.preventDefault(); void send(); }}>
      <RefusedNotice reason={refused} />
      {detector.parameters.map(({ name, label, unit, value, usual }) => {
        const shown = valueIn(changed[name] === undefined ? value : changed[name]);
        const hint = t('rules.usual', { value: `${String(valueIn(usual) ?? '–')}${unit === '' ? '' : ` ${unit}`}` });
        const set = (next: ParameterValue) => setChanged({ ...changed, [name]: next });
        if (typeof shown === 'boolean') return <Switch key={name} label={label} description={hint} checked={shown} onChange={(event) => set(event.currentTarget.checked)} />;
        if (typeof shown === 'string') return <TextInput key={name} label={label} description={hint} value={shown} onChange={(event) => set(event.currentTarget.value)} />;
        return <NumberInput key={name} label={label} description={hint} suffix={unit === '' ? '' : ` ${unit}`} value={shown ?? ''} onChange={(next) => set(typeof next === 'number' ? next : null)} />;
      })}
      <div className={classes.footer}><Button variant="default" onClick={onClose}>{t('cancel')}</Button><Button type="submit" loading={busy} disabled={Object.keys(changed).length === 0}>{t('save')}</Button></div>
    </form>
  );
}
