'use client';
import { usePathname, useSearchParams } from 'next/navigation';
import { useCallback, useMemo } from 'react';

export type Patch = Record<string, string | string[] | null | undefined>;

/** The page's state is its address: any view can be sent to a colleague. Lists are comma-separated. */
export function useParams() {
  const search = useSearchParams();
  const pathname = usePathname();
  const text = search.toString();
  const set = useCallback((patch: Patch, mode: 'replace' | 'push' = 'replace') => {
    const url = `${pathname}${withPatch(window.location.search, patch)}`;
    if (mode === 'push') window.history.pushState(null, '', url);
    else window.history.replaceState(null, '', url);
  }, [pathname]);
  return useMemo(() => {
    const params = new URLSearchParams(text);
    return {
      get: (name: string) => params.get(name),
      list: (name: string) => splitList(params.get(name)),
      set,
      text,
    };
  }, [text, set]);
}

/** `?a=1&b=x,y` after a patch; empty values leave the address. */
export function withPatch(search: string, patch: Patch): string {
  const params = new URLSearchParams(search);
  for (const [name, value] of Object.entries(patch)) {
    const text = Array.isArray(value) ? value.join(',') : value;
    if (text) params.set(name, text);
    else params.delete(name);
  }
  const text = params.toString().replaceAll('%2C', ',').replaceAll('%3A', ':').replaceAll('%2F', '/');
  return text ? `?${text}` : '';
}

export function splitList(text: string | null): string[] {
  return (text ?? '').split(',').filter((item) => item !== '');
}
