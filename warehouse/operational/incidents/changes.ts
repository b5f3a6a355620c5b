/** What has changed since the last time; no incidents when it was the catalogue, the rules or a setting. */
export interface IncidentsChange { revision: number; numbers: number[] }
type Listener = (change: IncidentsChange) => void;

/** Looks for changes of all processes: those of this one at once, those of others by asking for the revision. */
export class Changes {
  readonly #revision: () => Promise<number>;
  readonly #numbersAfter: (revision: number) => Promise<number[]>;
  readonly #onError: (error: unknown) => void;
  readonly #looks = new Set<() => Promise<void>>();
  readonly #stops = new Set<() => void>();

  constructor({ revision, numbersAfter, onError }: { revision: () => Promise<number>; numbersAfter: (revision: number) => Promise<number[]>; onError: (error: unknown) => void }) {
    this.#revision = revision;
    this.#numbersAfter = numbersAfter;
    this.#onError = onError;
  }

  subscribe(listener: Listener, pollMs: number): () => void {
    let told: number | null = null;
    let looking: Promise<void> | null = null;
    const tell = async (): Promise<void> => {
      const revision = await this.#revision();
      if (revision === told) return;
      // The first look only learns where it stands.
      const since = told;
      if (since !== null) {
        const numbers = await this.#numbersAfter(since);
        if (this.#looks.has(look)) listener({ revision, numbers });
      }
      told = revision;
    };
    const look = (): Promise<void> => {
      looking = (looking ?? Promise.resolve()).then(tell).catch(this.#onError);
      return looking;
    };
    let resting = true;
    const timer = setInterval(() => {
      if (!resting) return;
      resting = false;
      void look().finally(() => { resting = true; });
    }, pollMs);
    timer.unref();
    const stop = (): void => {
      clearInterval(timer);
      this.#looks.delete(look);
      this.#stops.delete(stop);
    };
    this.#looks.add(look);
    this.#stops.add(stop);
    void look();
    return stop;
  }

  /** Something was written here: listeners need not wait. */
  async look(): Promise<void> {
    await Promise.all([...this.#looks].map((look) => look()));
  }

  close(): Promise<void> {
    const looks = [...this.#looks];
    for (const stop of this.#stops) stop();
    return Promise.all(looks.map((look) => look())).then(() => undefined);
  }
}
