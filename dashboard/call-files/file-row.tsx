'use client';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useTranslations } from 'use-intl';
import { useFormats } from '../format/use-formats.ts';
import { Explain } from '../parts/explain.tsx';
import { color } from '../theme/tokens.ts';
import type { CallFile } from './call-files-query.ts';
import classes from './call-files.module.css';
import { FileDetails } from './file-details.tsx';
import { prepareSegments } from './prepare-files.ts';

interface Props { file: CallFile; campaign: string; opened: boolean; onToggle: () => void; look: () => void }

export function FileRow({ file, campaign, opened, onToggle, look }: Props) {
  const t = useTranslations('callFiles');
  const formats = useFormats();
  const { id, name, status, accepted, rejected, attempted, reached, penetration, loadedAt } = file;
  const segments = prepareSegments(file);
  const inWords = segments.map(({ state, count, share }) => `${t(`state.${state}`)} ${formats.count(count)} (${formats.percent(share)})`).join(', ');
  const shown = status === 'PAUSED' ? t('status.paused') : status === 'READY' ? null : t('status.loading');
  const Chevron = opened ? IconChevronDown : IconChevronRight;
  return (
    <li data-testid="call-file">
      <div className={classes.file}>
        <button type="button" className={classes.name} aria-expanded={opened} aria-controls={`file-${id}`} onClick={onToggle}>
          <Chevron size={15} aria-hidden />
          <span><b>{name}</b>{shown !== null && <em>{shown}</em>}<small>{campaign} · {formats.dateTime(loadedAt)}</small></span>
        </button>
        <div className={classes.standing}>
          <div className={classes.bar} role="img" aria-label={inWords === '' ? t('noContacts') : inWords}>{segments.map(({ state, count, token }) => <i key={state} style={{ flexGrow: count, background: state === 'new' ? undefined : color(token) }} data-state={state} title={`${t(`state.${state}`)} ${formats.count(count)}`} />)}</div>
          <span className={classes.counts} aria-hidden>{segments.map(({ state, count }) => <span key={state}>{t(`state.${state}`)} <b>{formats.count(count)}</b></span>)}</span>
        </div>
        <dl className={classes.figures}>
          <div><dt>{t('penetration.name')}</dt><dd><Explain name={t('penetration.name')} formula={t('penetration.formula')} over={t('penetration.over', { attempted: formats.count(attempted), accepted: formats.count(accepted) })}><span tabIndex={0}>{formats.percent(penetration)}</span></Explain></dd></div>
          <div><dt>{t('reached')}</dt><dd>{formats.percent(accepted === 0 ? null : reached / accepted)}</dd></div>
          <div><dt>{t('contacts')}</dt><dd>{formats.count(accepted)}</dd></div>
          <div><dt>{t('rejected')}</dt><dd>{formats.count(rejected)}</dd></div>
        </dl>
      </div>
      {opened && <FileDetails file={file} look={look} />}
    </li>
  );
}
