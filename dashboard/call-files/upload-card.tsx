'use client';
import { useTranslations } from 'use-intl';
import { useEffect, useRef } from 'react';
import { Card } from '../parts/card.tsx';
import { Empty, NoAnswer, Notice, Skeleton } from '../parts/states.tsx';
import { Button } from '@mantine/core';
import classes from './call-files.module.css';
import { ImportState } from './import-state.tsx';
import { LookAtFile } from './look-at-file.tsx';
import { useUpload } from './use-upload.ts';

interface Props { id: string; campaignName: (did: string) => string; onOver: () => void; onImported: () => void }

/** A file on its way in: first what it holds, then how far its import is. */
export function UploadCard({ id, campaignName, onOver, onImported }: Props) {
  const t = useTranslations('callFiles');
  const state = useUpload(id);
  const { upload, problem, discard, look } = state;
  const heading = useRef<HTMLDivElement>(null);
  const stage = upload?.import?.stage;
  useEffect(() => { if (stage === 'DONE') onImported(); }, [stage, onImported]);
  // Whoever sent the file goes on here, also without a mouse.
  useEffect(() => { heading.current?.focus(); }, []);
  const leave = () => void discard().then(onOver);
  return (
    <div ref={heading} tabIndex={-1} className={classes.focusless}>
      <Card title={upload ? t('fileFor', { name: upload.name, campaign: campaignName(upload.campaign) }) : t('new')}>
        {problem && upload && <div className={classes.pad}><Notice kind="bad" assertive>{t(problem === 'elsewhere' ? 'elsewhere' : 'away')}</Notice></div>}
        {problem && upload === undefined ? <NoAnswer problem={problem} retry={look} />
          : upload === undefined ? <div className={classes.pad}><Skeleton height={320} /></div>
          : upload === null ? <Empty title={t('gone')} hint={t('goneHint')} action={<Button size="xs" variant="default" onClick={onOver}>{t('another')}</Button>} />
          : upload.import ? <ImportState upload={upload} away={problem !== null} onOver={leave} />
          : <LookAtFile upload={upload} state={state} onDiscard={leave} />}
      </Card>
    </div>
  );
}
