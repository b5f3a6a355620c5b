'use client';
import { IconArrowLeft } from '@tabler/icons-react';
import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { Card } from '../parts/card.tsx';
import { usePageTitle } from '../parts/use-page-title.ts';
import { useShared } from '../url/use-shared.ts';
import { CallDetails } from './call-details.tsx';
import classes from './calls.module.css';

export function CallPage({ tenant, callId }: { tenant: string; callId: string }) {
  const t = useTranslations('calls');
  usePageTitle(t('call'));
  return (
    <>
      <Link href={`/calls${useShared()}`} prefetch={false} className={classes.back}><IconArrowLeft size={15} aria-hidden />{t('title')}</Link>
      <h1 className="visually-hidden">{t('call')}</h1>
      <Card title={t('call')} className={classes.page}><div className={classes.pageBody}><CallDetails tenant={tenant} callId={callId} /></div></Card>
    </>
  );
}
