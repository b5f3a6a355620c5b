'use client';
import type { ReactNode } from 'react';
import { useMounted } from './use-mounted.ts';

/** Pages depend on the clock and on data: the server sends the frame, the browser fills it. */
export function ClientOnly({ children, fallback = null }: { children: ReactNode; fallback?: ReactNode }) {
  return useMounted() ? children : fallback;
}
