'use client';
import { ActionIcon, Button } from '@mantine/core';
import { IconCheck, IconClock, IconFileTypePdf, IconMail, IconSignature } from '@tabler/icons-react';
import { useTranslations } from 'use-intl';
import { useState } from 'react';
import { useFormats } from '../../format/use-formats.ts';
import { Card } from '../../parts/card.tsx';
import { Notice } from '../../parts/states.tsx';
import { MAKE_REPORT, SEND_LINKS } from '../commands.ts';
import type { IncidentDetails } from '../incident-query.ts';
import { RefusedNotice } from '../refused-notice.tsx';
import { useAct } from '../use-act.ts';
import classes from '../details.module.css';

type Props = { incident: Pick<IncidentDetails, 'number' | 'state' | 'document' | 'persons'> };

/** The final report: made here, sent to those who sign it, and who has signed. */
export function SignaturesCard({ incident: { number, state, document, persons } }: Props) {
  const t = useTranslations('incidents');
  const formats = useFormats();
  const { busy, refused, run, language } = useAct();
  const [doing, setDoing] = useState<'make' | 'send' | null>(null);
  const [sent, setSent] = useState(false);
  const [again, setAgain] = useState(false);
  const over = state === 'RESOLVED' || state === 'CLOSED';
  const signs = persons.some((person) => person.signs);
  const make = async (): Promise<void> => {
    setSent(false);
    setAgain(false);
    setDoing('make');
    await run(MAKE_REPORT, { number, language });
    setDoing(null);
  };
  const send = async (only?: string): Promise<void> => {
    setSent(false);
    setDoing('send');
    setSent(await run(SEND_LINKS, { number, language, persons: only === undefined ? null : [only] }));
    setDoing(null);
  };
  const signed = document?.signatures.filter(({ signedAt }) => signedAt !== null).length ?? 0;
  return (
    <Card title={t('sign.title')} aside={document && <span className={document.complete ? classes.good : undefined}>{document.complete ? t('sign.complete') : t('sign.count', { signed, total: document.signatures.length })}</span>}>
      <div className={classes.body} data-testid="signatures">
        <RefusedNotice reason={refused} />
        {!document && <p className={classes.dim}>{t('sign.none')}</p>}
        {document && (
          <>
            <p>{t('sign.document', { time: formats.dateTime(document.madeAt) })}</p>
            <p className={classes.subtitle}>
              <a href={document.path} className={classes.link}><IconFileTypePdf size={15} stroke={1.8} aria-hidden />{t('sign.read')}</a>
              <a href={document.signaturesPath} className={classes.link}><IconSignature size={15} stroke={1.8} aria-hidden />{t('sign.sheet')}</a>
            </p>
            {document.overtaken && <Notice kind="warn">{t('sign.overtaken')}</Notice>}
            <ul className={classes.signatures}>
              {document.signatures.map(({ person, signedAt, typedName }) => (
                <li key={person.id} data-signed={signedAt !== null || undefined}>
                  {signedAt === null ? <IconClock size={15} stroke={1.8} aria-hidden /> : <IconCheck size={15} stroke={2} aria-hidden />}
                  <span><b>{person.name}</b><span className={classes.dim}> · {t(`party.${person.party}`)}</span><small>{signedAt === null ? t('sign.waiting') : t('sign.signedAt', { time: formats.dateTime(signedAt), name: typedName ?? person.name })}</small></span>
                  {signedAt === null && <ActionIcon variant="subtle" color="gray" size="sm" disabled={busy} aria-label={t('sign.resend', { name: person.name })} title={t('sign.resend', { name: person.name })} onClick={() => void send(person.id)}><IconMail size={15} stroke={1.8} /></ActionIcon>}
                </li>
              ))}
            </ul>
            {document.remindedAt !== null && !document.complete && <p className={classes.dim}>{t('sign.remindedAt', { time: formats.dateTime(document.remindedAt) })}</p>}
            <p className={classes.hash} title={t('sign.hash', { hash: document.sha256 })}>{t('sign.hash', { hash: `${document.sha256.slice(0, 16)}…` })}</p>
          </>
        )}
        {over && !signs && <p className={classes.dim}>{t('sign.noSigner')}</p>}
        {again && <p className={classes.note}>{t('sign.makeAgainHint')}</p>}
        {over && (
          <div className={classes.buttons}>
            {document && !document.complete && <Button size="xs" loading={doing === 'send'} disabled={busy} leftSection={<IconMail size={14} />} onClick={() => void send()}>{t('sign.send')}</Button>}
            {document && again && <Button size="xs" variant="default" onClick={() => setAgain(false)}>{t('cancel')}</Button>}
            <Button size="xs" variant={document ? 'default' : 'filled'} loading={doing === 'make'} disabled={busy || !signs} leftSection={<IconFileTypePdf size={14} />} onClick={() => { if (document && !again) setAgain(true); else void make(); }}>{document && !again ? t('sign.makeAgain') : t('sign.make')}</Button>
          </div>
        )}
        <p className={classes.dim} role="status">{doing === 'make' ? t('sign.making') : sent ? t('sign.sent') : ''}</p>
      </div>
    </Card>
  );
}
