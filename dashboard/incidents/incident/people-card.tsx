'use client';
import { ActionIcon, Button } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useTranslations } from 'use-intl';
import { useState } from 'react';
import { Card } from '../../parts/card.tsx';
import { REMOVE_PERSON } from '../commands.ts';
import type { IncidentDetails } from '../incident-query.ts';
import { RefusedNotice } from '../refused-notice.tsx';
import { useAct } from '../use-act.ts';
import classes from '../details.module.css';
import { PersonModal } from './person-modal.tsx';

const PARTIES = ['SITE', 'CLIENT', 'VENDOR'] as const;

/** Who has to do with it, by the party that each speaks for. */
export function PeopleCard({ incident: { number, persons } }: { incident: IncidentDetails }) {
  const t = useTranslations('incidents');
  const { busy, refused, run, language } = useAct();
  const [adding, setAdding] = useState(false);
  return (
    <Card title={t('people.title')} aside={<Button size="compact-xs" variant="default" leftSection={<IconPlus size={13} />} onClick={() => setAdding(true)}>{t('people.add')}</Button>}>
      <div className={classes.body}>
        <RefusedNotice reason={refused} />
        {persons.length === 0 ? <p className={classes.dim}>{t('people.none')}</p> : PARTIES.filter((party) => persons.some((person) => person.party === party)).map((party) => (
          <section key={party}>
            <h3 className={classes.label}>{t(`party.${party}`)}</h3>
            <ul className={classes.people}>
              {persons.filter((person) => person.party === party).map(({ id, name, role, email, signs }) => (
                <li key={id}>
                  <span><b>{name}</b>{role !== '' && <span className={classes.dim}> · {role}</span>}{signs && <em>{t('people.signer')}</em>}{email !== null && <small>{email}</small>}</span>
                  <ActionIcon variant="subtle" color="gray" size="sm" disabled={busy} aria-label={t('people.remove', { name })} onClick={() => void run(REMOVE_PERSON, { number, person: id, language })}><IconX size={14} /></ActionIcon>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
      <PersonModal opened={adding} number={number} known={persons} onClose={() => setAdding(false)} />
    </Card>
  );
}
