import { createWriteStream, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setImmediate as others, setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import { isRefused, type CallFileDesk } from '../../ingest/call-files/desk.ts';
import { countryOf } from '../../ingest/call-files/phone-numbers.ts';
import { countryOfZone } from '../../ingest/call-files/zones.ts';
import type { Centre, OutboundCampaign } from '../../telephony/centre/centre-schema.ts';
import { demonstrationFile } from '../../telephony/centre/demonstration-file.ts';
import type { CentreConfiguration } from '../../telephony/configuration.ts';
import type { CallFile } from '../../warehouse/operational/contacts/call-files.ts';
import type { OperationalStore } from '../../warehouse/operational/store.ts';

/** Who has loaded these files; the others are somebody's own. */
const BY = 'demonstration';
const LOOK_EVERY_MS = 10 * 60_000;
/** The next file comes when this share of one is left that nobody has called yet. */
const NEXT_BELOW = 0.25;

export interface DemonstrationOptions {
  store: Pick<OperationalStore, 'callFiles'>;
  /** What reads a file; ended when all are read. */
  files: { open(tell: () => void): Pick<CallFileDesk, 'importFile' | 'stopImport'>; close(): Promise<void> };
  centre: Centre;
  /** The configuration of now. */
  configuration: () => CentreConfiguration;
  seed: number | string;
  dataDirectory: string;
  logger: Logger;
  lookEveryMs?: number;
}

/** Call files of a simulated site: its campaigns get one on the first start, and the next before it is used up. Campaigns with somebody's own files are left alone. */
export function keepDemonstrationFiles({ lookEveryMs = LOOK_EVERY_MS, ...options }: DemonstrationOptions): { end(): Promise<void> } {
  const stopped = new AbortController();
  const said = new Set<string>();
  const keeping = (async () => {
    while (!stopped.signal.aborted) {
      await lookAtAll(options, said, stopped.signal).catch((error: unknown) => options.logger.warn({ err: error }, 'the demonstration\'s call files were not looked after'));
      await pause(lookEveryMs, undefined, { signal: stopped.signal, ref: false }).catch(() => undefined);
    }
  })();
  return {
    async end() {
      stopped.abort();
      await keeping;
      await options.files.close();
    },
  };
}

async function lookAtAll(options: Omit<DemonstrationOptions, 'lookEveryMs'>, said: Set<string>, signal: AbortSignal): Promise<void> {
  const { store, files, centre, configuration } = options;
  let read = false;
  for (const campaign of centre.outbound) {
    if (signal.aborted) return;
    const settings = configuration().campaigns.findLast(({ did }) => did === campaign.did)?.outbound;
    if (!settings) continue;
    const index = nextIndex(campaign, await store.callFiles.list({ campaign: campaign.did }));
    if (index === null) continue;
    read = (await loadNext(options, campaign, index, said, signal)) || read;
  }
  if (read) await files.close();
}

/** Null = there is enough, or it is not for the demonstration to fill up. */
function nextIndex({ contacts: { fileSize } }: OutboundCampaign, known: readonly CallFile[]): number | null {
  const own = known.filter(({ by }) => by === BY);
  if (own.length === 0) return known.length === 0 ? 0 : null;
  if (own.some(({ status }) => status !== 'ready')) return null;
  const fresh = own.reduce((sum, { states }) => sum + states.new, 0);
  return fresh < NEXT_BELOW * fileSize ? own.length : null;
}

/** True = it was read. An end in its middle leaves nothing of the file, and the next start loads it. */
async function loadNext({ files, centre, configuration, seed, dataDirectory, logger }: DemonstrationOptions, campaign: OutboundCampaign, index: number, said: Set<string>, signal: AbortSignal): Promise<boolean> {
  const { did, name, tenant, site } = campaign;
  const file = demonstrationFile(centre, campaign, seed, index);
  if (!file) {
    if (!said.has(did)) logger.warn({ campaign: did, name }, 'the demonstration has no more numbers for a campaign: import a call file of your own');
    said.add(did);
    return false;
  }
  const zone = configuration().sites.find(({ id }) => id === site)?.zone ?? 'UTC';
  const country = countryOf(countryOfZone(zone) ?? '');
  if (country === null) return false;
  const folder = join(dataDirectory, 'uploads');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, `demonstration-${did}.csv`);
  const desk = files.open(() => undefined);
  const key = `demonstration ${did}`;
  const stop = (): void => void desk.stopImport(key);
  try {
    await pipeline(Readable.from(unhurried(file.parts)), createWriteStream(path, { mode: 0o600 }));
    if (signal.aborted) return false;
    signal.addEventListener('abort', stop);
    const loaded = await desk.importFile({ key, path, name: file.name, campaign: did, tenant, country, zone, by: BY });
    if (loaded === null) return true;
    if (isRefused(loaded)) throw new Error(`${file.name} was refused: ${loaded.refused} ${loaded.detail}`);
    logger.info({ campaign: did, file: file.name, contacts: loaded.accepted, rejected: loaded.rejected }, 'a call file of the demonstration is there');
    return true;
  } finally {
    signal.removeEventListener('abort', stop);
    rmSync(path, { force: true });
  }
}

/** What else is due comes between its parts. */
async function* unhurried(parts: Iterable<string>): AsyncGenerator<string> {
  for (const part of parts) {
    yield part;
    await others();
  }
}
