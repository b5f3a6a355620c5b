'use client';
import Link from 'next/link';
import { useLocale, useTranslations } from 'use-intl';
import { useEffect, type ReactNode } from 'react';
import { useQuery } from 'urql';
import { duration } from '../format/duration.ts';
import { createFormats } from '../format/formats.ts';
import { useFormats } from '../format/use-formats.ts';
import { problemOf } from '../graphql/problem-of.ts';
import { Empty, NoAnswer, Skeleton } from '../parts/states.tsx';
import { useNow } from '../parts/use-now.ts';
import { localDateAt } from '../url/local-date.ts';
import { useReference } from '../url/use-reference.ts';
import { CallLife } from './call-life.tsx';
import { CALL, type CallDetail } from './calls-query.ts';
import classes from './calls.module.css';
import { FateLabel } from './fate.tsx';
import { LegsTable } from './legs-table.tsx';
import { prepareCallLife } from './prepare-call-life.ts';

/** A call in progress is asked again, so that its panel sees it being answered. */
const REFRESH_MS = 5000;

/** One call: its life, its legs, its outcome, its row. */
export function CallDetails({ tenant, callId }: { tenant: string; callId: string }) {
  const t = useTranslations('calls');
  const language = useLocale() === 'fr' ? 'fr' : 'en';
  const [{ data, error, fetching }, ask] = useQuery({ query: CALL, variables: { tenant, callId, language } });
  const running = data?.call?.fate === 'IN_PROGRESS';
  useEffect(() => {
    if (!running) return;
    const timer = setInterval(() => ask({ requestPolicy: 'network-only' }), REFRESH_MS);
    return () => clearInterval(timer);
  }, [running, ask]);
  const problem = problemOf(error);
  if (problem && !data) return <NoAnswer problem={problem} retry={() => ask({ requestPolicy: 'network-only' })} />;
  if (!data) return fetching ? <Skeleton height={420} /> : null;
  if (!data.call) return <Empty title={t('unknown')} hint={t('unknownHint')} />;
  return <Details call={data.call} />;
}

function Details({ call }: { call: CallDetail }) {
  const t = useTranslations('calls');
  const locale = useLocale();
  const { reference } = useReference();
  const formats = useFormats();
  // Times are in the page's zone like everywhere; where the site's clock showed another one, it is told beside.
  const there = createFormats(locale, call.siteZone).timeWithSeconds(call.startedAt);
  const here = formats.timeWithSeconds(call.startedAt);
  const day = localDateAt(Date.parse(call.startedAt), formats.zone);
  const name = (list: readonly { id: string; name: string }[], id: string) => list.find((each) => each.id === id)?.name ?? id;
  const waited = call.queue !== '' && call.queue !== '0';
  const facts: [string, ReactNode][] = [
    [t('column.fate'), <FateLabel key="fate" fate={call.fate} result={call.result} />],
    [t('column.time'), `${formats.date(call.startedAt)} ${here}${there === here ? '' : ` (${t('siteTime', { time: there, site: name(reference.sites, call.site) })})`}`],
    [t('column.caller'), `${call.caller || t('anonymous')} → ${call.called ?? ''}`],
    [t('tenant'), name(reference.tenants, call.tenant)],
    [t('campaign'), `${call.campaignName} · ${name(reference.sites, call.site)}`],
    [t('queue'), call.queueName || '–'],
    [t('agent'), call.agent === '' || call.agent === '0' ? '–' : <Link key="agent" href={`/agents/${call.agent}?range=${day}..${day}`} prefetch={false} className={classes.link}>{call.agentName || call.agent}</Link>],
    [t('column.wait'), waited ? `${duration(call.waitSeconds)}${call.targetSeconds === null || call.fate !== 'ANSWERED' ? '' : ` · ${t(call.inTarget ? 'inTarget' : 'outOfTarget', { seconds: call.targetSeconds })}`}` : '–'],
    ...(call.result === 'NUISANCE' ? [[t('message'), t(call.messagePlayed ? 'played' : 'notPlayed')] satisfies [string, ReactNode]] : []),
    [t('column.talk'), call.talkSeconds > 0 ? duration(call.talkSeconds) : '–'],
    [t('column.status'), call.status ? `${call.status}${call.statusNum === null ? '' : ` (${call.statusGroup ?? 0}-${call.statusNum}${call.statusDetail ? `-${call.statusDetail}` : ''})`}` : '–'],
    [t('lastStep'), call.lastIvr || '–'],
    [t('endedBy'), call.endedByAgent === null || call.fate === 'IN_PROGRESS' ? '–' : call.endedByAgent ? t('byAgent') : t('byCaller')],
  ];
  return (
    <div data-testid="call-details">
      {call.fate === 'IN_PROGRESS' ? <RunningLife call={call} /> : <CallLife life={prepareCallLife(call)} />}
      <dl className={classes.facts}>{facts.map(([label, value]) => <div key={label}><dt>{label}</dt><dd>{value}</dd></div>)}</dl>
      {call.legs.length > 0 && <><h3 className={classes.sub}>{t('legs')}</h3><LegsTable legs={call.legs} formats={formats} /></>}
      {isRecord(call.row) && (
        <details className={classes.raw}>
          <summary>{t('row')}</summary>
          <dl>{Object.entries(call.row).map(([key, value]) => <div key={key}><dt>{key}</dt><dd>{value === null || value === '' ? '–' : String(value)}</dd></div>)}</dl>
        </details>
      )}
      <p className={classes.id}>{call.callId}</p>
    </div>
  );
}

/** Ticks here, so that the rest of the panel stands still. */
function RunningLife({ call }: { call: CallDetail }) {
  const now = useNow();
  return <CallLife life={prepareCallLife(call, now)} running />;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
