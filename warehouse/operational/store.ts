import { Kysely, PostgresDialect, type Transaction } from 'kysely';
import pg from 'pg';
import { centreConfigurationSchema, type Calendar, type CentreConfiguration, type ConfigurationPort } from '../../telephony/configuration.ts';
import { readSqlFolder } from '../sql-files.ts';
import { changeAgentRow, changePauseReasonRow, changeQueueRow, replaceCalendar, type AgentChange, type PauseReasonChange, type QueueChange } from './change.ts';
import { CallFiles } from './contacts/call-files.ts';
import { Contacts } from './contacts/contacts.ts';
import type { ServerFiles } from './contacts/copy-text.ts';
import { noteFirstHistory, planFirstHistory, readFirstHistory, type FirstHistory } from './first-history.ts';
import { Incidents } from './incidents/incidents.ts';
import { note, readJournal, THE_PROGRAM, type ConfigurationChange, type JournalEntry } from './journal.ts';
import { migrate } from './migrate.ts';
import { Notifications } from './notifications/notifications.ts';
import { readConfiguration } from './read.ts';
import type { StoreSchema } from './schema.ts';
import { sharedSecret } from './secrets.ts';
import { writeConfiguration } from './write.ts';

/** The operational store: what is edited. One driver and one dialect serve the embedded database and a server. */
export interface OperationalStore extends ConfigurationPort {
  /** Files of contacts, and whom the dialers may dial. */
  readonly callFiles: CallFiles;
  readonly contacts: Contacts;
  /** What is told to people and programs outside. */
  readonly notifications: Notifications;
  readonly incidents: Incidents;
  /** Writes the first configuration; false and nothing done when there is one already. */
  seed(configuration: CentreConfiguration): Promise<boolean>;
  version(): Promise<number>;
  /** Each change is one transaction and gives the new version. `by` stands in the journal. */
  changeQueue(change: QueueChange, by?: string): Promise<number>;
  changeAgent(change: AgentChange, by?: string): Promise<number>;
  changePauseReason(change: PauseReasonChange, by?: string): Promise<number>;
  /** Replaces a calendar, or adds it. */
  changeCalendar(calendar: Calendar, by?: string): Promise<number>;
  /** Who changed what and when, the newest first. */
  changes(limit?: number): Promise<ConfigurationChange[]>;
  /** Of a simulated centre whose processes are several: {@link planFirstHistory}. */
  planFirstHistory(plan: Omit<FirstHistory, 'daysDone'>): Promise<boolean>;
  firstHistory(): Promise<FirstHistory | null>;
  noteFirstHistory(daysDone: number): Promise<void>;
  /** What the processes share: the first value that is proposed stands for ever. */
  secret(name: 'caller-key', proposed: string): Promise<string>;
  /** As the port says, also of other processes' changes; the version of the first look is told as well. */
  subscribe(listener: (configuration: CentreConfiguration) => void): () => void;
  close(): Promise<void>;
}

export interface StoreOptions {
  /** A server's address, or the place where {@link serveEmbedded} listens; without its `files` many rows cannot be copied into it. */
  connection: { connectionString: string } | { host: string; port: number; files?: ServerFiles };
  /** The embedded database is one session: 1. A server: more. */
  maxConnections: number;
  /** How often other processes' changes are looked for; default 1 s. */
  pollMs?: number;
  /** When what happens to incidents is written down; default: the system's clock. */
  now?: () => number;
  /** Told of failures that reach no caller: a poll, an idle connection. */
  onError?: (error: unknown) => void;
}

/** Connects, migrates and gives the store. */
export async function openStore(options: StoreOptions): Promise<OperationalStore> {
  const embedded = 'host' in options.connection ? options.connection : null;
  const pool = new pg.Pool({ ...(embedded ? { host: embedded.host, port: embedded.port, user: 'postgres', database: 'postgres' } : options.connection), max: options.maxConnections });
  const onError = options.onError ?? (() => {});
  pool.on('error', onError);
  const database = new Kysely<StoreSchema>({ dialect: new PostgresDialect({ pool }) });
  await migrate(database, readSqlFolder('migrations/postgres')).catch(async (error: unknown) => {
    await database.destroy();
    throw error;
  });
  const notifications = new Notifications(pool);
  const parts = { callFiles: new CallFiles(pool, embedded?.files ?? null), contacts: new Contacts(pool), notifications, incidents: new Incidents(pool, notifications, { onError, now: options.now }) };
  return new PostgresStore(database, parts, options.pollMs ?? 1000, onError);
}

class PostgresStore implements OperationalStore {
  readonly callFiles: CallFiles;
  readonly contacts: Contacts;
  readonly notifications: Notifications;
  readonly incidents: Incidents;
  readonly #database: Kysely<StoreSchema>;
  readonly #pollMs: number;
  readonly #onError: (error: unknown) => void;
  readonly #listeners = new Set<(configuration: CentreConfiguration) => void>();
  #timer: NodeJS.Timeout | null = null;
  #told = -1;
  #looking: Promise<void> | null = null;

