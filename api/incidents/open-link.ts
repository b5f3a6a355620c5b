import type { SigningLink } from '../../warehouse/operational/incidents/signing.ts';
import { refusedBy, type Refused } from './refusals.ts';
import type { IncidentWork } from './work.ts';

/** A token is 32 bytes in base64url; anything else is none, and is not asked for. */
const TOKEN = /^[\w-]{43}$/;

/**
 * What a personal link is for, if it is good. Whoever holds it needs no other right.
 * @param address from where it is opened, for the gate.
 */
export async function openLink(token: string, address: string, { store, gate }: Pick<IncidentWork, 'store' | 'gate'>, nowMs: number): Promise<SigningLink | Refused> {
  if (!(await gate.admits(token, address))) return { refused: 'busy' };
  if (!TOKEN.test(token)) return { refused: 'unknown-link-to-sign' };
  const link = await store.incidents.signingLink(token, nowMs);
  if (!link.ok) return refusedBy(link);
  gate.knows(token, address);
  return link;
}
