'use client';
import { IconCheck, IconClock, IconFileTypePdf } from '@tabler/icons-react';
import { useTranslations } from 'use-intl';
import { useFormats } from '../../format/use-formats.ts';
import { Card } from '../../parts/card.tsx';
import type { IncidentDetails } from '../incident-query.ts';
import classes from '../details.module.css';

/** The final report, and who has signed it. */
export function SignaturesCard({ document }: { document: IncidentDetails['document'] }) {
  const t = useTranslations('incidents');
  const formats = useFormats();
  if (!document) return <Card title={t('sign.title')}><div className={classes.body}><p className={classes.dim}>{t('sign.none')}</p></div></Card>;
  const { madeAt, path, sha256, complete, signatures, remindedAt } = document;
  const signed = signatures.filter(({ signedAt }) => signedAt !== null).length;
  return (
    <Card title={t('sign.title')} aside={<span className={complete ? classes.good : undefined}>{complete ? t('sign.complete') : t('sign.count', { signed, total: signatures.length })}</span>}>
      <div className={classes.body} data-testid="signatures">
        <p>{t('sign.document', { time: formats.dateTime(madeAt) })} <a href={path} className={classes.link}><IconFileTypePdf size={15} stroke={1.8} aria-hidden />{t('sign.read')}</a></p>
        <ul className={classes.signatures}>
          {signatures.map(({ person, signedAt, typedName }) => (
            <li key={person.id} data-signed={signedAt !== null || undefined}>
              {signedAt === null ? <IconClock size={15} stroke={1.8} aria-hidden /> : <IconCheck size={15} stroke={2} aria-hidden />}
              <span><b>{person.name}</b><span className={classes.dim}> · {t(`party.${person.party}`)}</span><small>{signedAt === null ? t('sign.waiting') : t('sign.signedAt', { time: formats.dateTime(signedAt), name: typedName ?? person.name })}</small></span>
            </li>
          ))}
        </ul>
        {remindedAt !== null && !complete && <p className={classes.dim}>{t('sign.remindedAt', { time: formats.dateTime(remindedAt) })}</p>}
        <p className={classes.hash} title={t('sign.hash', { hash: sha256 })}>{t('sign.hash', { hash: `${sha256.slice(0, 16)}…` })}</p>
      </div>
    </Card>
  );
}
