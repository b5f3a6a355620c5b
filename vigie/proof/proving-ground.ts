import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { RowForwarder } from '../../ingest/forward/row-forwarder.ts';
import { Loader } from '../../ingest/spool/loader.ts';
import { openSpool } from '../../ingest/spool/spool.ts';
import type { EmittedRow } from '../../telephony/rows.ts';
import { buildConfiguration } from '../../telephony/centre/build-configuration.ts';
import { contactsOfDays } from '../../telephony/centre/campaign-contacts.ts';
import { DialCounters } from '../../telephony/centre/dial-counters.ts';
import { FloorCounters } from '../../telephony/centre/floor-counters.ts';
import { tellAll } from '../../telephony/centre/floor-events.ts';
import { loadCentre } from '../../telephony/centre/load-centre.ts';
import { createSimulatedFloor, type SimulatedFloor } from '../../telephony/centre/simulated-floor.ts';
import { PredictivePacing } from '../../telephony/dialer/pacing-predictive.ts';
import { VirtualClock } from '../../telephony/clock.ts';
import type { CentreConfiguration } from '../../telephony/configuration.ts';
import { toDimensions } from '../../warehouse/operational/dimensions.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { openLocalWarehouse } from '../local-warehouse.ts';
import { FloorStates } from './floor-states.ts';

const DAY_MS = 86_400_000;

/**
 * The simulated centre in virtual time before the real way of its rows: forwarder, spool on disk, loader,
 * the warehouse's file. Three observers count on the floor itself.
 */
export interface ProvingGround {
  clock: VirtualClock;
  configuration: CentreConfiguration;
  floor: SimulatedFloor;
  counters: FloorCounters;
  dials: DialCounters;
  states: FloorStates;
  warehouse: Warehouse;
  dataDirectory: string;
  /** Every row written so far is in the warehouse when it resolves. */
  settle(): Promise<void>;
  /** Closes everything, keeps the data directory. */
  close(): Promise<void>;
  remove(): void;
}

export async function openProvingGround({ fromMs, seed, onRow }: { fromMs: number; seed: number; onRow?: (emitted: EmittedRow) => void }): Promise<ProvingGround> {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'vigie-proof-'));
  const centre = loadCentre();
  const configuration = buildConfiguration(centre);
  const warehouse = await openLocalWarehouse({ dataDirectory, memoryMb: 512, threads: 1 });
  await warehouse.syncDimensions(toDimensions(configuration));
  // Virtual time passes quicker than any timer: batches and segments close when the test settles.
  const spool = await openSpool({ folder: join(dataDirectory, 'spool'), segmentMs: 3_600_000 });
  const failures: unknown[] = [];
  const loader = new Loader({ spool, warehouse, tries: 1, onFailed: ({ error }) => failures.push(error), onLoaded: ({ quarantined, kind }) => {
    if (quarantined > 0) failures.push(new Error(`${quarantined} rows of ${kind} in quarantine`));
  } });
  loader.start();
  const forwarder = new RowForwarder({ port: spool, source: 'core', run: 'proof', flushMs: 3_600_000, maximumBytes: 512 << 20 });
  const clock = new VirtualClock(fromMs);
  const counters = new FloorCounters(clock, configuration);
  const dials = new DialCounters(clock);
  const states = new FloorStates(clock, configuration);
  const floor = createSimulatedFloor({
    centre, configuration, clock, seed, run: 'proof', events: tellAll(counters, dials, states),
    outbound: { contacts: contactsOfDays(centre, configuration, seed, Math.floor(fromMs / DAY_MS), 2), pacing: (_campaign, carried) => new PredictivePacing(carried ?? undefined, false) },
    rows: (emitted) => {
      onRow?.(emitted);
      forwarder.sink(emitted);
    },
  });
  const settle = async (): Promise<void> => {
    await forwarder.drain();
    await spool.flush();
    for (let status = await spool.status(); status.segments > 0 || status.rows > 0; status = await spool.status()) {
      if (failures.length > 0) throw failures[0];
      await pause(2);
    }
    if (failures.length > 0) throw failures[0];
  };
  return {
    clock, configuration, floor, counters, dials, states, warehouse, dataDirectory, settle,
    async close() {
      floor.automaton.close();
      forwarder.close();
      await loader.stop();
      await spool.close();
      await warehouse.close();
    },
    remove: () => rmSync(dataDirectory, { recursive: true, force: true }),
  };
}
