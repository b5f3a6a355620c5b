import type { Warehouse } from '../warehouse/warehouse.ts';
import type { CallFileWork } from './call-files/work.ts';
import type { Clock } from './clock.ts';
import type { Directory } from './directory.ts';
import type { IncidentWork } from './incidents/work.ts';
import type { LiveBoards } from './live/boards.ts';
import type { Loaders } from './loaders.ts';
import type { LivePort, PlanPort, ProgressPort, StudyPort } from './ports.ts';
import type { Viewer } from './viewer.ts';

/** What every resolver receives. */
export interface ApiContext {
  viewer: Viewer;
  warehouse: Warehouse;
  directory: Directory;
  boards: LiveBoards;
  core: Pick<LivePort, 'command'>;
  progress: ProgressPort;
  plan: PlanPort;
  study: StudyPort;
  /** Undefined: there is no outbound dialing here. */
  callFiles: CallFileWork | undefined;
  /** Undefined: there are no incidents here. */
  incidents: IncidentWork | undefined;
  loaders: Loaders;
  clock: Clock;
  /** Aborted when the client goes away. */
  signal: AbortSignal | undefined;
}
