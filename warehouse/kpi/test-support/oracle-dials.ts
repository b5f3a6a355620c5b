import type { RawCall } from './raw-rows.ts';

const SAID: Readonly<Record<number, string>> = { 90: 'busy', 91: 'invalid', 92: 'no-answer', 93: 'machine', 96: 'no-answer' };

/** What became of an outbound call: what the system, or an agent with the system's words, says of it, then whether an agent had it, then how it ended. */
export function resultOf(call: RawCall): string {
  const system = call.status_group === 0 ? call.status_num ?? 0 : 0;
  const hadAgent = (call.first_agent ?? '') !== '';
  const said = SAID[system];
  if (said !== undefined) return system === 92 && !hadAgent && (call.ended_by_agent === true || call.end_reason === 11) ? 'cancelled' : said;
  if (hadAgent) return 'passed';
  if (call.abandoned === true || system === 89) return 'nuisance';
  return call.row_state === 1 ? '' : 'interrupted';
}
