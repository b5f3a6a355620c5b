'use client';
import type { TadaDocumentNode } from 'gql.tada';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { LiveFilter } from './live-query.ts';
import { openStream, type LiveStream } from './live-stream.ts';

export interface StreamView<Board> {
  board: Board | null;
  /** The server's clock minus ours, so that waits tick right on a wrong PC clock. */
  offsetMs: number;
  connection: 'opening' | 'live' | 'broken';
  brokenSince: number | null;
  retryNow: () => void;
}

/** A selection of the live board. `keep` gives the new board with the old one's unchanged parts; it and the document never change. */
export function useStream<Board extends { at: string }>(document: TadaDocumentNode<{ live: Board }, { filter?: LiveFilter | null }>, filter: LiveFilter, keep: (before: Board | null, after: Board) => Board): StreamView<Board> {
  const key = JSON.stringify(filter);
  const [state, setState] = useState<Omit<StreamView<Board>, 'retryNow'>>({ board: null, offsetMs: 0, connection: 'opening', brokenSince: null });
  const stream = useRef<LiveStream | null>(null);
  useEffect(() => {
    const opened = openStream(document, {
      filter: JSON.parse(key),
      onEvent: (event) => setState((before) => (event.kind === 'board'
        ? { board: keep(before.board, event.board), offsetMs: offsetOf(event.board, event.receivedMs, before.offsetMs), connection: 'live', brokenSince: null }
        : { ...before, connection: 'broken', brokenSince: before.brokenSince ?? Date.now() })),
    });
    stream.current = opened;
    return () => opened.close();
  }, [document, key, keep]);
  return useMemo(() => ({ ...state, retryNow: () => stream.current?.retryNow() }), [state]);
}

/** Small jitter is not followed, or every clock on the page would tremble. */
function offsetOf(board: { at: string }, receivedMs: number, before: number): number {
  const offset = Date.parse(board.at) - receivedMs;
  return Math.abs(offset - before) < 1500 ? before : offset;
}
