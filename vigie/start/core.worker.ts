import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { MessagePort } from 'node:worker_threads';
import { z } from 'zod';
import { RowForwarder } from '../../ingest/forward/row-forwarder.ts';
import { PredictivePacing } from '../../telephony/dialer/pacing-predictive.ts';
import { startLiveFloor } from '../../telephony/centre/live-floor.ts';
import { loadCentre } from '../../telephony/centre/load-centre.ts';
import type { Command, CommandResult } from '../../telephony/commands.ts';
import { centreConfigurationSchema, type CentreConfiguration } from '../../telephony/configuration.ts';
import { FULL_SCOPE, type Warehouse } from '../../warehouse/warehouse.ts';
import { CORE_SOURCE } from '../configuration.ts';
import { keepCheckpoint, readCheckpoint, removeCheckpoint } from '../recovery/checkpoint.ts';
import { dialingStateOf, keepDialingState } from '../recovery/dialing-state.ts';
import { linkContacts } from '../outbound/contact-link.ts';
import { closeInterrupted, type RecoveryDoor } from '../recovery/close-interrupted.ts';
import { completeAttempts } from '../recovery/complete-attempts.ts';
import { earlierFigures } from '../recovery/earlier-figures.ts';
import { connectPort } from '../threads/port.ts';
import { serveThread } from '../threads/serve.ts';

/** The live floor in its own thread: calls and timers are not held up by the web. */
export interface CoreStarter {
  trouble(message: string): void;
  /** An earlier run died: so many of its calls, legs and states were ended. */
  recovered(closed: { calls: number; legs: number; states: number }): void;
  /** The call files have been told of so many of its dials. */
  completed(dials: number): void;
}
export interface CoreThread {
  command(command: Command): Promise<CommandResult>;
  configure(configuration: CentreConfiguration): Promise<void>;
  /** Posts live events, a snapshot first, until the port is closed. */
  watch(port: MessagePort): Promise<void>;
  /** Where the floor's rows begin, epoch ms. */
  startedMs(): Promise<number>;
  /** Counts into the agents' figures what the warehouse now knows of the day before the floor began. */
  recount(): Promise<void>;
}

/** What the core needs of spool and warehouse: both in another thread, or in another process. */
export type CoreDoor = RecoveryDoor & Pick<Warehouse, 'freshness' | 'kpi' | 'dials'>;

const dataSchema = z.object({
  centreFile: z.string().nullable(),
  configuration: centreConfigurationSchema,
  seed: z.number(),
  /** False: nobody calls, and agents do what commands say. */
  simulated: z.boolean(),
  dataDirectory: z.string(),
  /** Calls to a {@link CoreDoor}. */
  door: z.instanceof(MessagePort),
  /** To the call files; null = nothing is dialed. */
  contacts: z.instanceof(MessagePort).nullable(),
});

const LONGEST_DRAIN_MS = 5000;
/** What a kill costs at most of what the rows do not tell: a caller's place in a queue, an agent's new state. */
const CHECKPOINT_MS = 2000;

await serveThread<CoreStarter>(async (data, starter) => {
  const { centreFile, configuration, seed, simulated, dataDirectory, door: doorPort, contacts: contactsPort } = dataSchema.parse(data);
  const listeners = new Set<(configuration: CentreConfiguration) => void>();
  const door = connectPort<CoreDoor>(doorPort, {});
  const trouble = (message: string): void => void starter.trouble.asEvent(message);

  const checkpoint = readCheckpoint(dataDirectory, trouble);
  const customers = new Map(configuration.tenants.map(({ id, customerNumber }) => [id, customerNumber]));
  const closed = await closeInterrupted({ door, source: CORE_SOURCE, checkpoint, customerOf: (tenant) => customers.get(tenant) ?? null });
  if (closed.calls + closed.legs + closed.states > 0) void starter.recovered.asEvent(closed);
  const { dataAt } = await door.freshness(FULL_SCOPE);

  const forwarder = new RowForwarder({
    port: door, source: CORE_SOURCE, run: randomUUID(),
    onTrouble: ({ message, lostRows }) => trouble(`${message} (rows lost: ${lostRows})`),
  });
  const contacts = contactsPort && linkContacts(contactsPort);
  const completed = contacts ? await completeAttempts({ door, contacts, source: CORE_SOURCE }) : 0;
  if (completed > 0) void starter.completed.asEvent(completed);
  const floor = await startLiveFloor({
    ...(contacts ? { outbound: { contacts, pacing: (_campaign, carried) => new PredictivePacing(carried ?? undefined), pacingStates: await dialingStateOf({ directory: dataDirectory, answersSince: contacts.answersSince, onTrouble: trouble }) } } : {}),
    centre: loadCentre(centreFile ?? undefined), seed, simulated, rows: forwarder.sink,
    // Two runs must not hold one agent.
    notBeforeMs: Math.max(checkpoint?.atMs ?? 0, dataAt === null ? 0 : Date.parse(dataAt)),
    configuration: {
      load: () => Promise.resolve(configuration),
      subscribe: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
  });
  const recount = async (): Promise<void> => floor.automaton.restoreFigures(await earlierFigures(door, configuration, floor.startedMs, floor.nowMs()));
  if (dataAt !== null) recount().catch((error: unknown) => trouble(`the agents' figures begin at zero: ${String(error)}`));
  const endCheckpoints = keepCheckpoint({ directory: dataDirectory, closingRows: () => floor.closingRows(), nowMs: () => floor.nowMs(), everyMs: CHECKPOINT_MS, onTrouble: trouble });
  const endDialingState = contacts && keepDialingState({ directory: dataDirectory, states: () => floor.automaton.pacingStates(), undecided: () => floor.automaton.undecidedDials(), nowMs: () => floor.nowMs(), everyMs: CHECKPOINT_MS, onTrouble: trouble });
  const functions: CoreThread = {
    command: (command) => floor.command(command),
    configure(next) {
      for (const listener of listeners) listener(next);
      return Promise.resolve();
    },
    watch(port) {
      const stop = floor.automaton.live.subscribe((event) => port.postMessage(event));
      port.once('close', stop);
      return Promise.resolve();
    },
    startedMs: () => Promise.resolve(floor.startedMs),
    recount,
  };
  return {
    functions,
    async end() {
      await endCheckpoints();
      floor.stop();
      // Neither a spool that takes no rows nor a store that is away must hold the end up for ever.
      const inTime = (work: Promise<unknown> | undefined): Promise<boolean> => Promise.race([Promise.resolve(work).then(() => true), pause(LONGEST_DRAIN_MS, false)]);
      const [drained, settled] = await Promise.all([inTime(forwarder.drain()), inTime(contacts?.settle()), endDialingState?.()]);
      if (!settled) trouble('the call files have not heard of all that was dialed: the next start takes it for interrupted');
      // Rows that are lost leave things in progress: the next start then ends them by the last checkpoint.
      if (drained) removeCheckpoint(dataDirectory);
      forwarder.close();
    },
  };
});
