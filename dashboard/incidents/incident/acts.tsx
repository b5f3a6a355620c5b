'use client';
import { Button, Menu } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useTranslations } from 'use-intl';
import { useState } from 'react';
import type { IncidentDetails } from '../incident-query.ts';
import { ActModal } from './act-modal.tsx';
import classes from '../details.module.css';
import { FEW, ORDER, type Act } from './prepare-acts.ts';

/** What can be done now, the next step first; each says what follows before it is done. */
export function Acts({ incident }: { incident: IncidentDetails }) {
  const t = useTranslations('incidents');
  const [act, setAct] = useState<Act | null>(null);
  const possible = ORDER.filter((each) => incident.acts.includes(each));
  const shown = possible.filter((each) => !FEW.includes(each));
  const few = possible.filter((each) => FEW.includes(each));
  return (
    <div className={classes.acts} role="group" aria-label={t('act.label')}>
      {shown.map((each, at) => <Button key={each} size="xs" variant={at === 0 && each !== 'REOPEN' ? 'filled' : 'default'} onClick={() => setAct(each)}>{t(`act.${each}`)}</Button>)}
      {few.length > 0 && (
        <Menu position="bottom-end" shadow="md">
          <Menu.Target><Button size="xs" variant="default" rightSection={<IconChevronDown size={14} />}>{t('act.more')}</Button></Menu.Target>
          <Menu.Dropdown>{few.map((each) => <Menu.Item key={each} onClick={() => setAct(each)}>{t(`act.${each}`)}</Menu.Item>)}</Menu.Dropdown>
        </Menu>
      )}
      <ActModal act={act} incident={incident} onClose={() => setAct(null)} />
    </div>
  );
}
