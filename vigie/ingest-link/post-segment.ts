import { readFile } from 'node:fs/promises';
import { WarehouseError, type LoadCounts, type LoadJob } from '../../warehouse/warehouse.ts';
import { post } from '../internal/ask.ts';
import type { Place } from '../internal/calls.ts';

const POST_MS = 60_000;
/** Ingest will not take these rows, however often they are sent. */
const NEVER = new Set([400, 409, 413, 415]);
const UNCOUNTED: LoadCounts = { accepted: 0, updated: 0, unchanged: 0, leftOut: 0, quarantined: 0 };

/**
 * Posts a file of rows to ingest. Sent again, it is answered from ingest's memory.
 * @throws UnreachableError and WarehouseError `unavailable`: to be tried again; `invalid-file`: never.
 */
export async function postSegment(place: Place, { loadId, file, kind }: Pick<LoadJob, 'loadId' | 'file' | 'kind'>): Promise<LoadCounts> {
  const sent = await post(place, `/ingest/${kind ?? ''}`, await readFile(file), { 'content-type': 'application/x-ndjson', 'batch-id': loadId.replaceAll('/', ':') }, { timeoutMs: POST_MS });
  if (sent.status === 202) return UNCOUNTED;
  const said = `ingest at ${place.address} answered ${sent.status}: ${sent.text.slice(0, 500).trim()}`;
  throw new WarehouseError(NEVER.has(sent.status) ? 'invalid-file' : 'unavailable', sent.status === 401 ? `${said} (VIGIE_INGEST_TOKEN is another one there)` : said);
}
