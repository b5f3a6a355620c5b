'use client';
import { IconAlertTriangle, IconCheck, IconX } from '@tabler/icons-react';
import Link from 'next/link';
import { useLocale, useTranslations } from 'use-intl';
import { useCallback } from 'react';
import { useQuery } from 'urql';
import { useFormats } from '../format/use-formats.ts';
import { problemOf } from '../graphql/problem-of.ts';
import { Card } from '../parts/card.tsx';
import { Empty, NoAnswer, Notice, Skeleton } from '../parts/states.tsx';
import { useLookAgain } from '../parts/use-look-again.ts';
import { useMinute } from '../parts/use-now.ts';
import { addDays, midnight } from '../url/local-date.ts';
import { useParams } from '../url/use-params.ts';
import { useShared } from '../url/use-shared.ts';
import { useZone } from '../url/use-zone.ts';
import { parseBehind, prepareBehind } from './prepare-behind.ts';
import type { Slice } from './slice.ts';
import classes from './sla.module.css';
import { SLA_INCIDENTS, type SlaIncident } from './sla-query.ts';
import { useNames } from './use-names.ts';

/** Trouble may have been there for so long when the range begins. */
const EARLIER_DAYS = 31;
const LOOK_MS = 60_000;

/** The incidents behind the numbers; what they were narrowed to by a click can be taken off again. */
export function BehindCard({ from, to, over, goBehind }: Slice) {
  const t = useTranslations('sla');
  const formats = useFormats();
  const params = useParams();
  const language = useLocale() === 'fr' ? 'fr' as const : 'en' as const;
  const { zone, loaded } = useZone();
  const now = useMinute();
  const { typeName, componentName } = useNames();
  const behind = parseBehind(params.get);
  const instant = (text: string) => (text.length === 10 ? new Date(midnight(text, zone)).toISOString() : text);
  // What is narrowed to a day or a component may have been detected before the range.
  const first = behind.day !== null || behind.component !== null ? addDays(from.slice(0, 10), -EARLIER_DAYS) : from;
  const [{ data, error }, ask] = useQuery({ query: SLA_INCIDENTS, variables: { language, from: instant(first), to: instant(to) }, pause: !loaded });
  const look = useCallback(() => ask({ requestPolicy: 'network-only' }), [ask]);
  useLookAgain(look, LOOK_MS, !loaded);
  const problem = data ? null : problemOf(error);
  const incidents = data && prepareBehind(data.incidents.incidents, behind, zone, now).filter(({ resolvedAt }) => first === from || resolvedAt === null || Date.parse(resolvedAt) >= Date.parse(instant(from)));
  const narrowed = [behind.type && typeName(behind.type), behind.component && componentName(behind.component), behind.day && formats.localDate(behind.day), behind.outcome && t(behind.outcome === 'breached' ? 'breached' : 'within')].filter((text) => text !== null && text !== '');
  return (
    <div id="behind" tabIndex={-1}>
      <Card title={t('behind')} aside={narrowed.length > 0 ? <button type="button" className={classes.chip} onClick={() => goBehind({})}>{narrowed.join(' · ')}<IconX size={12} aria-label={t('showAll')} /></button> : <span>{over}</span>}>
        {problem ? <NoAnswer problem={problem} retry={look} /> : !incidents ? <div className={classes.body}><Skeleton height={120} /></div>
          : <>{(data?.incidents.before ?? null) !== null && <div className={classes.body}><Notice kind="note">{t('mostRecent', { count: data?.incidents.incidents.length ?? 0 })}</Notice></div>}{incidents.length === 0 ? <Empty title={t('none')} hint={t('noneHint')} /> : <Incidents incidents={incidents} />}</>}
      </Card>
    </div>
  );
}

function Incidents({ incidents }: { incidents: readonly SlaIncident[] }) {
  const t = useTranslations('sla');
  const formats = useFormats();
  const shared = useShared();
  return (
    <div className={classes.scroller}>
      <table className={`${classes.table} ${classes.stacked}`} data-testid="sla-behind">
        <thead><tr><th scope="col">{t('number')}</th><th scope="col">{t('incident')}</th><th scope="col">{t('type')}</th><th scope="col">{t('detected')}</th><th scope="col" data-number>{t('restoredIn')}</th><th scope="col">{t('outcome')}</th></tr></thead>
        <tbody>{incidents.map(({ number, title, typeLabel, detectedAt, resolvedAt, clock }) => (
          <tr key={number}>
            <td className={classes.dim}>{number}</td>
            <th scope="row"><Link href={`/incidents/${number}${shared}`} prefetch={false}>{title}</Link></th>
            <td className={classes.dim}>{typeLabel}</td>
            <td data-label={t('detected')}>{formats.dateTime(detectedAt)}</td>
            <td data-number data-label={resolvedAt === null ? undefined : t('restoredIn')}>{resolvedAt === null ? t('notOver') : formats.value('SECONDS', (Date.parse(resolvedAt) - Date.parse(detectedAt)) / 1000)}</td>
            <td data-verdict={clock.breachedAt === null ? undefined : 'bad'}>{clock.breachedAt !== null ? <><IconAlertTriangle size={14} aria-hidden /> {t('breached')}</> : resolvedAt !== null ? <><IconCheck size={14} aria-hidden /> {t('within')}</> : '–'}</td>
          </tr>
        ))}</tbody>
      </table>
    </div>
  );
}
