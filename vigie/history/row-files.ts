import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROW_KINDS, type RowKind, type RowSink } from '../../telephony/rows.ts';
import type { LoadCounts, Warehouse } from '../../warehouse/warehouse.ts';

export interface RowFilesOptions {
  /** Where the files lie while they are loaded. */
  folder: string;
  /** Begins every load's id: the same rows under the same id are loaded once. */
  loadId: string;
  source: string;
  warehouse: Pick<Warehouse, 'load'>;
}

/** Rows of one load: the warehouse has one writer, and live rows must get in between. */
const ROWS_AT_ONCE = 10_000;

/** Simulated rows on their way to the warehouse: NDJSON files, loaded through the mappings of the streams. */
export class RowFiles {
  readonly counts: LoadCounts = { accepted: 0, updated: 0, unchanged: 0, leftOut: 0, quarantined: 0 };
  readonly rows: Record<RowKind, number> = { 'od-calls': 0, 'od-actions': 0, legs: 0 };
  readonly #options: RowFilesOptions;
  readonly #lines: Record<RowKind, string[]> = { 'od-calls': [], 'od-actions': [], legs: [] };
  #files = 0;

  constructor(options: RowFilesOptions) {
    this.#options = options;
    mkdirSync(options.folder, { recursive: true });
  }

  readonly sink: RowSink = ({ kind, row }) => {
    this.#lines[kind].push(JSON.stringify(row));
    this.rows[kind] += 1;
  };

  /** Loads what has come; without `all` only what fills a file. Calls last: the legs of a call that can be seen are there. */
  async load(options: { all: boolean }): Promise<void> {
    for (const kind of [...ROW_KINDS].toReversed()) {
      const lines = this.#lines[kind];
      while (lines.length >= ROWS_AT_ONCE || (options.all && lines.length > 0)) await this.#loadPart(kind, lines.splice(0, ROWS_AT_ONCE));
    }
  }

  async #loadPart(kind: RowKind, lines: string[]): Promise<void> {
    const { folder, loadId, source, warehouse } = this.#options;
    this.#files += 1;
    const file = join(folder, `${loadId.replaceAll('/', '-')}-${this.#files}.ndjson`);
    try {
      writeFileSync(file, `${lines.join('\n')}\n`);
      const counts = await warehouse.load({ loadId: `${loadId}/${this.#files}`, source, file, mapping: kind, kind });
      for (const key of ['accepted', 'updated', 'unchanged', 'leftOut', 'quarantined'] as const) this.counts[key] += counts[key];
    } finally {
      rmSync(file, { force: true });
    }
  }
}
