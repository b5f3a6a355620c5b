'use client';
import { Button } from '@mantine/core';
import { useTranslations } from 'use-intl';
import type { SigningRefused } from './sign-door.ts';
import classes from './sign.module.css';
import { useInstant } from './use-instant.ts';

const KNOWN = ['unknown-link-to-sign', 'expired-link', 'changed-document', 'already-signed', 'busy', 'network', 'server'] as const;

/** Why there is nothing to sign here, and what to do. */
export function SignRefused({ refused: { code, at }, retry }: { refused: SigningRefused; retry?: () => void }) {
  const t = useTranslations('sign');
  const instant = useInstant();
  const known = KNOWN.find((each) => each === code) ?? 'server';
  return (
    <>
      <p className={classes.brand}>{t('brand')}</p>
      <h1 className={classes.title}>{t(`refused.${known}`)}</h1>
      <p className={classes.words}>{t(`refusedHint.${known}`)}</p>
      {at !== null && <p className={classes.dim}>{instant(at)}</p>}
      {retry && <Button variant="default" onClick={retry} className={classes.retry}>{t('retry')}</Button>}
    </>
  );
}
