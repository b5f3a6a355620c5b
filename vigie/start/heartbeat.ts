import type { Logger } from 'pino';
import type { SightCheck } from '../../api/http/health.ts';
import type { Configuration } from '../configuration.ts';
import { startHeartbeat } from '../heartbeat.ts';
import type { Ending } from './ending.ts';

/** Beats while the program sees: a service outside takes its silence for trouble. */
export function keepHeartbeat({ heartbeatUrl }: Pick<Configuration, 'heartbeatUrl'>, sight: Record<string, SightCheck>, logger: Logger, ending: Ending): void {
  if (heartbeatUrl === null) return;
  const isWell = async (): Promise<boolean> => (await Promise.all(Object.values(sight).map((check) => check()))).every((reason) => reason === '');
  const heartbeat = startHeartbeat({ url: heartbeatUrl, logger, isWell });
  ending.add('heartbeat', () => heartbeat.end());
}
