/** A statement whose answer is awaited. */
export interface Awaited { readonly serverId: string; readonly sentAt: number }

export interface WatchOptions {
  /** So long nobody is asked after a statement, and so long between two looks. */
  everyMs: number;
  /** A look that takes longer is as if the server did not know the statement. */
  withinMs: number;
  /** Which of these statements the server knows to run. */
  runningOf(serverIds: string[], signal: AbortSignal): Promise<string[]>;
  /** A statement that the server did not know to run at two looks, though nobody got its answer. */
  lost(serverId: string): void;
}

/**
 * Looks after statements whose answer takes long: a server, or something before it, that accepts them and never answers would
 * otherwise hold them for an hour. A long time says nothing by itself, and many statements tell no progress; so the server is asked
 * whether it still works at them. Nothing runs while nothing is awaited.
 */
export class AnswerWatch {
  readonly #options: WatchOptions;
  readonly #awaited = new Map<string, Awaited & { missed: number }>();
  #timer: NodeJS.Timeout | undefined;
  #looking = false;

  constructor(options: WatchOptions) {
    this.#options = options;
  }

  begin(serverId: string): void {
    this.#awaited.set(serverId, { serverId, sentAt: Date.now(), missed: 0 });
    this.#arm();
  }

  end(serverId: string): void {
    this.#awaited.delete(serverId);
    if (this.#awaited.size > 0) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #arm(): void {
    if (this.#timer !== undefined || this.#looking || this.#awaited.size === 0) return;
    this.#timer = setTimeout(() => { this.#timer = undefined; void this.#look(); }, this.#options.everyMs);
    // It keeps no process alive that nothing else does.
    this.#timer.unref();
  }

  async #look(): Promise<void> {
    const { everyMs, withinMs, runningOf, lost } = this.#options;
    const due = [...this.#awaited.values()].filter(({ sentAt }) => Date.now() - sentAt >= everyMs);
    this.#looking = true;
    try {
      if (due.length === 0) return;
      const running = new Set(await runningOf(due.map(({ serverId }) => serverId), AbortSignal.timeout(withinMs)).catch((): string[] => []));
      for (const one of due) {
        one.missed = running.has(one.serverId) ? 0 : one.missed + 1;
        if (one.missed > 1 && this.#awaited.has(one.serverId)) lost(one.serverId);
      }
    } finally {
      this.#looking = false;
      this.#arm();
    }
  }
}
