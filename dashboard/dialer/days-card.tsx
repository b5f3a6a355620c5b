'use client';
import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { useCallback, useMemo } from 'react';
import { useQuery } from 'urql';
import { useFormats } from '../format/use-formats.ts';
import { problemOf } from '../graphql/problem-of.ts';
import { keyLabel } from '../kpi/labels.ts';
import { Card } from '../parts/card.tsx';
import { Mark } from '../parts/mark.tsx';
import { Empty, NoAnswer, Skeleton } from '../parts/states.tsx';
import { useLookAgain } from '../parts/use-look-again.ts';
import { useMinute } from '../parts/use-now.ts';
import { addDays, localDateAt } from '../url/local-date.ts';
import { useParams, withPatch } from '../url/use-params.ts';
import { useReference } from '../url/use-reference.ts';
import { sharedOf } from '../url/use-shared.ts';
import { useZone } from '../url/use-zone.ts';
import classes from './dialer.module.css';
import { MeasureHead, MeasureValue } from './measure-cells.tsx';
import { DAY_COLUMNS, prepareDays } from './prepare-days.ts';
import { PRODUCTIVITY } from './productivity-query.ts';
import { LOOK_MS } from './use-productivity.ts';

const DAYS = 30;

/** What a month of days came to: before and after a change of mode or limits stand in one table. */
export function DaysCard({ campaign, limit }: { campaign: string; limit: number }) {
  const t = useTranslations('dialer');
  const formats = useFormats();
  const { text } = useParams();
  const { zone, loaded } = useZone();
  const { measure, reference: { measures } } = useReference();
  const today = localDateAt(useMinute(), zone);
  const columns = useMemo(() => DAY_COLUMNS.filter((id) => measures.some((each) => each.id === id)), [measures]);
  const asked = loaded && measure('dial-attempts') !== undefined;
  const [{ data, error }, ask] = useQuery({ query: PRODUCTIVITY, pause: !asked, variables: { measures: columns, by: ['day'], from: addDays(today, 1 - DAYS), to: addDays(today, 1), zone, where: [{ dimension: 'campaign' as const, ids: [campaign] }] } });
  const look = useCallback(() => ask({ requestPolicy: 'network-only' }), [ask]);
  useLookAgain(look, LOOK_MS, !asked);
  const answer = data?.kpi.__typename === 'Kpi' ? data.kpi : null;
  const problem = answer ? null : problemOf(error) ?? (data ? 'server' : null);
  const days = useMemo(() => (answer ? prepareDays(answer.rows, columns, limit) : null), [answer, columns, limit]);
  const callsOf = (day: string, result: string | null) => `/calls${withPatch('', { ...sharedOf(text), range: `${day}..${day}`, campaign, direction: 'OUTBOUND', result })}`;
  return (
    <Card title={t('days')} aside={t('daysAside')}>
      {problem ? <NoAnswer problem={problem} retry={look} /> : !days ? <div className={classes.body}><Skeleton height={160} /></div> : days.length === 0 ? <Empty title={t('noDays')} hint={t('noDaysHint')} /> : (
        <div className={classes.scroller} tabIndex={0} role="region" aria-label={t('days')}>
          <table className={classes.table} data-testid="days">
            <thead><tr><th scope="col">{t('day')}</th>{columns.map((id) => <MeasureHead key={id} id={id} over={t('over.campaignDays')} />)}</tr></thead>
            <tbody>{days.map(({ key, values, verdict }) => (
              <tr key={key.value}>
                <th scope="row"><Link href={callsOf(key.value, null)} prefetch={false}>{keyLabel(key, formats)}</Link></th>
                {columns.map((id) => (
                  id === 'nuisance-calls' && (values.get(id) ?? 0) > 0 ? <td key={id}><Link href={callsOf(key.value, 'NUISANCE')} prefetch={false}>{formats.count(values.get(id))}</Link></td>
                    : id === 'nuisance-rate' ? <td key={id} data-verdict={verdict}><Mark verdict={verdict} label={t('overLimit')} /> {formats.finePercent(values.get(id))}</td>
                    : <MeasureValue key={id} id={id} value={values.get(id) ?? null} />
                ))}
              </tr>
            ))}</tbody>
          </table>
        </div>
      )}
    </Card>
  );
}
