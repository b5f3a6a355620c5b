'use client';
import { useTranslations } from 'use-intl';
import { useFormats } from '../../format/use-formats.ts';
import { Card } from '../../parts/card.tsx';
import type { IncidentDetails } from '../incident-query.ts';
import classes from '../details.module.css';
import { prepareValues } from './prepare-values.ts';

/** What the detectors saw, with its numbers. */
export function EvidenceCard({ evidence }: { evidence: IncidentDetails['evidence'] }) {
  const t = useTranslations('incidents');
  const formats = useFormats();
  return (
    <Card title={t('evidence.title')}>
      <div className={classes.body}>
        {evidence.length === 0 ? <p className={classes.dim}>{t('evidence.none')}</p> : (
          <ul className={classes.evidence}>
            {evidence.toReversed().map(({ at, cleared, detector, text, values }) => {
              const shown = prepareValues(values, formats.locale);
              return (
                <li key={`${at}${detector}`} data-cleared={cleared || undefined}>
                  <p><time dateTime={at} className={classes.dim}>{formats.dateTime(at)}</time> <em>{t(cleared ? 'evidence.cleared' : 'evidence.seen')}</em></p>
                  <p>{text}</p>
                  {shown.length > 0 && <details className={classes.earlier}><summary>{t('evidence.values')}</summary><dl className={classes.values}>{shown.map(({ name, known, value }) => <div key={name}><dt>{known ? t(`evidence.value.${known}`) : name}</dt><dd>{typeof value === 'boolean' ? t(value ? 'evidence.yes' : 'evidence.no') : value}</dd></div>)}</dl></details>}
                </li>
              );
            })}
          </ul>
        )}
      </div>
    </Card>
  );
}
