'use client';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useParams } from '../url/use-params.ts';
import { keepUnchanged } from './keep-unchanged.ts';
import type { LiveBoard, LiveFilter } from './live-query.ts';
import { openLiveStream, type LiveStream } from './live-stream.ts';

export interface LiveView {
  board: LiveBoard | null;
  /** The server's clock minus ours, so that waits tick right on a wrong PC clock. */
  offsetMs: number;
  connection: 'opening' | 'live' | 'broken';
  brokenSince: number | null;
  retryNow: () => void;
}

/** The live board under the page's filters. */
export function useLiveBoard(): LiveView {
  const params = useParams();
  const key = JSON.stringify(filterOf(params.list('tenant'), params.list('site'), params.get('zone')));
  const [state, setState] = useState<Omit<LiveView, 'retryNow'>>({ board: null, offsetMs: 0, connection: 'opening', brokenSince: null });
  const stream = useRef<LiveStream | null>(null);
  useEffect(() => {
    const filter: LiveFilter = JSON.parse(key);
    const opened = openLiveStream({
      filter,
      onEvent: (event) => setState((before) => (event.kind === 'board'
        ? { board: keepUnchanged(before.board, event.board), offsetMs: offsetOf(event.board, event.receivedMs, before.offsetMs), connection: 'live', brokenSince: null }
        : { ...before, connection: 'broken', brokenSince: before.brokenSince ?? Date.now() })),
    });
    stream.current = opened;
    return () => opened.close();
  }, [key]);
  return useMemo(() => ({ ...state, retryNow: () => stream.current?.retryNow() }), [state]);
}

function filterOf(tenant: string[], site: string[], zone: string | null): LiveFilter {
  return { ...(tenant.length > 0 && { tenant }), ...(site.length > 0 && { site }), ...(zone && { zone }) };
}

/** Small jitter is not followed, or every clock on the page would tremble. */
function offsetOf(board: LiveBoard, receivedMs: number, before: number): number {
  const offset = Date.parse(board.at) - receivedMs;
  return Math.abs(offset - before) < 1500 ? before : offset;
}
