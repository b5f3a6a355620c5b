'use client';
import { useCallback, useState } from 'react';
import type { CombinedError } from 'urql';

export type Outcome = { kind: 'refused'; code: string; reason: string } | { kind: 'failed' } | null;
type Answer = { data?: { result: { __typename: 'CommandDone' } | { __typename: 'CommandRefused'; code: string; reason: string } }; error?: CombinedError };

/** Sends commands to the floor one at a time; a refusal keeps the core's reason. */
export function useCommand() {
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
  const forget = useCallback(() => setOutcome(null), []);
  return { busy, outcome, run, forget };
}
