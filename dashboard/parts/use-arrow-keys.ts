'use client';
import { useCallback, type KeyboardEvent } from 'react';

/** ↑ ↓ Home End move the focus between the elements marked `data-row` inside the handler's element. */
export function useArrowKeys<T extends HTMLElement>() {
  return useCallback((event: KeyboardEvent<T>) => {
    if (!['ArrowDown', 'ArrowUp', 'Home', 'End'].includes(event.key)) return;
    const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-row]')];
    const at = rows.findIndex((row) => row === document.activeElement || row.contains(document.activeElement));
    if (at < 0) return;
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key] ?? at;
    const row = rows[Math.min(rows.length - 1, Math.max(0, next))];
    if (!row) return;
    event.preventDefault();
    row.focus();
    row.scrollIntoView({ block: 'nearest' });
  }, []);
}
