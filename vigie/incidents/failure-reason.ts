import { z } from 'zod';
import type { DetectorReason } from '../../api/ports.ts';

const errorSchema = z.object({ code: z.string().catch(''), path: z.string().optional().catch(undefined), name: z.string().catch('') });

const CODES: Record<string, DetectorReason['code']> = {
  ENOENT: 'folder-missing', ENOTDIR: 'folder-missing', EACCES: 'not-allowed', EPERM: 'not-allowed',
  ECONNREFUSED: 'not-reached', ECONNRESET: 'not-reached', EHOSTUNREACH: 'not-reached', ENETUNREACH: 'not-reached', ENOTFOUND: 'not-reached', EAI_AGAIN: 'not-reached', EPIPE: 'not-reached', UND_ERR_SOCKET: 'not-reached',
  // Of the warehouse.
  unavailable: 'not-reached', timeout: 'too-slow',
  ETIMEDOUT: 'too-slow', UND_ERR_CONNECT_TIMEOUT: 'too-slow', UND_ERR_HEADERS_TIMEOUT: 'too-slow',
};
const ABOUT_FILES: readonly DetectorReason['code'][] = ['folder-missing', 'not-allowed'];
const DEEPEST = 5;

/** Why a detector cannot look, as far as an error's code or that of its causes tells. */
export function failureReason(error: unknown): DetectorReason {
  if (error instanceof z.ZodError) return { code: 'wrong-settings' };
  let cause = error;
  for (let depth = 0; depth < DEEPEST && cause instanceof Error; depth += 1) {
    const { code, path, name } = errorSchema.parse(cause);
    const known = CODES[code] ?? (name === 'TimeoutError' ? 'too-slow' : null);
    // Without its path a missing file may be anything.
    if (known !== null && ABOUT_FILES.includes(known) === (path !== undefined)) return { code: known, ...(path === undefined ? {} : { path }) };
    cause = cause.cause;
  }
  return { code: 'failed' };
}
