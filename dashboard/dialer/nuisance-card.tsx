'use client';
import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { useCallback } from 'react';
import { useQuery } from 'urql';
import { useFormats } from '../format/use-formats.ts';
import { problemOf } from '../graphql/problem-of.ts';
import { Card } from '../parts/card.tsx';
import { Empty, NoAnswer, Skeleton } from '../parts/states.tsx';
import { useLookAgain } from '../parts/use-look-again.ts';
import { useMinute } from '../parts/use-now.ts';
import { addDays, localDateAt } from '../url/local-date.ts';
import { useParams, withPatch } from '../url/use-params.ts';
import { sharedOf } from '../url/use-shared.ts';
import { useZone } from '../url/use-zone.ts';
import classes from './dialer.module.css';
import { EVIDENCE } from './evidence-query.ts';
import { LOOK_MS } from './use-productivity.ts';

const DAYS = 30;

/** The evidence: who answered and got nobody, the newest first, each with its call. */
export function NuisanceCard({ campaign }: { campaign: string }) {
  const t = useTranslations('dialer');
  const formats = useFormats();
  const { text } = useParams();
  const { zone, loaded } = useZone();
  const today = localDateAt(useMinute(), zone);
  const [{ data, error }, ask] = useQuery({ query: EVIDENCE, pause: !loaded, variables: { campaign: [campaign], from: addDays(today, 1 - DAYS), to: addDays(today, 1), zone } });
  const look = useCallback(() => ask({ requestPolicy: 'network-only' }), [ask]);
  useLookAgain(look, LOOK_MS, !loaded);
  const problem = problemOf(error);
  const rows = data?.calls.edges.map(({ node }) => node) ?? [];
  return (
    <Card title={t('evidence')} aside={data && <Link href={`/calls${withPatch('', { ...sharedOf(text), range: 'last-30', campaign, direction: 'OUTBOUND', result: 'NUISANCE' })}`} prefetch={false}>{t('evidenceAll', { count: data.calls.totalCount })}</Link>}>
      {problem && !data ? <NoAnswer problem={problem} retry={look} /> : !data ? <div className={classes.body}><Skeleton height={120} /></div> : rows.length === 0 ? <Empty title={t('noEvidence')} hint={t('noEvidenceHint')} /> : (
        <div className={classes.scroller} tabIndex={0} role="region" aria-label={t('evidence')}>
          <table className={classes.table} data-testid="evidence">
            <thead><tr><th scope="col">{t('when')}</th><th scope="col" data-text>{t('number')}</th><th scope="col">{t('waited')}</th><th scope="col">{t('message')}</th></tr></thead>
            <tbody>{rows.map((call) => (
              <tr key={call.callId}><th scope="row"><Link href={`/calls/${call.tenant}/${call.callId}`} prefetch={false}>{formats.dateTime(call.startedAt)}</Link></th><td data-text>{call.dialed || '–'}</td><td>{call.waitSeconds === null ? '–' : t('seconds', { value: formats.decimal(call.waitSeconds) })}</td><td>{t(call.messagePlayed ? 'played' : 'notPlayed')}</td></tr>
            ))}</tbody>
          </table>
        </div>
      )}
    </Card>
  );
}
