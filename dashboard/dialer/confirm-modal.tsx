'use client';
import { Button, Modal } from '@mantine/core';
import { useTranslations } from 'use-intl';
import { useClient } from 'urql';
import { useCommand } from '../live/use-command.ts';
import { PAUSE_CAMPAIGN, START_CAMPAIGN, STOP_CAMPAIGN } from './commands.ts';
import type { Dialer } from './dialer-query.ts';
import classes from './dialer.module.css';
import { Refusal } from './refusal.tsx';

export type Order = 'start' | 'pause' | 'stop';
const DOCUMENTS = { start: START_CAMPAIGN, pause: PAUSE_CAMPAIGN, stop: STOP_CAMPAIGN };

interface Props { order: Order | null; campaign: string; name: string; dialer: Dialer; onClose: () => void }

/** Says what an order does before it is given. */
export function ConfirmModal({ order, campaign, name, dialer, onClose }: Props) {
  const t = useTranslations('dialer');
  const client = useClient();
  const { busy, outcome, run, forget } = useCommand();
  const close = () => { forget(); onClose(); };
  const give = async (what: Order) => { if (await run(async () => client.mutation(DOCUMENTS[what], { campaign }).toPromise())) onClose(); };
  return (
    <Modal opened={order !== null} onClose={close} title={order ? t(`confirm.${order}.title`, { name }) : ''} centered closeButtonProps={{ 'aria-label': t('close') }}>
      {order && (
        <div className={classes.form}>
          <Refusal outcome={outcome} state={dialer.state} />
          <p>{t(`confirm.${order}.effect`, { ringing: dialer.ringing, talking: dialer.agents.talking })}</p>
          <div className={classes.footer}>
            <Button variant="default" onClick={close}>{t('cancel')}</Button>
            <Button data-autofocus loading={busy} onClick={() => void give(order)}>{t(`order.${order}`)}</Button>
          </div>
        </div>
      )}
    </Modal>
  );
}
