import { basename } from 'node:path';
import type { CountryCode } from 'libphonenumber-js/max';
import { contactLine, type CallFile, type CallFiles, type RejectedRow } from '../../warehouse/operational/contacts/call-files.ts';
import type { KnownNumbers } from '../../warehouse/operational/contacts/known-numbers.ts';
import { completeMapping, type Field, type Mapping } from './columns.ts';
import { rowReader, type Reason } from './contact-of-row.ts';
import type { Rows } from './csv-rows.ts';
import { NumberSet } from './number-set.ts';
import { openCallFile, type OpenedCallFile } from './open-call-file.ts';
import { phoneParser } from './phone-numbers.ts';

export interface CallFileImport {
  path: string;
  /** Shown for the file; default its own name. */
  name?: string;
  campaign: string;
  tenant: string;
  /** Of numbers without a country code. */
  country: CountryCode;
  /** Of dates without a zone, where the contact's is not known. */
  zone: string;
  mapping?: Partial<Record<Field, string>>;
  by: string;
  onProgress?: (step: ImportStep) => void;
  /** Ends it: then it has loaded nothing. */
  signal?: AbortSignal;
}

export type ImportStep = { stage: 'reading'; rows: number } | { stage: 'comparing' };

/** Of one COPY: it must not hold the store for long where that is a single session. */
const COPY_BYTES = 6_000_000;
const REJECTED_AT_ONCE = 20_000;

/**
 * Loads a file of contacts. Every row becomes a contact or a rejected row with its reason. Killed on the way, it has loaded nothing:
 * contacts are dialed from when the last one is in.
 * @throws CallFileRefused when the file itself cannot be taken.
 */
export async function importCallFile(files: CallFiles, options: CallFileImport): Promise<CallFile> {
  const { path, campaign, tenant, by, onProgress, signal } = options;
  const opened = await openCallFile(path);
  const mapping = completeMapping(opened.header, options.mapping);
  const stored: Record<string, string> = mapping;
  const id = await files.begin({ campaign, tenant, name: options.name ?? basename(path), format: opened.format, delimiter: opened.delimiter, header: opened.header, mapping: stored, by });
  try {
    const known = await files.known({ campaign, tenant });
    const { rows, lanes, places } = await loadRows(files, id, opened, mapping, options, known);
    onProgress?.({ stage: 'comparing' });
    const takenOut = await files.compare(id, { campaign, tenant, known });
    if (takenOut.length > 0) await keepCells(files, id, opened, takenOut);
    signal?.throwIfAborted();
    return await files.finish(id, { rows, lanes, places });
  } catch (error) {
    await files.discard(id).catch(() => undefined);
    throw error;
  }
}

interface Loaded { rows: number; lanes: { zone: string; priority: number }[]; places: Map<string, readonly string[]> }

async function loadRows(files: CallFiles, id: number, opened: OpenedCallFile, mapping: Mapping & { number: string }, { country, zone: ownZone, onProgress, signal }: CallFileImport, known: KnownNumbers | null): Promise<Loaded> {
  const read = rowReader({ header: opened.header, mapping, phone: phoneParser(country), zone: ownZone });
  const seen = new NumberSet();
  const [inCampaign, listed] = [NumberSet.of(known?.inCampaign ?? []), NumberSet.of(known?.listed ?? [])];
  const lanes: { zone: string; priority: number }[] = [];
  const laneNumbers = new Map<string, number>();
  const places = new Map<string, readonly string[]>();
  const writer = copyWriter(files, id);
  let rows = 0;
  try {
    for await (const part of opened.rows()) await take(part);
    await writer.end();
  } catch (error) {
    // Whoever throws the file away must not do so beside rows that are still going in.
    await writer.stopped();
    throw error;
  }
  return { rows, lanes, places };

  async function take(part: Rows): Promise<void> {
    for (const [index, cells] of part.rows.entries()) {
      // A blank line is none.
      if (cells.every((cell) => cell === '')) continue;
      rows++;
      const line = part.first + index;
      const outcome = read(cells);
      if ('reason' in outcome) writer.reject(line, outcome.reason, outcome.detail, cells);
      else if (!seen.add(outcome.contact.number)) writer.reject(line, 'duplicate-in-file', `+${outcome.contact.number}`, cells);
      else if (inCampaign.has(outcome.contact.number)) writer.reject(line, 'duplicate-in-campaign', `+${outcome.contact.number}`, cells);
      else if (listed.has(outcome.contact.number)) writer.reject(line, 'do-not-call', `+${outcome.contact.number}`, cells);
      else {
        const { contact, zone, priority } = outcome;
        const key = zone.zone + priority;
        let lane = laneNumbers.get(key);
        if (lane === undefined) {
          lane = lanes.push({ zone: zone.zone, priority }) - 1;
          laneNumbers.set(key, lane);
          places.set(zone.zone, zone.places);
        }
        writer.add(contactLine(id, line, lane, contact));
      }
    }
    await writer.pause();
    signal?.throwIfAborted();
    onProgress?.({ stage: 'reading', rows });
  }
}

/** Gathers lines and copies them while the next ones are read: one copy at a time. */
function copyWriter(files: CallFiles, id: number): { add(line: string): void; reject(line: number, reason: Reason, detail: string, cells: readonly string[]): void; pause(): Promise<void>; end(): Promise<void>; stopped(): Promise<void> } {
  // Bytes outside the heap: a million lines that wait there would be looked at by the collector again and again.
  let bytes = Buffer.allocUnsafe(COPY_BYTES * 2);
  let used = 0;
  let rejected: RejectedRow[] = [];
  let running: Promise<void> = Promise.resolve();
  const copy = async (): Promise<void> => {
    await running;
    const [some, refused] = [bytes.subarray(0, used), rejected];
    bytes = Buffer.allocUnsafe(COPY_BYTES * 2);
    used = 0;
    rejected = [];
    running = (async () => {
      if (some.length > 0) await files.addContacts(id, some);
      if (refused.length > 0) await files.addRejected(id, refused);
    })();
    // Its failure is met by whoever waits for it next.
    running.catch(() => undefined);
  };
  return {
    add(line) {
      if (used + line.length * 3 > bytes.length) bytes = Buffer.concat([bytes.subarray(0, used)], bytes.length * 2 + line.length * 3);
      used += bytes.write(line, used);
    },
    reject: (line, reason, detail, cells) => void rejected.push({ line, reason, detail, cells }),
    async pause() {
      if (used >= COPY_BYTES || rejected.length >= REJECTED_AT_ONCE) await copy();
    },
    async end() {
      await copy();
      await running;
    },
    /** Nothing is on its way any more, come what may. */
    stopped: () => running.catch(() => undefined),
  };
}

/** Reads the file again for the rows that comparing took out. */
async function keepCells(files: CallFiles, id: number, opened: OpenedCallFile, lines: readonly number[]): Promise<void> {
  let next = 0;
  let kept: { line: number; cells: readonly string[] }[] = [];
  for await (const { first, rows } of opened.rows()) {
    while (next < lines.length && (lines[next] ?? 0) < first + rows.length) {
      const line = lines[next++] ?? 0;
      kept.push({ line, cells: rows[line - first] ?? [] });
    }
    if (kept.length >= REJECTED_AT_ONCE) {
      await files.keepCells(id, kept);
      kept = [];
    }
    if (next >= lines.length) break;
  }
  if (kept.length > 0) await files.keepCells(id, kept);
}
