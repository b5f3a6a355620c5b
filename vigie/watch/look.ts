import { z } from 'zod';
import type { Look } from './verdict.ts';

const LONGEST_ANSWER_MS = 10_000;
const bodySchema = z.object({ parts: z.record(z.string(), z.string()).default({}) });

/** Asks a process whether it answers, and whether what it shows is fresh. */
export async function lookAt(address: string, { timeoutMs = LONGEST_ANSWER_MS, signal }: { timeoutMs?: number; signal?: AbortSignal } = {}): Promise<Look> {
  const ask = (path: string): Promise<Response> => fetch(new URL(path, address), { redirect: 'manual', signal: AbortSignal.any([AbortSignal.timeout(timeoutMs), ...(signal ? [signal] : [])]) });
  try {
    const health = await ask('/health');
    await health.body?.cancel();
    if (health.status === 421) return { condition: 'down', reason: 'it does not answer to the name it is watched by: give it this name as VIGIE_SITE_URL, and the watcher an address of a proxy before it' };
    if (!health.ok) return { condition: 'down', reason: `it answers with status ${health.status}` };
    const sight = await ask('/sight');
    // A process that shows nothing to people.
    if (sight.ok || sight.status === 404) {
      await sight.body?.cancel();
      return { condition: 'up', reason: '' };
    }
    const { parts } = bodySchema.catch({ parts: {} }).parse(await sight.json().catch(() => null));
    const wrong = Object.entries(parts).filter(([, state]) => state !== 'ready').map(([name, state]) => `${name}: ${state}`);
    return { condition: 'blind', reason: wrong.length > 0 ? wrong.join('; ') : `it answers with status ${sight.status}` };
  } catch (error) {
    return { condition: 'down', reason: reasonOf(error, timeoutMs) };
  }
}

function reasonOf(error: unknown, timeoutMs: number): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return `no answer within ${timeoutMs / 1000} s`;
  const cause = error.cause instanceof Error ? error.cause : error;
  return cause.message === '' ? cause.name : cause.message;
}