  constructor(database: Kysely<StoreSchema>, { callFiles, contacts, notifications, incidents }: Pick<OperationalStore, 'callFiles' | 'contacts' | 'notifications' | 'incidents'>, pollMs: number, onError: (error: unknown) => void) {
    this.#database = database;
    this.callFiles = callFiles;
    this.contacts = contacts;
    this.notifications = notifications;
    this.incidents = incidents;
    this.#pollMs = pollMs;
    this.#onError = onError;
  }

  async seed(configuration: CentreConfiguration): Promise<boolean> {
    const checked = centreConfigurationSchema.parse(configuration);
    return this.#database.transaction().execute(async (transaction) => {
      const { version } = await transaction.selectFrom('configuration_version').select('version').forUpdate().executeTakeFirstOrThrow();
      if (version > 0) return false;
      await writeConfiguration(transaction, checked);
      const first = Math.max(1, checked.version);
      await transaction.updateTable('configuration_version').set({ version: first }).execute();
      await note(transaction, { version: first, by: THE_PROGRAM, subject: 'first-configuration', change: { queues: checked.queues.length, agents: checked.agents.length } });
      return true;
    });
  }

  async version(): Promise<number> {
    return (await this.#database.selectFrom('configuration_version').select('version').executeTakeFirstOrThrow()).version;
  }

  load(): Promise<CentreConfiguration> {
    return this.#database.transaction().setIsolationLevel('repeatable read').execute(readConfiguration);
  }

  changeQueue(change: QueueChange, by = THE_PROGRAM): Promise<number> {
    return this.#change({ by, subject: 'queue', change }, (transaction) => changeQueueRow(transaction, change));
  }

  changeAgent(change: AgentChange, by = THE_PROGRAM): Promise<number> {
    return this.#change({ by, subject: 'agent', change }, (transaction) => changeAgentRow(transaction, change));
  }

  changePauseReason(change: PauseReasonChange, by = THE_PROGRAM): Promise<number> {
    return this.#change({ by, subject: 'pause-reason', change }, (transaction) => changePauseReasonRow(transaction, change));
  }

  changeCalendar(calendar: Calendar, by = THE_PROGRAM): Promise<number> {
    return this.#change({ by, subject: 'calendar', change: calendar }, (transaction) => replaceCalendar(transaction, calendar));
  }

  changes(limit = 100): Promise<ConfigurationChange[]> {
    return readJournal(this.#database, limit);
  }

  planFirstHistory(plan: Omit<FirstHistory, 'daysDone'>): Promise<boolean> {
    return planFirstHistory(this.#database, plan);
  }

  firstHistory(): Promise<FirstHistory | null> {
    return readFirstHistory(this.#database);
  }

  noteFirstHistory(daysDone: number): Promise<void> {
    return noteFirstHistory(this.#database, daysDone);
  }

  secret(name: 'caller-key', proposed: string): Promise<string> {
    return sharedSecret(this.#database, name, proposed);
  }

  subscribe(listener: (configuration: CentreConfiguration) => void): () => void {
    this.#listeners.add(listener);
    if (!this.#timer) {
      this.#timer = setInterval(() => void this.#look(), this.#pollMs);
      this.#timer.unref();
    }
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.#stopLooking();
    };
  }

  async close(): Promise<void> {
    this.#stopLooking();
    await this.#looking;
    await this.incidents.close();
    await this.#database.destroy();
  }

  /** The version is raised first: the row's lock puts changes of several processes in order. */
  async #change(entry: Omit<JournalEntry, 'version'>, work: (transaction: Transaction<StoreSchema>) => Promise<{ before: unknown } | void>): Promise<number> {
    const version = await this.#database.transaction().execute(async (transaction) => {
      const raised = await transaction.updateTable('configuration_version').set((row) => ({ version: row('version', '+', 1) })).returning('version').executeTakeFirstOrThrow();
      const replaced = await work(transaction);
      await note(transaction, { ...entry, version: raised.version, before: replaced?.before ?? null });
      // What the core cannot read is not committed.
      await readConfiguration(transaction);
      return raised.version;
    });
    if (this.#listeners.size > 0) await this.#look();
    return version;
  }

  /** One look at a time; a change that falls into it is seen by the next one. */
  #look(): Promise<void> {
    this.#looking ??= this.#tell().catch(this.#onError).finally(() => {
      this.#looking = null;
    });
    return this.#looking;
  }

  async #tell(): Promise<void> {
    if ((await this.version()) === this.#told) return;
    const configuration = await this.load();
    this.#told = configuration.version;
    for (const listener of this.#listeners) listener(configuration);
  }

  #stopLooking(): void {
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = null;
  }
}
