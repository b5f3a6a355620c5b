import type { ClickHouseSettings } from '@clickhouse/client';
import type { Readable } from 'node:stream';
import type { Give } from '../arrow/pulled.ts';
import { WholeStream } from '../arrow/whole.ts';
import type { TableRequest } from '../engine.ts';
import { ARROW } from './settings.ts';

/** An answer that is handed on while it is made: the server holds nothing back, and its own time limit, which would count the reader's waits, is ours. */
export function tableSettings({ mostRows }: TableRequest, isHere: boolean): ClickHouseSettings {
  return {
    ...ARROW, wait_end_of_query: 0, max_execution_time: 0, max_result_rows: String(mostRows), result_overflow_mode: 'throw',
    // On the same machine packing costs more than sending.
    ...isHere ? { enable_http_compression: 0 } : {},
  };
}

/** Hands the server's own bytes on. @throws when they end before the answer does, as after an error in its middle. */
export async function handTable(answer: Readable, { give, alive, signal }: { give: Give; alive: () => void; signal: AbortSignal }): Promise<void> {
  const whole = new WholeStream();
  for await (const bytes of answer) {
    alive();
    whole.watch(bytes);
    await give(bytes, signal);
    alive();
  }
  whole.end();
}
