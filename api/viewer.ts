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

export function allows(ids: 'all' | readonly string[], id: string): boolean {
  return ids === 'all' || ids.includes(id);
}
