import { DuckDBInstance } from '@duckdb/node-api';
import type { DuckDBConnection } from '@duckdb/node-api';
import { guardFile } from './file-guard.ts';
import { WarehouseError } from '../warehouse.ts';

export interface DuckDbLimits {
  /** DuckDB's worker threads. One keeps latencies flat on two cores. */
  threads?: number;
  /** As DuckDB writes it: `1GB`, `512MB`. */
  memoryLimit?: string;
  /** Queries at once. Each holds a thread of libuv's pool: keep it below `UV_THREADPOOL_SIZE`. */
  readers?: number;
}

const INTERRUPT_EVERY_MS = 20;

/** The instance and its connections: some readers, handed out one query at a time, and one writer. Opens at first use. */
export class Connections {
  readonly #path: string;
  readonly #limits: DuckDbLimits;
  #opening: Promise<{ instance: DuckDBInstance; writer: DuckDBConnection }> | null = null;
  #free: () => void = () => {};
  readonly #idle: DuckDBConnection[] = [];
  readonly #waiting: { take: (connection: DuckDBConnection) => void; refuse: (error: Error) => void }[] = [];
  readonly #all: DuckDBConnection[] = [];
  readonly #reading = new Set<Promise<unknown>>();
  #readers = 0;
  #writerTail: Promise<unknown> = Promise.resolve();
  #closed = false;

  constructor(path: string, limits: DuckDbLimits) {
    this.#path = path;
    this.#limits = limits;
  }

  /** Lends a reader; waits while all are busy. */
  async read<T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
    const connection = await this.#borrow();
    const reading = work(connection);
    this.#reading.add(reading);
    try {
      return await reading;
    } finally {
      this.#reading.delete(reading);
      const next = this.#waiting.shift();
      if (next) next.take(connection); else this.#idle.push(connection);
    }
  }

  /** Lends the writer; one work after the other. */
  write<T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
    const turn = this.#writerTail.then(async () => work((await this.#open()).writer));
    this.#writerTail = turn.catch(() => {});
    return turn;
  }

  /** Ends what runs, closes connections before the instance (the other order loses the file's last pages). */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    for (const waiting of this.#waiting.splice(0)) waiting.refuse(closedError());
    const opening = this.#opening;
    if (!opening) return;
    await this.#writerTail;
    const opened = await opening.catch(() => null);
    // A thread that ends while the engine still works for it takes the whole process with it.
    // An interruption that comes before the statement has begun is forgotten: it is repeated.
    const interrupting = setInterval(() => { for (const connection of this.#all) connection.interrupt(); }, INTERRUPT_EVERY_MS);
    for (const connection of this.#all) connection.interrupt();
    await Promise.allSettled(this.#reading);
    clearInterval(interrupting);
    for (const connection of this.#all.splice(0)) connection.closeSync();
    opened?.writer.closeSync();
    opened?.instance.closeSync();
    this.#free();
  }

  async #borrow(): Promise<DuckDBConnection> {
    const { instance } = await this.#open();
    const idle = this.#idle.pop();
    if (idle) return idle;
    if (this.#readers < (this.#limits.readers ?? 8)) {
      this.#readers += 1;
      const connection = await instance.connect();
      this.#all.push(connection);
      return connection;
    }
    return new Promise((take, refuse) => { this.#waiting.push({ take, refuse }); });
  }

  #open(): Promise<{ instance: DuckDBInstance; writer: DuckDBConnection }> {
    if (this.#closed) return Promise.reject(closedError());
    this.#opening ??= this.#create();
    return this.#opening;
  }

  async #create(): Promise<{ instance: DuckDBInstance; writer: DuckDBConnection }> {
    const free = guardFile(this.#path);
    try {
      const instance = await DuckDBInstance.create(this.#path, {
        autoinstall_known_extensions: 'false',
        autoload_known_extensions: 'false',
        ...(this.#limits.threads === undefined ? {} : { threads: String(this.#limits.threads) }),
        ...(this.#limits.memoryLimit === undefined ? {} : { memory_limit: this.#limits.memoryLimit }),
      });
      this.#free = free;
      const writer = await instance.connect();
      await writer.run("SET GLOBAL TimeZone = 'UTC'");
      return { instance, writer };
    } catch (error) {
      free();
      this.#opening = null;
      throw error;
    }
  }
}

function closedError(): WarehouseError {
  return new WarehouseError('unavailable', 'The warehouse is closed');
}
