import type { PlanPort } from '../../../api/ports.ts';
import type { SpoolStatus } from '../../../ingest/spool/door.ts';
import type { CentreConfiguration } from '../../../telephony/configuration.ts';
import type { Warehouse } from '../../../warehouse/warehouse.ts';
import type { LiveFold } from '../../../api/live/fold.ts';

/** What the detectors of a process may look at; null = another process has it. */
export interface Sources {
  /** Steady time, epoch ms. */
  nowMs: () => number;
  centre: () => CentreConfiguration;
  live: Pick<LiveFold, 'state' | 'connected' | 'onChange'> | null;
  warehouse: Pick<Warehouse, 'kpi' | 'freshness' | 'loadMark'> | null;
  spool: { place: string; status: () => Promise<SpoolStatus> } | null;
  plan: PlanPort | null;
  /** The first history is being filled: what the past says is not known yet. */
  filling: () => boolean;
  disks: readonly { place: string; path: string }[];
  backupDirectory: string | null;
}
