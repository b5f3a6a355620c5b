'use client';
import { useMemo } from 'react';
import { resolveZone } from './resolve-zone.ts';
import { useParams } from './use-params.ts';
import { useReference } from './use-reference.ts';

/** The zone that "today" and every shown time are in, and the chosen tenants and sites. */
export function useZone() {
  const params = useParams();
  const { reference, loaded } = useReference();
  return useMemo(() => {
    const tenant = params.list('tenant');
    const site = params.list('site');
    return { zone: resolveZone(params.get('zone'), tenant, site, reference), tenant, site, loaded };
  }, [params, reference, loaded]);
}
