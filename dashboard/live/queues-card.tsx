'use client';
import { useTranslations } from 'use-intl';
import { useState } from 'react';
import { Card } from '../parts/card.tsx';
import { Empty } from '../parts/states.tsx';
import { useArrowKeys } from '../parts/use-arrow-keys.ts';
import classes from './queues.module.css';
import { keepOrder, type QueueView } from './prepare-queues.ts';
import { QueueRow } from './queue-row.tsx';

/** Queues, the one that needs help first; rows hold still while someone points at them or has the focus there. */
export function QueuesCard({ queues, offsetMs }: { queues: QueueView[]; offsetMs: number }) {
  const t = useTranslations('live');
  const [held, setHeld] = useState<string[] | null>(null);
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const onKeyDown = useArrowKeys<HTMLTableSectionElement>();
  const rows = keepOrder(queues, ({ queue, tenant }) => `${tenant}/${queue}`, held);
  const hold = () => setHeld((before) => before ?? rows.map(({ queue, tenant }) => `${tenant}/${queue}`));
  const release = () => setHeld(null);
  const toggle = (id: string) => setOpened((before) => {
    const next = new Set(before);
    if (!next.delete(id)) next.add(id);
    return next;
  });
  return (
    <Card title={t('queues')} aside={held ? t('held') : t('sorted')}>
      {rows.length === 0 ? <Empty title={t('noQueues')} hint={t('noQueuesHint')} /> : (
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{t('queue')}</th>
              <th scope="col">{t('column.waiting')}</th>
              <th scope="col">{t('column.longest')}</th>
              <th scope="col">{t('column.ready')}</th>
              <th scope="col" data-wide>{t('column.level')}</th>
              <th scope="col" data-hide="medium">{t('column.level30')}</th>
              <th scope="col">{t('column.abandoned')}</th>
              <th scope="col" data-hide="small">{t('column.handle')}</th>
            </tr>
          </thead>
          <tbody onKeyDown={onKeyDown} onPointerEnter={hold} onPointerLeave={release} onFocus={hold} onBlur={(event) => { if (!event.currentTarget.contains(event.relatedTarget)) release(); }}>
            {rows.map((queue) => {
              const id = `${queue.tenant}/${queue.queue}`;
              return <QueueRow key={id} queue={queue} offsetMs={offsetMs} opened={opened.has(id)} onToggle={() => toggle(id)} />;
            })}
          </tbody>
        </table>
      )}
    </Card>
  );
}
