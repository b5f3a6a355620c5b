import { GraphQLError } from 'graphql';
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
  /** One that the viewer may work with. @throws GraphQLError `ELSEWHERE` when another process has it: what stands before the processes has to keep a browser with one. */
  upload(id: string, context: Pick<ApiContext, 'directory' | 'viewer'>): Upload | undefined;
}

export function openCallFileWork(port: CallFilesPort, logger: Logger, clock: Clock): CallFileWork {
  const uploads = new Uploads(port, logger, () => clock.nowMs());
  return {
    port,
    uploads,
    upload(id, context) {
      if (uploads.isElsewhere(id)) throw new GraphQLError('another process has this file, or had it when it ended: the proxy has to send the requests of a browser to one process', { extensions: { code: 'ELSEWHERE' } });
      const upload = uploads.get(id);
      return upload && campaignInSight(upload.campaign, context) ? upload : undefined;
    },
  };
}
