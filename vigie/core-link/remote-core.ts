import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import type { LivePort } from '../../api/ports.ts';
import type { CommandResult } from '../../telephony/commands.ts';
import { ask, UnreachableError } from '../internal/ask.ts';
import type { Place } from '../internal/calls.ts';
import { COMMANDS_PATH } from './core-handler.ts';
import { readLive } from './read-live.ts';

export interface RemoteCoreOptions {
  /** Looked for at each try: the core may have come back elsewhere. @throws where none is known. */
  place: () => Place;
  /** Told once when the core is not there, not at each try. */
  onTrouble: (reason: string) => void;
  /** Without any sign for so long the core counts as lost: three of its heartbeats. */
  silenceMs?: number;
  firstRetryMs?: number;
  longestRetryMs?: number;
}

const COMMAND_MS = 10_000;
const resultSchema: z.ZodType<CommandResult> = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true) }),
  z.object({ ok: z.literal(false), code: z.enum(['unknown-agent', 'unknown-call', 'unknown-queue', 'unknown-team', 'unknown-reason', 'unknown-status', 'unknown-message', 'unknown-campaign', 'wrong-state', 'no-target', 'no-contact']), reason: z.string() }),
]);

/** The core of another process. A subscription waits for it as long as it takes, and is broken when it was there and went. */
export function remoteCore({ place, onTrouble, silenceMs = 15_000, firstRetryMs = 250, longestRetryMs = 5000 }: RemoteCoreOptions): LivePort {
  return {
    subscribe(listener, broken) {
      const stopping = new AbortController();
      void follow();
      return () => stopping.abort();

      async function follow(): Promise<void> {
        const { signal } = stopping;
        let [begun, told] = [false, false];
        for (let wait = firstRetryMs; !signal.aborted; wait = Math.min(2 * wait, longestRetryMs)) {
          const reason = await readLive({
            place, signal, silenceMs,
            take: (event) => {
              begun = true;
              if (!signal.aborted) listener(event);
            },
          }).then(() => 'the telephony core has ended', (error: unknown) => (error instanceof Error ? error.message : String(error)));
          if (signal.aborted) return;
          if (begun) return broken?.(reason);
          if (!told) onTrouble(reason);
          told = true;
          // Many that lost one core do not come back in one instant.
          await pause(wait * (0.75 + Math.random() / 2), undefined, { signal }).catch(() => undefined);
        }
      }
    },
    async command(command) {
      try {
        return resultSchema.parse(await ask(place(), COMMANDS_PATH, command, { timeoutMs: COMMAND_MS }));
      } catch (error) {
        if (!(error instanceof UnreachableError)) throw error;
        // It is not sent again: it may have been done.
        return { ok: false, code: 'core-unavailable', reason: `the telephony core does not answer; whether the command was done, the board will show (${error.message})` };
      }
    },
  };
}
