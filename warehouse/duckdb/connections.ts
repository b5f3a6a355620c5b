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
/** Of the log. A load waits for the checkpoint that it causes; a start after a crash reads at most so much log again, in about a second. */
const CHECKPOINT_AT = '64MB';

interface Waiting { take: (connection: DuckDBConnection | null) => void; refuse: (error: Error) => void }

/** One opening of the file. */
interface Opened {
  instance: DuckDBInstance;
  writer: DuckDBConnection;
  readers: DuckDBConnection[];
  idle: DuckDBConnection[];
  /** Who waits for a reader; handed null, who waits asks again. */
  waiting: Waiting[];
  /** What runs on its connections. */
  busy: Set<Promise<unknown>>;
  free: () => void;
}

/** The instance and its connections: some readers, handed out one query at a time, and one writer. Opens at first use. */
export class Connections {
  readonly #path: string;
  readonly #limits: DuckDbLimits;
  #opening: Promise<Opened> | null = null;
  #current: Opened | null = null;
  #connecting = 0;
  #writerTail: Promise<unknown> = Promise.resolve();
  #closed = false;

  constructor(path: string, limits: DuckDbLimits) {
    this.#path = path;
    this.#limits = limits;
  }

  /** Lends a reader; waits while all are busy. Nobody waits for `after`, which leaves the reader as it was before the next one has it. */
  async read<T>(work: (connection: DuckDBConnection) => Promise<T>, after?: (connection: DuckDBConnection) => Promise<unknown>): Promise<T> {
    let lent = await this.#borrow();
    // Between the lending and now it may have begun to be shut, which waits only for what it knows to run.
    while (this.#isShut(lent.opened)) lent = await this.#borrow();
    const { opened, connection } = lent;
    const giveBack = (): void => {
      const next = opened.waiting.shift();
      if (next) next.take(connection); else opened.idle.push(connection);
    };
    try {
      return await this.#use(opened, work(connection));
    } finally {
      if (after) void this.#use(opened, after(connection)).catch(() => {}).finally(giveBack);
      else giveBack();
    }
  }

  /** Lends the writer; one work after the other. */
  write<T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
    const turn = this.#writerTail.then(async () => {
      const opened = await this.#open();
      return this.#use(opened, work(opened.writer));
    });
    this.#writerTail = turn.catch(() => {});
    return turn;
  }

  /** Ends what runs. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    const opened = await this.#opening?.catch(() => null);
    if (!opened) return;
    for (const waiting of opened.waiting.splice(0)) waiting.refuse(closedError());
    await this.#writerTail;
    await shut(opened);
  }

  async #use<T>(opened: Opened, work: Promise<T>): Promise<T> {
    opened.busy.add(work);
    try {
      return await work;
    } catch (error) {
      if (isFatal(error)) this.#openAgain(opened);
      throw error;
    } finally {
      opened.busy.delete(work);
    }
  }

  /**
   * After a fatal error, such as a disk that is full at a checkpoint, an instance answers nothing any more. What was
   * committed is in the file and its log: the next use opens them anew.
   */
  #openAgain(broken: Opened): void {
    if (this.#closed || this.#current !== broken || this.#path === ':memory:') return;
    this.#current = null;
    this.#opening = shut(broken).then(() => this.#create());
    this.#opening.catch(() => {});
    for (const waiting of broken.waiting.splice(0)) waiting.take(null);
  }

  async #borrow(): Promise<{ opened: Opened; connection: DuckDBConnection }> {
    for (;;) {
      const opened = await this.#open();
      if (this.#isShut(opened)) continue;
      const idle = opened.idle.pop();
      if (idle) return { opened, connection: idle };
      if (opened.readers.length + this.#connecting < (this.#limits.readers ?? 8)) {
        this.#connecting += 1;
        const connecting = opened.instance.connect().finally(() => { this.#connecting -= 1; });
        opened.busy.add(connecting);
        const connection = await connecting.finally(() => opened.busy.delete(connecting));
        // Also when it is not needed any more: it is closed with the others.
        opened.readers.push(connection);
        if (this.#isShut(opened)) continue;
        return { opened, connection };
      }
      const connection = await new Promise<DuckDBConnection | null>((take, refuse) => { opened.waiting.push({ take, refuse }); });
      if (connection) return { opened, connection };
    }
  }

  #isShut(opened: Opened): boolean {
    return this.#closed || this.#current !== opened;
  }

  #open(): Promise<Opened> {
    if (this.#closed) return Promise.reject(closedError());
    this.#opening ??= this.#create();
    return this.#opening;
  }

  async #create(): Promise<Opened> {
    let free = (): void => {};
    try {
      free = guardFile(this.#path);
      const instance = await DuckDBInstance.create(this.#path, {
        autoinstall_known_extensions: 'false',
        autoload_known_extensions: 'false',
        checkpoint_threshold: CHECKPOINT_AT,
        ...(this.#limits.threads === undefined ? {} : { threads: String(this.#limits.threads) }),
        ...(this.#limits.memoryLimit === undefined ? {} : { memory_limit: this.#limits.memoryLimit }),
      });
      const writer = await instance.connect();
      await writer.run("SET GLOBAL TimeZone = 'UTC'");
      this.#current = { instance, writer, readers: [], idle: [], waiting: [], busy: new Set(), free };
      return this.#current;
    } catch (error) {
      free();
      this.#opening = null;
      throw error;
    }
  }
}

/** Connections before the instance: the other order loses the file's last pages. */
async function shut({ instance, writer, readers, busy, free }: Opened): Promise<void> {
  // A thread that ends while the engine still works for it takes the whole process with it.
  // An interruption that comes before the statement has begun is forgotten: it is repeated.
  const interrupt = (): void => { for (const connection of readers) connection.interrupt(); };
  const interrupting = setInterval(interrupt, INTERRUPT_EVERY_MS);
  interrupt();
  while (busy.size > 0) await Promise.allSettled(busy);
  clearInterval(interrupting);
  for (const connection of [...readers, writer]) connection.closeSync();
  instance.closeSync();
  free();
}

/** Also where another error wraps it. */
function isFatal(error: unknown): boolean {
  for (let each = error; each instanceof Error; each = each.cause) if (each.message.startsWith('FATAL Error')) return true;
  return false;
}

function closedError(): WarehouseError {
  return new WarehouseError('unavailable', 'The warehouse is closed');
}
