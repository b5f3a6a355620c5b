import type { Random } from '../random.ts';
import type { Line } from '../media.ts';
import { Call } from './call.ts';
import type { CampaignState } from './campaign.ts';

const LOW = 4096;
const lowDigits = Array.from({ length: LOW }, (_, i) => hex(i, 3));

/**
 * Open calls by place, and the latest ones by number, ended ones too, for later qualification. A call
 * object is used again when its number has fallen out of the latest.
 */
export class CallBook {
  readonly #open: (Call | null)[] = [];
  readonly #freePlaces: number[] = [];
  readonly #latest: (Call | null)[];
  /** Calls that were still open when their place among the latest was needed; the last one over is the next one used. */
  readonly #free: Call[] = [];
  readonly #prefix: string;
  readonly #due: (call: Call) => void;
  #next = 0;
  #block = -1;
  #blockPrefix = '';
  openCount = 0;

  constructor(kept: number, random: Random, due: (call: Call) => void) {
    this.#latest = Array.from({ length: kept }, () => null);
    this.#prefix = hex(random.uint32(), 8) + hex(random.uint32(), 8) + hex(random.integer(65536), 4);
    this.#due = due;
  }

  begin(line: Line, campaign: CampaignState, nowMs: number): Call {
    const number = this.#next;
    this.#next = number + 1;
    const at = number % this.#latest.length;
    let call = this.#latest[at] ?? null;
    if (!call || isInUse(call)) {
      if (call) call.overtaken = true;
      call = this.#free.pop() ?? new Call(campaign, this.#due, this.#idOf);
      this.#latest[at] = call;
    }
    call.begin(number, line, campaign, nowMs);
    const place = this.#freePlaces.pop() ?? this.#open.length;
    this.#open[place] = call;
    call.place = place;
    line.call = place;
    this.openCount += 1;
    return call;
  }

  /** An internal call of a consultation: in no book, with its parent's number and id. */
  consultation(parent: Call, nowMs: number): Call {
    const call = new Call(parent.campaignState, this.#due, this.#idOf);
    call.begin(parent.number, parent.line, parent.campaignState, nowMs);
    call.parent = parent;
    return call;
  }

  end(call: Call): void {
    this.#open[call.place] = null;
    this.#freePlaces.push(call.place);
    call.place = -1;
    call.line.call = -1;
    this.openCount -= 1;
  }

  /** The call is over, for agents in wrap-up too. */
  settle(call: Call): void {
    call.settle();
    if (!call.overtaken) return;
    call.overtaken = false;
    this.#free.push(call);
  }

  ofLine(line: Line): Call | null {
    return this.#open[line.call] ?? null;
  }

  byId(id: string): Call | null {
    const call = this.#latest[Number.parseInt(id.slice(20), 16) % this.#latest.length] ?? null;
    if (call?.id === id) return call;
    // Open for so long that its number has been used again.
    return this.#open.find((open) => open?.id === id) ?? null;
  }

  openCalls(): Call[] {
    return this.#open.filter((call) => call !== null);
  }

  #idOf = (number: number): string => {
    const block = Math.floor(number / LOW);
    if (block !== this.#block) {
      this.#block = block;
      this.#blockPrefix = this.#prefix + hex(block, 9);
    }
    return this.#blockPrefix + (lowDigits[number - block * LOW] ?? '');
  };
}

function isInUse(call: Call): boolean {
  return call.stage !== 'ended' || call.wrapups > 0;
}

function hex(value: number, width: number): string {
  return value.toString(16).toUpperCase().padStart(width, '0');
}
