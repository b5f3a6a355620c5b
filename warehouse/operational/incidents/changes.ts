/** What has changed since the last time: incidents, and whether the catalogue, the rules or a setting. */
export interface IncidentsChange { revision: number; numbers: number[]; settings: boolean }
type Listener = (change: IncidentsChange) => void;

/** Looks for changes of all processes: those of this one at once, those of others by asking for the revision. */
export class Changes {
  readonly #revision: () => Promise<number>;
  readonly #numbersAfter: (revision: number) => Promise<number[]>;
  readonly #settings: () => Promise<number>;
  readonly #onError: (error: unknown) => void;
  readonly #looks = new Set<() => Promise<void>>();
  readonly #stops = new Set<() => void>();

  /** @param settings grows with every change of one. */
  constructor({ revision, numbersAfter, settings, onError }: { revision: () => Promise<number>; numbersAfter: (revision: number) => Promise<number[]>; settings: () => Promise<number>; onError: (error: unknown) => void }) {
    this.#revision = revision;
    this.#numbersAfter = numbersAfter;
    this.#settings = settings;
    this.#onError = onError;
  }

  subscribe(listener: Listener, pollMs: number): () => void {
    let told: { revision: number; settings: number } | null = null;
    let looking: Promise<void> | null = null;
    const tell = async (): Promise<void> => {
      const revision = await this.#revision();
      const since = told;
      if (revision === since?.revision) return;
      const settings = await this.#settings();
      // The first look only learns where it stands.
      if (since !== null) {
        const numbers = await this.#numbersAfter(since.revision);
        // Both may have changed between two looks.
        if (this.#looks.has(look)) listener({ revision, numbers, settings: settings !== since.settings || numbers.length === 0 });
      }
      told = { revision, settings };
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
