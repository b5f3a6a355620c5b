'use client';
import { useSyncExternalStore } from 'react';

const never = () => () => {};

/** False on the server and in the first render, so that the page's first HTML never depends on the clock or on data. */
export function useMounted(): boolean {
  return useSyncExternalStore(never, () => true, () => false);
}
