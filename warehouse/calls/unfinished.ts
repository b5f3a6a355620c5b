import type { Engine } from '../engine.ts';
import type { Unfinished } from '../unfinished.ts';
import { question } from './question.ts';

interface Row extends Record<string, unknown> { tenant: string; call_id: string; started_at: number; source_sequence: number | null }
interface Session extends Record<string, unknown> { tenant: string; agent: string; session_id: string; known_until_ms: number; source_sequence: number }

/** What a source left in progress. */
export async function unfinished(engine: Pick<Engine, 'query'>, source: string): Promise<Unfinished> {
  const [calls, legs, sessions] = await Promise.all([
    engine.query<Row>({ sql: question('unfinished_calls'), parameters: { source } }),
    engine.query<Row & { leg: number }>({ sql: question('unfinished_legs'), parameters: { source } }),
    engine.query<Session>({ sql: question('unfinished_sessions'), parameters: { source } }),
  ]);
  return {
    calls: calls.map(keyOf),
    legs: legs.map((row) => ({ ...keyOf(row), leg: row.leg })),
    sessions: sessions.map((row) => ({ tenant: row.tenant, agent: row.agent, sessionId: row.session_id, knownUntilMs: row.known_until_ms, sequence: row.source_sequence })),
  };
}

function keyOf({ tenant, call_id, started_at, source_sequence }: Row): Unfinished['calls'][number] {
  return { tenant, callId: call_id, startedAt: new Date(started_at).toISOString(), sequence: source_sequence ?? 0 };
}
