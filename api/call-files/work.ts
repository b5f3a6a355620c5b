import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import type { ApiContext } from '../context.ts';
import type { CallFilesPort } from '../ports.ts';
import { campaignInSight } from './sight.ts';
import { Uploads, type Upload } from './uploads.ts';

/** What the resolvers and the doors share. */
export interface CallFileWork {
  port: CallFilesPort;
  uploads: Uploads;
  /** One that the viewer may work with. */
  upload(id: string, context: Pick<ApiContext, 'directory' | 'viewer'>): Upload | undefined;
}

export function openCallFileWork(port: CallFilesPort, logger: Logger, clock: Clock): CallFileWork {
  const uploads = new Uploads(port, logger, () => clock.nowMs());
  return {
    port,
    uploads,
    upload(id, context) {
      const upload = uploads.get(id);
      return upload && campaignInSight(upload.campaign, context) ? upload : undefined;
    },
  };
}
