'use client';
import { useClient } from 'urql';
import { FORCE_PAUSE, LISTEN, MESSAGE, RECORD } from './commands.ts';
import { useCommand } from './use-command.ts';

/** The supervisor's commands for one agent. */
export function useCommands(agent: string) {
  const client = useClient();
  const { busy, outcome, run } = useCommand();
  return {
    busy,
    outcome,
    listen: (on: boolean) => run(async () => client.mutation(LISTEN, { agent, on }).toPromise()),
    record: (on: boolean) => run(async () => client.mutation(RECORD, { agent, on }).toPromise()),
    forcePause: (reason: string) => run(async () => client.mutation(FORCE_PAUSE, { agent, reason }).toPromise()),
    message: (text: string) => run(async () => client.mutation(MESSAGE, { agent, text }).toPromise()),
  };
}
