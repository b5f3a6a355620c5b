import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';

/** Duties that one process at a time has, whatever runs where. The numbers are fixed: they are the locks' names. */
const LOCKS = { core: 4_700_002, keeping: 4_700_003, notifying: 4_700_004, incidents: 4_700_005 };

export interface TurnOptions {
  /** A server's address; its sessions must be real ones, not those of a pooler that shares them. */
  connectionString: string;
  duty: keyof typeof LOCKS;
  /** The duty is this process's. */
  onHeld: () => void;
  /** It may be another's by now: the connection is gone. */
  onLost: () => void;
  /** Another has it. Told once each time. */
  onElsewhere?: () => void;
  onError: (error: unknown) => void;
  /** Between tries, and between looks at the connection. Default 2 s. */
  retryMs?: number;
}

export interface Turn {
  /** Gives the duty away, {@link TurnOptions.onLost} included. */
  close(): Promise<void>;
}

const LONGEST_ANSWER_MS = 10_000;

/**
 * Waits for a duty and keeps it until it is closed: an advisory lock of a session of its own. A process that is killed
 * frees it, as does one whose connection breaks; that one tries again.
 */
export function takeTurn({ connectionString, duty, onHeld, onLost, onElsewhere, onError, retryMs = 2000 }: TurnOptions): Turn {
  const closing = new AbortController();
  const { signal } = closing;
  const rest = (): Promise<void> => pause(retryMs, undefined, { signal }).catch(() => undefined);
  const running = run();
  return {
    async close() {
      closing.abort();
      await running;
    },
  };

  async function run(): Promise<void> {
    while (!signal.aborted) {
      await session().catch(onError);
      await rest();
    }
  }

  async function session(): Promise<void> {
    const client = new pg.Client({ connectionString, keepAlive: true, query_timeout: LONGEST_ANSWER_MS, connectionTimeoutMillis: LONGEST_ANSWER_MS });
    let held = false;
    // The queries fail too; without a listener the process would.
    client.on('error', () => undefined);
    try {
      await client.connect();
      held = await tryLock(client);
      if (!held) onElsewhere?.();
      while (!held) {
        await rest();
        if (signal.aborted) return;
        held = await tryLock(client);
      }
      onHeld();
      while (!signal.aborted) {
        await client.query('select 1');
        await rest();
      }
    } finally {
      if (held) onLost();
      await client.end().catch(() => undefined);
    }
  }

  async function tryLock(client: pg.Client): Promise<boolean> {
    const { rows } = await client.query<{ held: boolean }>('select pg_try_advisory_lock($1) as held', [LOCKS[duty]]);
    return rows[0]?.held ?? false;
  }
}
