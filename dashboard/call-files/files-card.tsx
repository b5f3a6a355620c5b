'use client';
import { useTranslations } from 'use-intl';
import { useState } from 'react';
import { Swatch } from '../parts/swatch.tsx';
import type { Problem } from '../graphql/problem-of.ts';
import { Card } from '../parts/card.tsx';
import { Empty, NoAnswer, Notice, Skeleton } from '../parts/states.tsx';
import type { CallFile } from './call-files-query.ts';
import classes from './call-files.module.css';
import { FileRow } from './file-row.tsx';

interface Props { files: CallFile[] | undefined; problem: Problem | null; retry: () => void; campaignName: (did: string) => string }

const LEGEND = [['done', 'ready'], ['inProgress', 'talk'], ['callBack', 'hold'], ['followUp', 'wrapup'], ['exhausted', 'pause'], ['excluded', 'abandoned']] as const;

/** Every file with where its contacts stand, the newest first; one opens to its reasons and results. */
export function FilesCard({ files, problem, retry, campaignName }: Props) {
  const t = useTranslations('callFiles');
  const [open, setOpen] = useState<string | null>(null);
  return (
    <Card title={t('files')} aside={<span className={classes.legend}>{LEGEND.map(([state, token]) => <span key={state}><Swatch token={token} shape="block" />{t(`state.${state}`)}</span>)}<span><i aria-hidden />{t('state.new')}</span></span>}>
      {problem && files && <div className={classes.pad}><Notice kind="bad">{t('stale')}</Notice></div>}
      {problem && !files ? <NoAnswer problem={problem} retry={retry} />
        : !files ? <div className={classes.pad}><Skeleton height={140} /></div>
        : files.length === 0 ? <div data-testid="files"><Empty title={t('noFiles')} hint={t('noFilesHint')} /></div>
        : <ul className={classes.files} data-testid="files" data-stale={problem !== null || undefined}>{files.map((file) => <FileRow key={file.id} file={file} campaign={campaignName(file.campaign)} opened={open === file.id} onToggle={() => setOpen(open === file.id ? null : file.id)} look={retry} />)}</ul>}
    </Card>
  );
}
