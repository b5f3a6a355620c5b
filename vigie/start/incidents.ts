import type { Logger } from 'pino';
import type { SightCheck } from '../../api/http/health.ts';
import type { DetectorsPort } from '../../api/ports.ts';
import type { OperationalStore } from '../../warehouse/operational/store.ts';
import { takeTurn } from '../../warehouse/operational/turn.ts';
import type { Configuration } from '../configuration.ts';
import { startDesk, type Desk } from '../incidents/desk.ts';
import { detectedIncidents } from '../incidents/detected-incidents.ts';
import { startDetection, type Detection, type DetectorStatus } from '../incidents/detection.ts';
import { detectorList } from '../incidents/detector-list.ts';
import { allDetectors } from '../incidents/observers/all.ts';
import type { Sources } from '../incidents/observers/sources.ts';
import { sightChecks } from '../incidents/sight.ts';
import type { SteadyClock } from '../incidents/steady-clock.ts';
import type { Ending } from './ending.ts';

export interface KeepingIncidents {
  configuration: Pick<Configuration, 'storeUrl' | 'notify'>;
  store: Pick<OperationalStore, 'incidents'>;
  clock: SteadyClock;
  sources: Omit<Sources, 'nowMs'>;
  /** Where the page to sign is found, and where all others are (default: the same): for links in mails. */
  site: string;
  pages?: string;
  logger: Logger;
  ending: Ending;
}

const TICK_MS = 1000;
const NOBODY = { name: 'Vigie', address: 'vigie@localhost' };

/**
 * Detectors, and the desk that performs what is due for incidents. Of the processes that share a store one has them; another takes
 * over when it ends, is killed or loses its connection.
 */
export function keepIncidents({ configuration: { storeUrl, notify }, store, clock, sources: given, site, pages = site, logger, ending }: KeepingIncidents): { detectors: DetectorsPort; sight: Record<string, SightCheck> } {
  const sources: Sources = { ...given, nowMs: clock.nowMs };
  const { incidents } = store;
  let desk: Desk | null = null;
  let detection: Detection | null = null;
  let ends: Promise<void> = Promise.resolve();

  const begin = (): void => {
    desk = startDesk({ incidents, centre: sources.centre, clock, organizer: notify.mail?.from ?? NOBODY, site, pages, logger });
    detection = startDetection({ detectors: allDetectors(sources), settings: () => incidents.detectors(), incidents: detectedIncidents(incidents), nowMs: clock.nowMs, logger });
  };
  const stop = (): Promise<void> => {
    const over = [desk, detection];
    desk = detection = null;
    ends = Promise.all([ends, ...over.map((each) => each?.end())]).then(() => undefined);
    return ends;
  };
  const unsubscribe = incidents.subscribe(({ numbers, settings }) => {
    if (settings) detection?.settingsChanged();
    if (numbers.length > 0) detection?.incidentsChanged();
  });
  const timer = setInterval(() => {
    if (detection) void detection.tick();
    if (desk) void desk.tick();
    // Who has no desk has no clock of an incident that a jump could change.
    else if (clock.look()) clock.settle();
  }, TICK_MS);
  const turn = storeUrl === null ? null : takeTurn({
    connectionString: storeUrl, duty: 'incidents',
    onHeld: begin,
    onLost: () => void stop().catch((error: unknown) => logger.warn({ err: error }, 'duties of incidents did not end in order')),
    onError: (error) => logger.warn({ err: error }, 'operational store'),
  });
  if (!turn) begin();
  ending.add('incidents', async () => {
    clearInterval(timer);
    unsubscribe();
    await stop();
    await turn?.close();
    await stop();
  });
  const elsewhere = allDetectors(sources).map((watching): DetectorStatus => ({ watching, setting: null, state: 'unseen', sinceMs: clock.nowMs(), lookedAtMs: null, why: { code: 'elsewhere' }, reason: '', findings: [] }));
  const statuses = (): DetectorStatus[] => detection?.statuses() ?? elsewhere;
  return { detectors: detectorList(statuses, incidents), sight: sightChecks({ live: sources.live, nowMs: clock.nowMs, statuses, desk: () => desk }) };
}
