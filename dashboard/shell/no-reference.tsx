'use client';
import { Button } from '@mantine/core';
import { useTranslations } from 'use-intl';
import { useEffect } from 'react';
import { Notice } from '../parts/states.tsx';
import { useReference } from '../url/use-reference.ts';

const RETRY_MS = 5000;

/** Without names and rules no page can ask anything: said on top of each, and tried again. */
export function NoReference() {
  const t = useTranslations('shell');
  const { failed, retry } = useReference();
  useEffect(() => {
    if (!failed) return undefined;
    const timer = setInterval(retry, RETRY_MS);
    return () => clearInterval(timer);
  }, [failed, retry]);
  if (!failed) return null;
  return <Notice kind="bad" assertive><strong>{t('noServer')}</strong><span>{t('noServerHint')}</span><Button size="compact-xs" variant="outline" color="var(--v-bad)" onClick={retry}>{t('retry')}</Button></Notice>;
}
