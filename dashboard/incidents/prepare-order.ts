import { levelOf, type Severity } from './severity.tsx';

interface Ordered { number: number; state: string; severity: Severity; clock: { leftMs: number } }

/** Open ones by who needs a person first: those not yet resolved, then severity, then time left. */
export function byUrgency<T extends Ordered>(incidents: readonly T[]): T[] {
  const rank = ({ state }: Ordered) => (state === 'RESOLVED' ? 1 : 0);
  return incidents.toSorted((a, b) => rank(a) - rank(b) || levelOf(a.severity) - levelOf(b.severity) || a.clock.leftMs - b.clock.leftMs || a.number - b.number);
}
