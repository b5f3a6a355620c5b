'use client';
import { Button, TextInput } from '@mantine/core';
import { IconCheck, IconClock, IconFileTypePdf } from '@tabler/icons-react';
import { useTranslations } from 'use-intl';
import { useEffect, useRef, useState } from 'react';
import { documentOf, type SigningRequest } from './sign-door.ts';
import classes from './sign.module.css';
import { useInstant } from './use-instant.ts';

interface Props { request: SigningRequest; token: string; busy: boolean; failed: boolean; onSign: (typedName: string) => void }

const SHOWN_HASH = 16;

/** What is signed, by whom and until when; below it the signature. */
export function SignSheet({ request, token, busy, failed, onSign }: Props) {
  const t = useTranslations('sign');
  const instant = useInstant();
  const [typed, setTyped] = useState('');
  const { incident, title, detectedAt, resolvedAt, madeAt, name, party, sha256, expiresAt, signedAt, signers } = request;
  const done = useRef<HTMLDivElement>(null);
  // The button that had the focus is gone once it is signed.
  const typedHere = typed !== '';
  useEffect(() => { if (signedAt !== null && typedHere) done.current?.focus(); }, [signedAt, typedHere]);
  const facts = [[t('number'), String(incident)], [t('detected'), instant(detectedAt)], [t('resolved'), resolvedAt === null ? null : instant(resolvedAt)], [t('made'), madeAt === null ? null : instant(madeAt)]] as const;
  return (
    <>
      <p className={classes.brand}>{t('brand')}</p>
      <h1 className={classes.title}>{title}</h1>
      <dl className={classes.facts}>{facts.map(([label, value]) => value !== null && <div key={label}><dt>{label}</dt><dd>{value}</dd></div>)}</dl>
      <a className={classes.document} href={documentOf(token)} download rel="noreferrer" data-testid="sign-document">
        <IconFileTypePdf size={28} stroke={1.5} aria-hidden />
        <span><b>{t('read')}</b><small title={sha256}>{t('hash', { hash: sha256.slice(0, SHOWN_HASH) })}</small></span>
      </a>
      <h2 className={classes.heading}>{t('signers')}</h2>
      <ul className={classes.signers}>
        {signers.map((signer, index) => (
          <li key={index} data-signed={signer.signedAt !== null || undefined}>
            {signer.signedAt === null ? <IconClock size={16} stroke={1.8} aria-hidden /> : <IconCheck size={16} stroke={2.2} aria-hidden />}
            <span><b>{signer.name}</b> <span className={classes.dim}>· {t(`party.${signer.party}`)}</span><small>{signer.signedAt === null ? t('waiting') : t('signedAt', { time: instant(signer.signedAt) })}</small></span>
          </li>
        ))}
      </ul>
      {signedAt !== null ? (
        <div ref={done} tabIndex={-1} className={classes.done} role="status"><IconCheck size={22} stroke={2.2} aria-hidden /><span><b>{t('done')}</b><small>{t('doneHint', { time: instant(signedAt) })}</small></span></div>
      ) : (
        <form className={classes.form} onSubmit={(event) => { event.preventDefault(); if (typed.trim() !== '') onSign(typed.trim()); }}>
          <TextInput label={t('typed', { name, party: t(`party.${party}`) })} description={t('typedHint')} value={typed} onChange={(event) => setTyped(event.currentTarget.value)} maxLength={200} autoComplete="name" size="md" required withAsterisk={false} data-testid="sign-name" />
          <Button type="submit" size="md" loading={busy} disabled={typed.trim() === ''} data-testid="sign-button">{t('sign')}</Button>
          {failed && <p className={classes.bad} role="alert">{t('failed')}</p>}
          <p className={classes.dim}>{t('means', { time: instant(expiresAt) })}</p>
        </form>
      )}
    </>
  );
}
