'use client';
import { IconArrowUpRight } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useTranslations } from 'use-intl';
import { useEffect, useRef } from 'react';
import { duration } from '../format/duration.ts';
import { useFormats } from '../format/use-formats.ts';
import { Mark } from '../parts/mark.tsx';
import { useArrowKeys } from '../parts/use-arrow-keys.ts';
import { numberOf } from './number-of.ts';
import type { CallRow } from './calls-query.ts';
import classes from './calls.module.css';
import { FateLabel } from './fate.tsx';

interface Props { rows: CallRow[]; /** Of several days: each row tells its own. */ dated: boolean; total: number; more: boolean; onMore: () => void; selected: string; onSelect: (row: CallRow) => void }

/** Only the rows in view are drawn; the next page is asked before its end is reached. */
export function CallsTable({ rows, dated, total, more, onMore, selected, onSelect }: Props) {
  const t = useTranslations('calls');
  const scroller = useRef<HTMLDivElement>(null);
  const onKeyDown = useArrowKeys<HTMLDivElement>();
  const virtual = useVirtualizer({ count: rows.length, getScrollElement: () => scroller.current, estimateSize: () => 38, overscan: 16, initialRect: { width: 1200, height: 640 } });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => { if (more && last > rows.length - 40) onMore(); }, [last, more, rows.length, onMore]);
  return (
    <div className={classes.scroller} data-dated={dated || undefined} ref={scroller} onKeyDown={onKeyDown} role="grid" aria-label={t('title')} aria-rowcount={total + 1} tabIndex={-1}>
      <div className={`${classes.row} ${classes.headRow}`} role="row" aria-rowindex={1}>
        {(['time', 'caller', 'queue', 'agent', 'fate', 'wait', 'talk', 'status'] as const).map((column) => <span key={column} role="columnheader" data-column={column}>{t(`column.${column}`)}</span>)}
      </div>
      <div style={{ height: virtual.getTotalSize(), position: 'relative' }} role="presentation">
        {items.map(({ index, start }) => {
          const row = rows[index];
          return row && <Row key={`${row.tenant}/${row.callId}`} row={row} dated={dated} index={index} top={start} selected={row.callId === selected} onSelect={onSelect} />;
        })}
      </div>
    </div>
  );
}

function Row({ row, dated, index, top, selected, onSelect }: { row: CallRow; dated: boolean; index: number; top: number; selected: boolean; onSelect: (row: CallRow) => void }) {
  const t = useTranslations('calls');
  const formats = useFormats();
  const queued = row.queue !== '' && row.queue !== '0';
  const late = row.inTarget === false && row.fate === 'ANSWERED';
  return (
    <div className={`${classes.row} ${classes.bodyRow}`} style={{ transform: `translateY(${top}px)` }} role="row" aria-rowindex={index + 2} aria-selected={selected} data-row tabIndex={0} data-testid="call-row"
      onClick={() => onSelect(row)} onKeyDown={(event) => { if (event.key === 'Enter') onSelect(row); }}>
      <span role="gridcell" data-column="time"><b>{formats.timeWithSeconds(row.startedAt)}</b>{dated && <> <span className={classes.dim}>{formats.date(row.startedAt)}</span></>}</span>
      <span role="gridcell" data-column="caller">{row.direction === 'OUTBOUND' && <IconArrowUpRight size={14} aria-label={t('outbound')} />}{numberOf(row) || t('anonymous')}</span>
      <span role="gridcell" data-column="queue" title={row.queueName}>{row.queueName || '–'}</span>
      <span role="gridcell" data-column="agent" title={row.agentName}>{row.agentName || '–'}{row.transferred && <span className={classes.tag}>{t('transferred')}</span>}</span>
      <span role="gridcell" data-column="fate"><FateLabel fate={row.fate} result={row.result} /></span>
      <span role="gridcell" data-column="wait" data-late={late || undefined}>{late && <Mark verdict="warn" label={t('late')} />}{queued ? duration(row.waitSeconds) : '–'}</span>
      <span role="gridcell" data-column="talk">{row.talkSeconds > 0 ? duration(row.talkSeconds) : '–'}</span>
      <span role="gridcell" data-column="status" className={classes.dim}>{row.status || '–'}</span>
    </div>
  );
}
