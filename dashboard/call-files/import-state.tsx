'use client';
import { Button, Progress } from '@mantine/core';
import { IconDownload, IconPhoneOutgoing, IconPlayerStop } from '@tabler/icons-react';
import Link from 'next/link';
import { useLocale, useTranslations } from 'use-intl';
import { Notice } from '../parts/states.tsx';
import type { Upload } from './call-files-query.ts';
import { useShared } from '../url/use-shared.ts';
import classes from './call-files.module.css';

/** How far the import is, and what came of it. */
export function ImportState({ upload, away, onOver }: { upload: Upload; away: boolean; onOver: () => void }) {
  const t = useTranslations('callFiles');
  const language = useLocale();
  const shared = useShared();
  const { check } = upload;
  if (!upload.import) return null;
  const { stage, rows, file, refusal } = upload.import;
  const running = stage === 'READING' || stage === 'COMPARING';
  // The check has counted the rows; comparing is the last tenth, and says so.
  const share = stage === 'COMPARING' ? 95 : (90 * rows) / Math.max(1, check?.rows ?? 1, rows);
  return (
    <div className={classes.look} data-testid="import">
      <div role="status" aria-live="polite" className={classes.verdict}>
        {stage === 'READING' && <strong>{t('importing', { rows, all: Math.max(check?.rows ?? 0, rows) })}</strong>}
        {stage === 'COMPARING' && <strong>{t('comparing')}</strong>}
        {stage === 'DONE' && file && <strong>{t('imported', { contacts: file.accepted })}</strong>}
        {stage === 'DONE' && file && <span className={classes.dim}>{t('rejectedRows', { rows: file.rejected })}</span>}
      </div>
      {running && <Progress value={share} animated={stage === 'COMPARING'} aria-label={t('progress')} />}
      {stage === 'REFUSED' && <Notice kind="bad" assertive>{t('cannotBeTaken', { reason: refusal?.reason ?? '' })}</Notice>}
      {stage === 'FAILED' && <Notice kind="bad" assertive>{t('importFailed')}</Notice>}
      {running && <div className={classes.actions}><Button variant="default" disabled={away} leftSection={<IconPlayerStop size={15} />} onClick={onOver}>{t('stopImport')}</Button></div>}
      {!running && (
        <div className={classes.actions}>
          {file && file.rejected > 0 && <Button component="a" href={`/files/rejected/${file.id}?language=${language}`} download variant="default" leftSection={<IconDownload size={15} />}>{t('download')}</Button>}
          {file && <Button component={Link} href={`/dialer/${encodeURIComponent(upload.campaign)}${shared}`} prefetch={false} variant="default" leftSection={<IconPhoneOutgoing size={15} />}>{t('toCampaign')}</Button>}
          <Button variant={file ? 'filled' : 'default'} onClick={onOver}>{t('another')}</Button>
        </div>
      )}
    </div>
  );
}
