'use client';
import { ActionIcon, Select } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useTranslations } from 'use-intl';
import { Card } from '../../parts/card.tsx';
import { ADD_MEMBER, REMOVE_MEMBER } from '../commands.ts';
import type { IncidentDetails } from '../incident-query.ts';
import { RefusedNotice } from '../refused-notice.tsx';
import { useAct } from '../use-act.ts';
import classes from '../details.module.css';

type Crisis = NonNullable<IncidentDetails['crisis']>;

interface Props { incident: Pick<IncidentDetails, 'number' | 'persons'>; members: Crisis['members']; open: boolean }

/** Who sits in the cell; chosen from the people of the incident. */
export function MembersCard({ incident: { number, persons }, members, open }: Props) {
  const t = useTranslations('incidents');
  const { busy, refused, run, language } = useAct();
  const others = persons.filter(({ id }) => members.every((member) => member.id !== id));
  return (
    <Card title={t('crisis.members')}>
      <div className={classes.body}>
        <RefusedNotice reason={refused} />
        {members.length === 0 ? <p className={classes.dim}>{t('crisis.noMembers')}</p> : (
          <ul className={classes.people}>
            {members.map(({ id, name, role, party }) => (
              <li key={id}><span><b>{name}</b><span className={classes.dim}> · {role === '' ? t(`party.${party}`) : role}</span></span>
                {open && <ActionIcon variant="subtle" color="gray" size="sm" disabled={busy} aria-label={t('crisis.removeMember', { name })} onClick={() => void run(REMOVE_MEMBER, { number, person: id, language })}><IconX size={14} /></ActionIcon>}</li>
            ))}
          </ul>
        )}
        {open && others.length > 0 && <Select size="xs" aria-label={t('crisis.addMember')} placeholder={t('crisis.addMember')} data={others.map(({ id, name }) => ({ value: id, label: name }))} value={null} disabled={busy} onChange={(person) => { if (person !== null) void run(ADD_MEMBER, { number, person, language }); }} />}
      </div>
    </Card>
  );
}
