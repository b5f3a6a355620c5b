'use client';
import { useParams, withPatch } from './use-params.ts';

const SHARED = ['tenant', 'site', 'zone', 'range'];

/** The part of the address that goes along from page to page. */
export function sharedOf(search: string): Record<string, string> {
  const params = new URLSearchParams(search);
  return Object.fromEntries(SHARED.flatMap((name) => (params.get(name) ? [[name, params.get(name) ?? '']] : [])));
}

export function useShared(): string {
  return withPatch('', sharedOf(useParams().text));
}
