'use client';
import { Button } from '@mantine/core';
import { IconDownload, IconPlayerPause, IconPlayerPlay, IconTrash } from '@tabler/icons-react';
import { useLocale, useTranslations } from 'use-intl';
import { useState } from 'react';
import { useClient, useQuery } from 'urql';
import { useFormats } from '../format/use-formats.ts';
import { problemOf } from '../graphql/problem-of.ts';
import { NoAnswer, Notice, Skeleton } from '../parts/states.tsx';
import { CALL_FILE, DELETE_FILE, PAUSE_FILE, type CallFile } from './call-files-query.ts';
import classes from './call-files.module.css';
import { Reasons } from './reasons.tsx';

const RESULTS = ['passed', 'nuisance', 'machine', 'busy', 'invalid', 'no-answer', 'cancelled', 'interrupted'] as const;

/** Why rows were rejected, what attempts came to, and what may be done with the file. */
export function FileDetails({ file: { id, status, rejected, attempted }, look }: { file: CallFile; look: () => void }) {
  const t = useTranslations('callFiles');
  const language = useLocale() === 'fr' ? 'fr' : 'en';
  const formats = useFormats();
  const client = useClient();
  const [{ data, error }, ask] = useQuery({ query: CALL_FILE, variables: { id, language }, requestPolicy: 'network-only' });
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<string | null>(null);
  const details = data?.callFile;
  const problem = details ? null : problemOf(error);
  const run = async (work: () => Promise<string | null>) => {
    setBusy(true);
    setFailed(await work());
    setBusy(false);
    look();
  };
  const pause = () => run(async () => ((await client.mutation(PAUSE_FILE, { id, paused: status !== 'PAUSED' }).toPromise()).data?.result ? null : t('notDone')));
  const remove = () => run(async () => {
    const { data: answer } = await client.mutation(DELETE_FILE, { id }).toPromise();
    setAsking(false);
    return answer?.result.__typename === 'CommandDone' ? null : t(answer?.result.__typename === 'CommandRefused' && answer.result.code === 'dialed' ? 'wasDialed' : 'notDone');
  });
  const resultName = (result: string) => { const known = RESULTS.find((each) => each === result); return known ? t(`result.${known}`) : result; };
  const settled = status === 'READY' || status === 'PAUSED';
  return (
    <div id={`file-${id}`} className={classes.details} data-testid="file-details">
      {failed !== null && <Notice kind="bad" assertive>{failed}</Notice>}
      <div className={classes.detailsActions}>
        {rejected > 0 && <Button component="a" size="xs" variant="default" href={`/files/rejected/${id}?language=${language}`} download leftSection={<IconDownload size={14} />}>{t('download')}</Button>}
        {settled && <Button size="xs" variant="default" disabled={busy} leftSection={status === 'PAUSED' ? <IconPlayerPlay size={14} /> : <IconPlayerPause size={14} />} onClick={() => void pause()}>{t(status === 'PAUSED' ? 'resume' : 'pause')}</Button>}
        {settled && attempted === 0 && (asking
          ? <><span>{t('deleteSure')}</span><Button size="xs" color="red" disabled={busy} onClick={() => void remove()}>{t('deleteNow')}</Button><Button size="xs" variant="default" onClick={() => setAsking(false)}>{t('cancel')}</Button></>
          : <Button size="xs" variant="subtle" color="gray" leftSection={<IconTrash size={14} />} onClick={() => setAsking(true)}>{t('delete')}</Button>)}
      </div>
      {problem ? <NoAnswer problem={problem} retry={() => ask({ requestPolicy: 'network-only' })} /> : !details ? <Skeleton height={60} /> : (
        <div className={classes.two}>
          {details.reasons.length > 0 ? <Reasons reasons={details.reasons} title={t('whyRejected')} /> : <p className={classes.dim}>{t('noneRejected')}</p>}
          {details.results.length > 0 ? (
            <div className={classes.reasons}>
              <h3>{t('attempts')}</h3>
              <ul>{details.results.map(({ result, attempts }) => <li key={result}><b>{formats.count(attempts)}</b><span>{resultName(result)}</span></li>)}</ul>
            </div>
          ) : <p className={classes.dim}>{t('neverDialed')}</p>}
        </div>
      )}
    </div>
  );
}
