import { Timer } from '../clock.ts';
import type { Line } from '../media.ts';
import type { DialedTalk } from './campaign-work.ts';
import type { CentreQueue } from './centre-schema.ts';
import type { Person } from './people.ts';
import type { Duty, PlannedPause } from './roster.ts';

/** What a worker does when the work timer is due. */
export type Step = 'nothing' | 'answer' | 'hold' | 'resume' | 'transfer' | 'complete-transfer' | 'cancel-transfer' | 'end-talk' | 'end-wrapup' | 'come-back' | 'hang-up' | 'dial' | 'skip';

/** One simulated agent: where they are in their day and in the call in hand. */
export class Worker {
  readonly number: number;
  readonly person: Person;
  /** The next step of the call in hand. */
  readonly work: Timer;
  /** The next entry of the roster. */
  readonly shift: Timer;
  duties: Duty[] = [];
  pauses: PlannedPause[] = [];
  pausedUntilMs = 0;
  loggedIn = false;
  /** Has asked for a break while a number was ringing: the core gives it when that is over. */
  breaking = false;
  step: Step = 'nothing';
  queue: CentreQueue | null = null;
  /** The talk in hand, or the last one, is one of an outbound campaign. */
  dialed: DialedTalk | null = null;
  line: Line | null = null;
  callId = '';
  transferTo = 0;
  /** Talk left after the hold or the failed transfer. */
  restMs = 0;
  wrapupCall = '';

  constructor(person: Person, act: (worker: Worker) => void, turn: (worker: Worker) => void) {
    this.number = person.agent.number;
    this.person = person;
    this.work = new WorkerTimer(this, act);
    this.shift = new WorkerTimer(this, turn);
  }
}

class WorkerTimer extends Timer {
  readonly #worker: Worker;
  readonly #fired: (worker: Worker) => void;

  constructor(worker: Worker, fired: (worker: Worker) => void) {
    super();
    this.#worker = worker;
    this.#fired = fired;
  }

  override fire(): void {
    this.#fired(this.#worker);
  }
}
