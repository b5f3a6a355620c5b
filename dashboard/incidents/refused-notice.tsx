'use client';
import { Alert } from '@mantine/core';
import { useTranslations } from 'use-intl';

/** Why nothing was done, in the server's words. */
export function RefusedNotice({ reason }: { reason: string | null }) {
  const t = useTranslations('incidents');
  return reason === null ? null : <Alert color="red" variant="light" role="alert" title={t('refused')}>{reason}</Alert>;
}
