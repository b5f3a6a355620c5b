'use client';
import { Button } from '@mantine/core';
import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { Card } from '../parts/card.tsx';
import { Empty } from '../parts/states.tsx';
import { usePageTitle } from '../parts/use-page-title.ts';

/** An address that leads nowhere. */
export function NotFoundPage() {
  const t = useTranslations('shell');
  usePageTitle(t('notFound'));
  return (
    <>
      <h1 className="visually-hidden">{t('notFound')}</h1>
      <Card title={t('notFound')}><Empty title={t('notFound')} hint={t('notFoundHint')} action={<Button component={Link} href="/" prefetch={false} size="xs" variant="default">{t('page.live')}</Button>} /></Card>
    </>
  );
}
