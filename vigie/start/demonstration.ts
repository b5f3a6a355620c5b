import type { Logger } from 'pino';
import { loadCentre } from '../../telephony/centre/load-centre.ts';
import type { CentreConfiguration } from '../../telephony/configuration.ts';
import type { OperationalStore, StoreOptions } from '../../warehouse/operational/store.ts';
import type { Configuration } from '../configuration.ts';
import { callFilesPort } from '../outbound/call-files-port.ts';
import { keepDemonstrationFiles } from '../outbound/demonstration.ts';
import type { Ending } from './ending.ts';

export interface KeepingDemonstration {
  configuration: Pick<Configuration, 'centreFile' | 'seed'>;
  store: OperationalStore;
  /** The same store, for the thread that reads files. */
  connection: StoreOptions['connection'];
  /** The centre's configuration of now. */
  centre: () => CentreConfiguration;
  dataDirectory: string;
  logger: Logger;
  ending: Ending;
}

/** The call files of a simulated centre's campaigns, behind everything else. */
export function keepDemonstration({ configuration: { centreFile, seed }, store, connection, centre, dataDirectory, logger, ending }: KeepingDemonstration): void {
  const demonstration = keepDemonstrationFiles({ store, files: callFilesPort({ store, connection, dataDirectory }), centre: loadCentre(centreFile ?? undefined), configuration: centre, seed, dataDirectory, logger });
  ending.add('demonstration', () => demonstration.end());
}
