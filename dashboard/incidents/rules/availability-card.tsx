'use client';
import { Button, Modal, TextInput } from '@mantine/core';
import { useTranslations } from 'use-intl';
import { useState } from 'react';
import { useFormats } from '../../format/use-formats.ts';
import { Card } from '../../parts/card.tsx';
import { PUT_SETTINGS, type Availability, type Component, type Settings } from '../catalogue-query.ts';
import classes from '../incidents.module.css';
import { RefusedNotice } from '../refused-notice.tsx';
import { useSetting } from '../use-setting.ts';
import { HistoryButton } from './history-button.tsx';
import { allowedSpan, parseTarget, targetText, writtenTargets } from './prepare-targets.ts';

interface Props { settings: Settings; availability: Availability; components: readonly Component[]; onKept: () => void }

/** How much of the time each component is meant to be there, and how long it may be away in a month. */
export function AvailabilityCard(props: Props) {
  const { availability: { usual, set }, components } = props;
  const t = useTranslations('incidents');
  const { locale } = useFormats();
  const [editing, setEditing] = useState(false);
  return (
    <Card title={t('rules.availability')} aside={<span className={classes.aside}><span>{t('rules.availabilityAside')}</span><HistoryButton part="availability" title={t('rules.availability')} components={components} /><Button size="compact-xs" variant="default" aria-label={t('rules.changeAvailability')} onClick={() => setEditing(true)}>{t('edit')}</Button></span>}>
      <ul className={classes.targets} data-testid="availability">
        {components.map(({ slug, label }) => {
          const own = set.find(({ component }) => component === slug)?.target;
          return (
            <li key={slug} data-usual={own === undefined || undefined} data-target={own ?? usual}>
              <span>{label}{own === undefined && <small>{t('rules.availabilityUsual')}</small>}</span>
              <b>{t('rules.percent', { value: targetText(own ?? usual, locale) })}</b>
              <span>{allowedSpan(own ?? usual)}</span>
            </li>
          );
        })}
      </ul>
      <Modal opened={editing} onClose={() => setEditing(false)} title={t('rules.changeAvailability')} centered closeButtonProps={{ 'aria-label': t('close') }}>{editing && <TargetsForm {...props} onClose={() => setEditing(false)} onKept={() => { setEditing(false); props.onKept(); }} />}</Modal>
    </Card>
  );
}

function TargetsForm({ settings, availability: { usual, set }, components, onClose, onKept }: Props & { onClose: () => void }) {
  const t = useTranslations('incidents');
  const { locale } = useFormats();
  const { busy, refused, put, language } = useSetting();
  /** Only what was touched here: what another changes meanwhile in the rest stands. */
  const [written, setWritten] = useState<Readonly<Record<string, string>>>({});
  const targets = writtenTargets(set, written, usual);
  const keep = async () => { if (targets && await put(PUT_SETTINGS, { settings: { ...settings, availability: targets }, language })) onKept(); };
  return (
    <form className={classes.form} onSubmit={(event) => { event.preventDefault(); void keep(); }}>
      <RefusedNotice reason={refused} />
      <p className={classes.dim}>{t('rules.availabilityHint', { usual: targetText(usual, locale) })}</p>
      <ul className={classes.targetFields}>
        {components.map(({ slug, label }, at) => {
          const own = set.find(({ component }) => component === slug)?.target;
          const text = written[slug] ?? (own === undefined ? '' : targetText(own, locale));
          const target = parseTarget(text);
          const shown = text.trim().replace(/\s*%$/, '').slice(0, 40);
          return (
            <li key={slug}>
              <label htmlFor={`target-${slug}`}>{label}</label>
              <TextInput id={`target-${slug}`} {...(at === 0 ? { 'data-autofocus': true } : {})} size="xs" inputMode="decimal" maxLength={40} rightSection="%" placeholder={targetText(usual, locale)} value={text}
                error={typeof target === 'string' || undefined} aria-label={t('rules.availabilityOf', { component: label })} aria-describedby={`allowed-${slug}`} onChange={(event) => setWritten({ ...written, [slug]: event.currentTarget.value })} />
              <small id={`allowed-${slug}`} data-wrong={typeof target === 'string' || undefined} role={typeof target === 'string' ? 'alert' : undefined}>{typeof target === 'string' ? t(`rules.${target}`, { value: shown }) : t('rules.availabilityAllowed', { span: allowedSpan(target ?? usual) })}</small>
            </li>
          );
        })}
      </ul>
      <div className={classes.footer}><Button variant="default" onClick={onClose}>{t('cancel')}</Button><Button type="submit" loading={busy} disabled={targets === null || Object.keys(written).length === 0}>{t('save')}</Button></div>
    </form>
  );
}
