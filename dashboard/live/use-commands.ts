'use client';
import { useCallback, useState } from 'react';
import { useClient, type CombinedError } from 'urql';
import { FORCE_PAUSE, LISTEN, MESSAGE, RECORD } from './commands.ts';

export type Outcome = { kind: 'refused'; code: string; reason: string } | { kind: 'failed' } | null;
type Answer = { data?: { result: { __typename: 'CommandDone' } | { __typename: 'CommandRefused'; code: string; reason: string } }; error?: CombinedError };

/** The supervisor's commands for one agent; a refusal keeps the core's reason. */
export function useCommands(agent: string) {
  const client = useClient();
  const [busy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<Outcome>(null);
  const run = useCallback(async (send: () => Promise<Answer>): Promise<boolean> => {
    setBusy(true);
    setOutcome(null);
    const { data } = await send();
    setBusy(false);
    const result = data?.result;
    if (result?.__typename === 'CommandDone') return true;
    setOutcome(result ? { kind: 'refused', code: result.code, reason: result.reason } : { kind: 'failed' });
    return false;
  }, []);
  return {
    busy,
    outcome,
    listen: (on: boolean) => run(async () => client.mutation(LISTEN, { agent, on }).toPromise()),
    record: (on: boolean) => run(async () => client.mutation(RECORD, { agent, on }).toPromise()),
    forcePause: (reason: string) => run(async () => client.mutation(FORCE_PAUSE, { agent, reason }).toPromise()),
    message: (text: string) => run(async () => client.mutation(MESSAGE, { agent, text }).toPromise()),
  };
}
