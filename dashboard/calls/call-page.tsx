'use client';
import { IconArrowLeft } from '@tabler/icons-react';
import Link from 'next/link';
import { useLocale, useTranslations } from 'use-intl';
import { useQuery } from 'urql';
import { useFormats } from '../format/use-formats.ts';
import { Card } from '../parts/card.tsx';
import { usePageTitle } from '../parts/use-page-title.ts';
import { useReportDataAge } from '../shell/data-age.tsx';
import { useShared } from '../url/use-shared.ts';
import { CallDetails } from './call-details.tsx';
import { CALL } from './calls-query.ts';
import classes from './calls.module.css';

export function CallPage({ tenant, callId }: { tenant: string; callId: string }) {
  const t = useTranslations('calls');
  const formats = useFormats();
  // The details ask the same: one request.
  const [{ data }] = useQuery({ query: CALL, variables: { tenant, callId, language: useLocale() === 'fr' ? 'fr' : 'en' } });
  const call = data?.call;
  const title = call ? t('callOf', { caller: call.caller || t('anonymous'), time: formats.dateTime(call.startedAt) }) : t('call');
  usePageTitle(title);
  useReportDataAge(data?.freshness.dataAt);
  return (
    <>
      <Link href={`/calls${useShared()}`} prefetch={false} className={classes.back}><IconArrowLeft size={15} aria-hidden />{t('title')}</Link>
      <h1 className={classes.title}>{title}</h1>
      <Card title={t('life')}><div className={classes.pageBody}><CallDetails tenant={tenant} callId={callId} /></div></Card>
    </>
  );
}
