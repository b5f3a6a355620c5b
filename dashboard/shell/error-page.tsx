'use client';
import { useTranslations } from 'use-intl';
import { Card } from '../parts/card.tsx';
import { Failure } from '../parts/states.tsx';

/** A page that failed to be drawn: the others still work. */
export function ErrorPage({ retry }: { retry: () => void }) {
  const t = useTranslations('shell');
  return <Card title={t('failed')}><Failure what={t('failed')} detail={t('failedHint')} retry={retry} /></Card>;
}
