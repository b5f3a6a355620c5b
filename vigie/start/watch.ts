import { join } from 'node:path';
import type { Configuration } from '../configuration.ts';
import { lockDirectory } from '../data-directory/lock.ts';
import { startHeartbeat } from '../heartbeat.ts';
import { createSteadyClock, machineTime } from '../incidents/steady-clock.ts';
import { startWatch } from '../watch/watch.ts';
import { watchFile } from '../watch/watch-file.ts';
import { startParts, type Running } from './running.ts';

/** The watcher as a process of its own: it opens no store and no warehouse, since these may be what is down. */
export function startWatching(configuration: Configuration): Promise<Running> {
  return startParts(configuration, async (logger, ending) => {
    const { dataDirectory, port, notify, heartbeatUrl, watch: { addresses, tell, everySeconds } } = configuration;
    const folder = join(dataDirectory, 'watch');
    const lock = await lockDirectory(folder, 'vigie watch');
    ending.add('lock', () => lock.release());
    const watched = addresses.length > 0 ? addresses : [`http://127.0.0.1:${port}`];
    if (tell.length === 0) logger.warn('nobody is told: set VIGIE_WATCH_TELL');
    if (notify.mail === null && tell.some((name) => name.includes('@'))) logger.warn('mails cannot be sent: set VIGIE_SMTP_URL and VIGIE_MAIL_FROM');
    const file = watchFile(folder);
    const clock = createSteadyClock(machineTime, file.read().lookedAtMs);
    const watch = startWatch({ addresses: watched, tell, everyMs: everySeconds * 1000, notify, file, clock, logger });
    ending.add('watch', () => watch.end());
    if (heartbeatUrl !== null) {
      const heartbeat = startHeartbeat({ url: heartbeatUrl, logger });
      ending.add('heartbeat', () => heartbeat.end());
    }
    return watched.join(', ');
  });
}
