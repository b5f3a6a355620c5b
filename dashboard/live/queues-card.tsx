'use client';
import { useTranslations } from 'use-intl';
import { useCallback, useState } from 'react';
import { useFormats } from '../format/use-formats.ts';
import { Card } from '../parts/card.tsx';
import { Explain } from '../parts/explain.tsx';
import { Empty } from '../parts/states.tsx';
import { useArrowKeys } from '../parts/use-arrow-keys.ts';
import { useReference } from '../url/use-reference.ts';
import classes from './queues.module.css';
import { keepOrder, type QueueView } from './prepare-queues.ts';
import { QueueRow } from './queue-row.tsx';

/** Queues, the one that needs help first; rows hold still while someone points at them or has the focus there. */
export function QueuesCard({ queues, dayFrom, zone, offsetMs }: { queues: QueueView[]; dayFrom: string; zone: string; offsetMs: number }) {
  const t = useTranslations('live');
  const formats = useFormats();
  const { measure } = useReference();
  const today = t('over.today', { time: formats.time(dayFrom), zone });
  const [held, setHeld] = useState<string[] | null>(null);
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const onKeyDown = useArrowKeys<HTMLTableSectionElement>();
  const rows = keepOrder(queues, ({ queue, tenant }) => `${tenant}/${queue}`, held);
  const hold = () => setHeld((before) => before ?? rows.map(({ queue, tenant }) => `${tenant}/${queue}`));
  const release = () => setHeld(null);
  const toggle = useCallback((id: string) => setOpened((before) => {
    const next = new Set(before);
    if (!next.delete(id)) next.add(id);
    return next;
  }), []);
  return (
    <Card title={t('queues')} aside={held ? t('held') : t('sorted')}>
      {rows.length === 0 ? <Empty title={t('noQueues')} hint={t('noQueuesHint')} /> : (
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{t('queue')}</th>
              <Head label={t('column.waiting')} formula={t('formula.waiting')} over={t('over.now')} />
              <Head label={t('column.longest')} formula={t('formula.longest')} over={t('over.now')} />
              <Head label={t('column.ready')} formula={t('formula.ready')} over={t('over.now')} />
              <Head label={t('column.level')} formula={measure('service-level')?.formula} over={today} wide />
              <Head label={t('column.level30')} formula={measure('service-level')?.formula} over={t('over.last30')} hide="medium" />
              <Head label={t('column.abandoned')} formula={measure('abandonment-rate')?.formula} over={today} />
              <Head label={t('column.handle')} formula={measure('average-handle')?.formula} over={today} hide="small" />
            </tr>
          </thead>
          <tbody onKeyDown={onKeyDown} onPointerEnter={hold} onPointerLeave={release} onFocus={hold} onBlur={(event) => { if (!event.currentTarget.contains(event.relatedTarget)) release(); }}>
            {rows.map((queue) => {
              const id = `${queue.tenant}/${queue.queue}`;
              return <QueueRow key={id} queue={queue} offsetMs={offsetMs} opened={opened.has(id)} onToggle={toggle} />;
            })}
          </tbody>
        </table>
      )}
    </Card>
  );
}

function Head({ label, formula = '', over, wide, hide }: { label: string; formula?: string; over: string; wide?: boolean; hide?: 'small' | 'medium' }) {
  return <th scope="col" data-wide={wide} data-hide={hide}><Explain name={label} formula={formula} over={over}><span tabIndex={0}>{label}</span></Explain></th>;
}
