'use client';
import { useEffect, useState } from 'react';
import type { LiveFilter } from '../live/live-query.ts';
import { openStream } from '../live/live-stream.ts';
import { RUNNING, type RunningBoard } from './running-query.ts';

/** A day's lanes need no second: drawing a floor's lanes again costs more than it tells. */
const PACE_MS = 5000;

/** The states that agents are in now; null on another day, or while nobody knows. */
export function useRunning(wanted: boolean, filter: LiveFilter): RunningBoard | null {
  const key = JSON.stringify(filter);
  const [board, setBoard] = useState<RunningBoard | null>(null);
  useEffect(() => {
    if (!wanted) return undefined;
    let taken = 0;
    const stream = openStream(RUNNING, {
      filter: JSON.parse(key),
      onEvent: (event) => {
        if (event.kind === 'broken') { taken = 0; setBoard(null); return; }
        if (event.receivedMs - taken < PACE_MS) return;
        taken = event.receivedMs;
        setBoard(event.board.connected ? event.board : null);
      },
    });
    return () => { stream.close(); setBoard(null); };
  }, [wanted, key]);
  return board;
}
