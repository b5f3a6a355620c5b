'use client';
import { Button } from '@mantine/core';
import { IconAdjustments, IconPlayerPause, IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react';
import { useTranslations } from 'use-intl';
import { useState } from 'react';
import { ConfirmModal, type Order } from './confirm-modal.tsx';
import type { Dialer } from './dialer-query.ts';
import classes from './dialer.module.css';
import { SettingsModal } from './settings-modal.tsx';

interface Props { campaign: string; name: string; dialer: Dialer }

/** What those who may do with a campaign; each is confirmed, and the state shown is the stream's, never a guess of what a click did. */
export function Controls({ campaign, name, dialer }: Props) {
  const t = useTranslations('dialer');
  const [order, setOrder] = useState<Order | null>(null);
  const [settings, setSettings] = useState(false);
  const { state } = dialer;
  return (
    <div className={classes.buttons}>
      {state !== 'RUNNING' && <Button size="xs" leftSection={<IconPlayerPlay size={14} />} onClick={() => setOrder('start')}>{t('order.start')}</Button>}
      {state === 'RUNNING' && <Button size="xs" variant="default" leftSection={<IconPlayerPause size={14} />} onClick={() => setOrder('pause')}>{t('order.pause')}</Button>}
      {state !== 'STOPPED' && <Button size="xs" variant="default" leftSection={<IconPlayerStop size={14} />} onClick={() => setOrder('stop')}>{t('order.stop')}</Button>}
      <Button size="xs" variant="default" leftSection={<IconAdjustments size={14} />} onClick={() => setSettings(true)}>{t('settings')}</Button>
      <ConfirmModal order={order} campaign={campaign} name={name} dialer={dialer} onClose={() => setOrder(null)} />
      <SettingsModal opened={settings} campaign={campaign} name={name} dialer={dialer} onClose={() => setSettings(false)} />
    </div>
  );
}
