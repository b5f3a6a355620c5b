import { createHash, randomUUID } from 'node:crypto';
import { readdirSync, rmSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { CountryCode } from 'libphonenumber-js/max';
import type { Logger } from 'pino';
import type { Field } from '../../ingest/call-files/columns.ts';
import { isRefused, type CallFileDesk, type Refused } from '../../ingest/call-files/desk.ts';
import { countryOf } from '../../ingest/call-files/phone-numbers.ts';
import type { Preview } from '../../ingest/call-files/preview.ts';
import { countryOfZone } from '../../ingest/call-files/zones.ts';
import type { CallFilesPort } from '../ports.ts';

/** A file that was sent and is not imported yet: what it holds, and how far it is. */
export interface Upload {
  id: string;
  name: string;
  campaign: string;
  tenant: string;
  bytes: number;
  /** ISO code; of numbers without a country code. */
  country: CountryCode;
  /** As its first rows are now read. */
  preview: Preview;
  check: Check | null;
  import: Import | null;
}

/** Every row's verdict; `counts` is null while they are being read, `refused` when reading found that the file cannot be taken, `failed` when it could not be read to its end: the log says why. */
export interface Check { rows: number; counts: Preview['counts']; examples: Preview['examples']; refused: Refused | null; failed: boolean }

/** `failed`: the log says why. */
export interface Import { stage: 'reading' | 'comparing' | 'done' | 'refused' | 'failed'; rows: number; file: number | null; refused: Refused | null }

interface Kept extends Upload { path: string; zone: string; said: Partial<Record<Field, string>>; receivedMs: number; by: string }

export interface NewUpload { path: string; name: string; bytes: number; campaign: string; tenant: string; zone: string; by: string }

/** An upload that nobody imported is thrown away after this. */
const KEPT_MS = 24 * 3_600_000;
/** At once, and of one process: each has a place on the disk. */
const MOST_UPLOADS = 20;
/** Where the campaign's zone belongs to no country alone; whoever uploads sees it and may choose another. */
const USUAL_COUNTRY: CountryCode = 'FR';
const UPLOAD_ID = /^[\da-f-]{36}\.[\da-f]{8}$/;
const UPLOAD_NAME = /^upload-[\da-f-]{36}$/;

/** The uploads of this process, which their ids name where there are several. They do not outlive it: what it left is removed by whoever looks a day later. */
export class Uploads {
  readonly #port: CallFilesPort;
  readonly #logger: Logger;
  readonly #nowMs: () => number;
  readonly #desk: CallFileDesk;
  readonly #kept = new Map<string, Kept>();
  /** What its ids end with. */
  readonly #own: string;

  constructor(port: CallFilesPort, logger: Logger, nowMs: () => number = Date.now) {
    this.#port = port;
    this.#logger = logger;
    this.#nowMs = nowMs;
    this.#own = port.process === undefined ? '' : `.${createHash('sha256').update(port.process).digest('hex').slice(0, 8)}`;
    this.#desk = port.open((key, step) => {
      const upload = this.#kept.get(key);
      if (upload?.import) Object.assign(upload.import, step);
      else if (upload?.check && step.stage === 'reading') upload.check.rows = step.rows;
    });
    this.#removeOld();
  }

  get desk(): CallFileDesk {
    return this.#desk;
  }

  /** Where the next upload may be written; null = too many lie here. */
  place(): { id: string; path: string } | null {
    this.#removeOld();
    if (this.#kept.size >= MOST_UPLOADS) return null;
    const id = randomUUID();
    return { id: id + this.#own, path: join(this.#port.folder, `upload-${id}`) };
  }

  /** Of a file that was read at once. */
  removePlace({ path }: { path: string }): void {
    rmSync(path, { force: true });
  }

  /** Takes a file that has come whole, after a look at its beginning. One that is refused is removed. */
  async receive(id: string, file: NewUpload): Promise<Upload | Refused> {
    const country = countryOf(countryOfZone(file.zone) ?? '') ?? USUAL_COUNTRY;
    const preview = await this.#look(id, { ...file, country, said: {} });
    if (isRefused(preview)) {
      await rm(file.path, { force: true });
      return preview;
    }
    const upload: Kept = { ...file, id, country, preview, said: {}, check: null, import: null, receivedMs: this.#nowMs() };
    this.#kept.set(id, upload);
    this.#check(upload);
    return upload;
  }

  get(id: string): Upload | undefined {
    return this.#kept.get(id);
  }

  /** Another process has received it. */
  isElsewhere(id: string): boolean {
    return this.#own !== '' && UPLOAD_ID.test(id) && !id.endsWith(this.#own);
  }

  /** Reads the file again with other columns or another country. A mapping that cannot be is refused, and changes nothing. */
  async map(id: string, said: Partial<Record<Field, string>>, country: CountryCode): Promise<Upload | Refused | null> {
    const upload = this.#kept.get(id);
    if (!upload || upload.import) return null;
    // It may be imported meanwhile, as it was said before, or be gone, and its file with it.
    const isOver = (): boolean => upload.import !== null || this.#kept.get(id) !== upload;
    const preview = await this.#look(`${id} first`, { ...upload, said, country }).catch((error: unknown) => {
      if (isOver()) return null;
      throw error;
    });
    if (preview === null || isOver()) return null;
    if (isRefused(preview)) return preview;
    Object.assign(upload, { said, country, preview });
    this.#check(upload);
    return upload;
  }

  /** Begins the import; null = there is no such upload, or it is being imported already. */
  begin(id: string, by: string): Upload | null {
    const upload = this.#kept.get(id);
    if (!upload || upload.import) return null;
    upload.import = { stage: 'reading', rows: 0, file: null, refused: null };
    const state = upload.import;
    void this.#desk.giveUp(id).catch(() => undefined);
    const { path, name, campaign, tenant, zone, country, said: mapping } = upload;
    void this.#desk.importFile({ key: id, path, name, campaign, tenant, zone, country, mapping, by }).finally(() => rm(path, { force: true })).then(
      (file) => file && Object.assign(state, isRefused(file) ? { stage: 'refused', refused: file } : { stage: 'done', rows: file.rows, file: file.id }),
      (error: unknown) => {
        this.#logger.error({ err: error }, 'an import of contacts failed');
        state.stage = 'failed';
      });
    return upload;
  }

  /** Throws an upload away, and stops its import: then nothing of it was loaded. Too late for one that is all but done. */
  discard(id: string): boolean {
    const upload = this.#kept.get(id);
    if (!upload) return false;
    if (isRunning(upload)) {
      // Its file goes when it has stopped reading.
      void this.#desk.stopImport(id).catch(() => undefined);
      this.#kept.delete(id);
    } else this.#forget(upload);
    return true;
  }

  /** What was never imported goes with the process. */
  close(): void {
    for (const upload of this.#kept.values()) this.#forget(upload);
  }

  #look(key: string, { path, zone, country, said }: Pick<Kept, 'path' | 'zone' | 'country' | 'said'>): Promise<Preview | Refused> {
    // Nobody gives a look at the first rows up but a later look: the upload is what that one says then.
    return this.#desk.preview({ key, path, zone, country, mapping: said }).then((preview) => preview ?? { refused: 'unknown-column', detail: '' });
  }

  /** Every row, beside everything else; a later mapping takes its place. */
  #check(upload: Kept): void {
    const { id, path, zone, country, said: mapping } = upload;
    const check: Check = { rows: 0, counts: null, examples: {}, refused: null, failed: false };
    upload.check = upload.preview.mapping.number === undefined ? null : check;
    if (upload.check === null) return;
    void this.#desk.preview({ key: id, path, zone, country, mapping, whole: true }).then((whole) => {
      if (whole === null) return;
      if (isRefused(whole)) check.refused = whole;
      else Object.assign(check, { rows: whole.counts?.rows ?? 0, counts: whole.counts, examples: whole.examples });
    }, (error: unknown) => {
      this.#logger.error({ err: error }, 'an upload could not be read');
      check.failed = true;
    });
  }

  #forget({ id, path }: Kept): void {
    void this.#desk.giveUp(id).catch(() => undefined);
    this.#kept.delete(id);
    rmSync(path, { force: true });
  }

  #removeOld(): void {
    const before = this.#nowMs() - KEPT_MS;
    for (const upload of this.#kept.values()) if (upload.receivedMs < before && !isRunning(upload)) this.discard(upload.id);
    for (const name of namesIn(this.#port.folder).filter((name) => UPLOAD_NAME.test(name))) {
      const path = join(this.#port.folder, name);
      if ((statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? before) < before) rmSync(path, { force: true });
    }
  }
}

function isRunning({ import: begun }: Upload): boolean {
  return begun?.stage === 'reading' || begun?.stage === 'comparing';
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
