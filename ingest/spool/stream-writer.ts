import { open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { RowKind } from '../../telephony/rows.ts';
import { checkedLine } from './checked-lines.ts';
import type { Frame } from './frame.ts';
import { segmentName, syncFolder } from './layout.ts';
import { removeSegment } from './recover-spool.ts';
import { SegmentFile, type NewFrame } from './segment-file.ts';

export interface ClosedSegment {
  source: string; kind: RowKind; folder: string; name: string;
  /** Rows and frames, on disk. */
  totalBytes: number; lines: number; frames: Frame[];
}

export interface StreamWriterOptions {
  source: string; kind: RowKind; folder: string;
  /** Number of the stream's last segment on disk, 0 = none. */
  lastNumber: number;
  segmentBytes: number; segmentMs: number;
  /** False while an earlier segment of the stream still waits: the open one then grows instead of becoming one of many. */
  mayRoll: () => boolean;
  onClosed: (segment: ClosedSegment) => void;
  onSync: () => void;
}

interface Waiting { frame: NewFrame; done: () => void; failed: (error: unknown) => void }
interface Adoption { file: string; frame: Omit<NewFrame, 'data'> & { bytes: number }; done: () => void; failed: (error: unknown) => void }

/** More batches than this do not share one write. */
const GROUP = 512;

/**
 * One stream's way to disk. Batches that arrive while a sync runs share the next one (group commit), so
 * the cost of a sync is divided by the load.
 */
export class StreamWriter {
  readonly #options: StreamWriterOptions;
  #lastNumber: number;
  #waiting: Waiting[] = [];
  #adoptions: Adoption[] = [];
  #segment: SegmentFile | null = null;
  #timer: NodeJS.Timeout | undefined;
  #rollDue = false;
  #running: Promise<void> | null = null;

  constructor(options: StreamWriterOptions) {
    this.#options = options;
    this.#lastNumber = options.lastNumber;
  }

  /** When the open segment's first batch came, null = none is open. */
  get oldestMs(): number | null {
    return this.#segment?.frames[0]?.at ?? null;
  }

  get openLines(): number {
    return this.#segment?.lines ?? 0;
  }

  /** Resolves when the batch is on disk. */
  append(frame: NewFrame): Promise<void> {
    return new Promise((done, failed) => {
      this.#waiting.push({ frame, done, failed });
      this.#run();
    });
  }

  /** Takes a written file as a segment of its own. */
  adopt(file: string, frame: Adoption['frame']): Promise<void> {
    return new Promise((done, failed) => {
      this.#adoptions.push({ file, frame, done, failed });
      this.#run();
    });
  }

  /** The stream's earlier segments may be loaded now: rolls what is due. */
  nudge(): void {
    if (this.#rollDue) this.#run();
  }

  /** Closes the open segment, whatever its age, once all waiting batches are in. */
  async flush(): Promise<void> {
    while (this.#running) await this.#running;
    await this.#begin(this.#roll());
  }

  #run(): void {
    if (!this.#running) void this.#begin(this.#work());
  }

  /** One thing at a time; what came meanwhile is done next. */
  #begin(work: Promise<void>): Promise<void> {
    this.#running = work.finally(() => {
      this.#running = null;
      if (this.#waiting.length > 0 || this.#adoptions.length > 0) this.#run();
    });
    return this.#running;
  }

  async #work(): Promise<void> {
    for (;;) {
      if (this.#rollDue && this.#options.mayRoll()) await this.#roll();
      const adoption = this.#adoptions.shift();
      if (adoption) await this.#adopt(adoption);
      const group = this.#waiting.splice(0, GROUP);
      if (group.length > 0) await this.#write(group);
      else if (!adoption) return;
    }
  }

  async #write(group: Waiting[]): Promise<void> {
    try {
      this.#segment ??= await this.#create();
      await this.#segment.append(group.map(({ frame }) => frame));
      this.#options.onSync();
    } catch (error) {
      await this.#abandon();
      for (const { failed } of group) failed(error);
      return;
    }
    for (const { done } of group) done();
    if (this.#segment.totalBytes >= this.#options.segmentBytes) await this.#roll();
  }

  async #create(): Promise<SegmentFile> {
    const segment = await SegmentFile.create(this.#options.folder, this.#nextName());
    this.#timer = setTimeout(() => { this.#rollDue = true; this.#run(); }, this.#options.segmentMs);
    return segment;
  }

  async #roll(): Promise<void> {
    clearTimeout(this.#timer);
    this.#rollDue = false;
    const segment = this.#segment;
    if (!segment) return;
    this.#segment = null;
    await segment.close();
    const { source, kind, folder } = this.#options;
    const { name, totalBytes, lines, frames } = segment;
    if (frames.length > 0) this.#options.onClosed({ source, kind, folder, name, totalBytes, lines, frames });
    // Its first write failed: a disk that stays full would collect them.
    else await removeSegment(folder, name);
  }

  /** After a failed write: what was acknowledged before stays, the segment is closed. */
  async #abandon(): Promise<void> {
    await this.#segment?.cutBack().catch(() => undefined);
    await this.#roll().catch(() => undefined);
  }

  async #adopt({ file, frame, done, failed }: Adoption): Promise<void> {
    try {
      await this.#roll();
      const { source, kind, folder } = this.#options;
      const name = this.#nextName();
      const { bytes, ...head } = frame;
      const whole: Frame = { ...head, bytes, offset: 0, line: 1 };
      const sum = await open(join(folder, `${name}.sum`), 'wx');
      const text = checkedLine(whole);
      try {
        await sum.writeFile(text);
        await sum.datasync();
      } finally {
        await sum.close();
      }
      await rename(file, join(folder, `${name}.ndjson`));
      await syncFolder(folder);
      this.#options.onSync();
      this.#options.onClosed({ source, kind, folder, name, totalBytes: bytes + text.length, lines: head.lines, frames: [whole] });
      done();
    } catch (error) {
      failed(error);
    }
  }

  #nextName(): string {
    this.#lastNumber = Math.max(this.#lastNumber + 1, Date.now());
    return segmentName(this.#lastNumber);
  }
}
