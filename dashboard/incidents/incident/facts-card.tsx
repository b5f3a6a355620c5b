'use client';
import { Button } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { useTranslations } from 'use-intl';
import { useState } from 'react';
import { Card } from '../../parts/card.tsx';
import { SeverityLabel } from '../severity.tsx';
import type { IncidentDetails } from '../incident-query.ts';
import { useAffected } from '../use-affected.ts';
import { useCatalogue } from '../use-catalogue.ts';
import classes from '../details.module.css';
import { EditModal } from './edit-modal.tsx';

/** What is known of it, and what the catalogue says of its type; what is wrong can be corrected. */
export function FactsCard({ incident }: { incident: IncidentDetails }) {
  const t = useTranslations('incidents');
  const affected = useAffected();
  const { types } = useCatalogue();
  const { description, affects, type, typeLabel, severity } = incident;
  const [editing, setEditing] = useState(false);
  const known = types.find(({ slug }) => slug === type);
  return (
    <Card title={t('one.affected')} aside={<><SeverityLabel severity={severity} /><Button size="compact-xs" variant="default" leftSection={<IconPencil size={13} />} aria-label={t('change.title')} onClick={() => setEditing(true)}>{t('edit')}</Button></>}>
      <div className={classes.body}>
        <ul className={classes.chips}>{affected(affects).map((name) => <li key={name}>{name}</li>)}</ul>
        <p className={classes.dim}>{t(`severityHint.${severity}`)}</p>
        {description === '' ? <p className={classes.dim}>{t('one.noDescription')}</p> : <p className={classes.preline}>{description}</p>}
        {known && (
          <dl className={classes.known} aria-label={t('type.title', { name: typeLabel })}>
            <div><dt>{t('form.causes')}</dt><dd>{known.causes}</dd></div>
            <div><dt>{t('form.solution')}</dt><dd>{known.solution}</dd></div>
          </dl>
        )}
      </div>
      <EditModal opened={editing} incident={incident} onClose={() => setEditing(false)} />
    </Card>
  );
}
