'use client';
import { useVirtualizer } from '@tanstack/react-virtual';
import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { useRef } from 'react';
import { duration } from '../format/duration.ts';
import { useFormats } from '../format/use-formats.ts';
import { StateIcon } from '../parts/agent-state.tsx';
import { usePauseLabel } from '../parts/use-pause-label.ts';
import { useReference } from '../url/use-reference.ts';
import classes from './agents.module.css';
import type { Span } from './timeline-query.ts';

/** Each state, newest first; a state that carries a call leads to it. */
export function SpansTable({ spans, tenant }: { spans: Span[]; tenant: string }) {
  const t = useTranslations('live');
  const words = useTranslations('agents');
  const formats = useFormats();
  const { reference } = useReference();
  const pauseLabel = usePauseLabel();
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({ count: spans.length, getScrollElement: () => scroller.current, estimateSize: () => 30, overscan: 12, initialRect: { width: 700, height: 420 } });
  const queue = (id: string) => (id === '' || id === '0' ? '' : reference.queues.find((each) => each.id === id)?.name ?? id);
  return (
    <div className={classes.spans} ref={scroller} tabIndex={0} role="region" aria-label={words('states')}>
      <ol style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const span = spans[spans.length - 1 - index];
          return span && (
            <li key={span.startedAt + span.state} style={{ transform: `translateY(${start}px)` }}>
              <span>{formats.timeWithSeconds(span.startedAt)}</span>
              <span className={classes.state}><StateIcon state={span.state} />{t(`state.${span.state}`)}{span.reason && <span className={classes.dim}>{pauseLabel(span.reason)}</span>}{span.running && <span className={classes.dim}>{words('running')}</span>}</span>
              <span className={classes.dim}>{queue(span.queue)}</span>
              <span>{span.callId !== '' && <Link href={`/calls/${tenant}/${span.callId}`} prefetch={false} className={classes.link}>{words('call')}</Link>}</span>
              <b>{duration((Date.parse(span.endedAt) - Date.parse(span.startedAt)) / 1000)}</b>
            </li>
          );
        })}
      </ol>
    </div>
  );
}
