'use client';
import { ActionIcon, Button } from '@mantine/core';
import { IconPencil, IconPlus } from '@tabler/icons-react';
import { useTranslations } from 'use-intl';
import { useState } from 'react';
import { Card } from '../../parts/card.tsx';
import { NoAnswer, Skeleton } from '../../parts/states.tsx';
import { usePageTitle } from '../../parts/use-page-title.ts';
import type { IncidentType } from '../catalogue-query.ts';
import classes from '../incidents.module.css';
import { useSpans } from '../use-spans.ts';
import { SeverityLabel } from '../severity.tsx';
import { SubTabs } from '../sub-tabs.tsx';
import { useAffected } from '../use-affected.ts';
import { useCatalogue } from '../use-catalogue.ts';
import { TypeModal } from './type-modal.tsx';

/** The types of incident: what causes each, what solves it, and how long that may take. */
export function CataloguePage() {
  const t = useTranslations('incidents');
  const { inWords } = useSpans();
  const affected = useAffected();
  const { types, components, calendars, loaded, problem, look } = useCatalogue();
  /** Null = none is being edited; `type` null = a new one. */
  const [editing, setEditing] = useState<{ type: IncidentType | null } | null>(null);
  usePageTitle(t('catalogue.title'));
  const shown = types.toSorted((a, b) => Number(a.retired) - Number(b.retired));
  return (
    <>
      <SubTabs />
      <div className={classes.head}>
        <h1 className={classes.title}>{t('catalogue.title')}</h1>
        {loaded && <span className={classes.dim}>{t('catalogue.count', { count: types.length })}</span>}
        <Button size="xs" leftSection={<IconPlus size={14} />} onClick={() => setEditing({ type: null })}>{t('catalogue.add')}</Button>
      </div>
      {problem && !loaded ? <Card title={t('catalogue.title')}><NoAnswer problem={problem} retry={look} /></Card> : !loaded ? <Skeleton height={480} /> : (
        <ul className={`${classes.catalogue} ${classes.calm}`} data-testid="catalogue">
          {shown.map((type) => (
            <li key={type.slug} data-retired={type.retired || undefined}>
              <div>
                <h2 className={classes.name}>{type.label}{type.retired && <em>{t('catalogue.retired')}</em>}</h2>
                <p><SeverityLabel severity={type.severity} /></p>
                <p className={classes.dim}>{affected(type.affects).join(' · ')}</p>
              </div>
              <dl>
                <div><dt>{t('catalogue.causes')}</dt><dd>{type.causes}</dd></div>
                <div><dt>{t('catalogue.solution')}</dt><dd>{type.solution}</dd></div>
              </dl>
              <div className={classes.target}><span>{t('catalogue.target')}</span><b>{inWords(type.targetMinutes * 60_000)}</b>{type.calendar !== null && <small>{t('one.calendar', { calendar: type.calendar })}</small>}</div>
              <ActionIcon variant="subtle" color="gray" aria-label={t('catalogue.change', { name: type.label })} onClick={() => setEditing({ type })}><IconPencil size={16} /></ActionIcon>
            </li>
          ))}
        </ul>
      )}
      <TypeModal editing={editing} taken={types.map(({ slug }) => slug)} components={components} calendars={calendars} onClose={() => setEditing(null)} onKept={() => { setEditing(null); look(); }} />
    </>
  );
}
