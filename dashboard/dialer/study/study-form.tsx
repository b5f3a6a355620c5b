'use client';
import { Button, Checkbox, NumberInput } from '@mantine/core';
import { IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react';
import { useTranslations } from 'use-intl';
import { useState } from 'react';
import { allows, RULES, STUDY_MODES, type NumberField, type StudyQuestion } from './question.ts';
import classes from './study.module.css';

const FIELDS: [NumberField, string | undefined][] = [['contacts', undefined], ['agents', undefined], ['answerPercent', ' %'], ['limitPercent', ' %'], ['talkSeconds', ' s'], ['wrapupSeconds', ' s'], ['seed', undefined]];
const LABELS = { contacts: 'contacts', agents: 'agents', answerPercent: 'answers', limitPercent: 'limit', talkSeconds: 'talk', wrapupSeconds: 'wrapup', seed: 'seed' } as const;

interface Props { question: StudyQuestion; running: boolean; onRun: (question: StudyQuestion) => void; onStop: () => void }

/** The campaign to be lived, and the modes under which it is. */
export function StudyForm({ question, running, onRun, onStop }: Props) {
  const t = useTranslations('dialer.study');
  const [form, setForm] = useState<Record<NumberField, number | string>>(question);
  const [modes, setModes] = useState(question.modes);
  const wrong = FIELDS.filter(([field]) => !allows(field, form[field])).map(([field]) => field);
  const number = (field: NumberField) => Number(form[field]);
  const run = () => onRun({
    contacts: number('contacts'), agents: number('agents'), answerPercent: number('answerPercent'), limitPercent: number('limitPercent'), talkSeconds: number('talkSeconds'), wrapupSeconds: number('wrapupSeconds'), seed: number('seed'),
    modes: STUDY_MODES.filter((mode) => modes.includes(mode)),
  });
  return (
    <form className={classes.form} onSubmit={(event) => { event.preventDefault(); if (wrong.length === 0 && modes.length > 0) run(); }}>
      <div className={classes.fields}>
        {FIELDS.map(([field, suffix]) => {
          const { least, most, whole } = RULES[field];
          return <NumberInput key={field} label={t(LABELS[field])} value={form[field]} onChange={(value) => setForm({ ...form, [field]: value })} min={least} max={most} allowDecimal={!whole} allowNegative={false} thousandSeparator={field === 'seed' ? undefined : ' '} hideControls {...(suffix ? { suffix } : {})} error={wrong.includes(field) ? t('range', { least, most }) : undefined} />;
        })}
      </div>
      <Checkbox.Group label={t('modes')} value={modes} onChange={(chosen) => setModes(STUDY_MODES.filter((mode) => chosen.includes(mode)))} error={modes.length === 0 ? t('noModes') : undefined}>
        <div className={classes.modes}>{STUDY_MODES.map((mode) => <Checkbox key={mode} size="xs" value={mode} label={t(`mode.${mode}`)} />)}</div>
      </Checkbox.Group>
      <div className={classes.actions}>
        <Button type="submit" disabled={wrong.length > 0 || modes.length === 0 || running} leftSection={<IconPlayerPlay size={14} />}>{t('run')}</Button>
        {running && <Button variant="default" leftSection={<IconPlayerStop size={14} />} onClick={onStop}>{t('stop')}</Button>}
      </div>
    </form>
  );
}
