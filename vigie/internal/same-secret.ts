import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** Takes the same time wherever the texts differ. */
function sameSecret(given: string, expected: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}

/** Whether a request carries `Authorization: Bearer TOKEN`. */
export function carriesToken(request: Pick<IncomingMessage, 'headers'>, token: string): boolean {
  return sameSecret(request.headers.authorization ?? '', `Bearer ${token}`);
}
