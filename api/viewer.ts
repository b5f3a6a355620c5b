import type { IncomingMessage } from 'node:http';
import { FULL_SCOPE, type Scope } from '../warehouse/warehouse.ts';

/** Who asks, and what they may see. Every resolver gets one. */
export interface Viewer {
  name: string;
  scope: Scope;
}

/**
 * The only place where a request becomes a viewer. Everybody who can reach the server (this machine
 * only, see `http/guard.ts`) sees everything.
 */
export function viewerFor(_request: Request | IncomingMessage): Viewer {
  return { name: 'local', scope: FULL_SCOPE };
}

/** Equal scopes have equal keys, in whatever order their ids are listed. */
export function scopeKey(scope: Scope): string {
  return JSON.stringify([scope.tenants, scope.sites, scope.queues, scope.teams].map((ids) => (ids === 'all' ? ids : [...ids].sort())));
}

/** Whether a viewer may say how a campaign dials: all of its floor is in sight, not some of its teams. */
export function directs(scope: Scope, { tenant, site, queue }: { tenant: string; site: string; queue: number }): boolean {
  return allows(scope.tenants, tenant) && allows(scope.sites, site) && allows(scope.queues, String(queue)) && scope.teams === 'all';
}

export function allows(ids: 'all' | readonly string[], id: string): boolean {
  return ids === 'all' || ids.includes(id);
}
