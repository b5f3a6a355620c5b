import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { StudiedMode, StudyPort, StudyProgress, StudyQuestion } from '../../api/ports.ts';
import { startThread } from '../threads/start.ts';
import type { StudyThread, StudyWatcher } from './study.worker.ts';

/** Those that wait; each takes a processor for some tens of seconds. */
const MOST_WAITING = 4;
/** A study of these many hours of calling, or until the file's end. */
const MOST_HOURS = 100;
/** How often progress is told; leaving is noticed as fast. */
const TOLD_MS = 250;
/** Answers that are kept: the same question has the same answer. */
const KEPT = 20;

/** Studies in a thread, one at a time, in the order in which they were asked for. */
export function studyPort(logger: Pick<Logger, 'error'>, entry = new URL('./study.worker.ts', import.meta.url)): StudyPort {
  const line: object[] = [];
  const kept = new Map<string, StudiedMode[]>();

  async function* study(question: StudyQuestion): AsyncGenerator<StudyProgress> {
    const key = JSON.stringify(question);
    const modes = kept.get(key) ?? (yield* inTurn(question));
    if (modes) keep(key, modes);
    yield { ahead: 0, mode: null, ...(modes ? { state: 'done', done: 1, modes } : { state: 'failed', done: 0, modes: [] }) };
  }

  /** Null = it failed. */
  async function* inTurn(question: StudyQuestion): AsyncGenerator<StudyProgress, StudiedMode[] | null> {
    const ticket = {};
    line.push(ticket);
    try {
      while (line[0] !== ticket) {
        yield { state: 'queued', ahead: line.indexOf(ticket), mode: null, done: 0, modes: [] };
        await pause(TOLD_MS);
      }
      return yield* live(question, entry);
    } catch (error) {
      logger.error({ err: error }, 'a what-if study failed');
      return null;
    } finally {
      line.splice(line.indexOf(ticket), 1);
    }
  }

  function keep(key: string, modes: StudiedMode[]): void {
    kept.set(key, modes);
    for (const oldest of kept.keys()) if (kept.size > KEPT) kept.delete(oldest);
  }

  return { study: (question) => (line.length > MOST_WAITING && !kept.has(JSON.stringify(question)) ? null : study(question)) };
}

/** Lives the modes one after the other; the thread ends with it, in the middle of a mode too. */
async function* live({ modes, ...campaign }: StudyQuestion, entry: URL): AsyncGenerator<StudyProgress, StudiedMode[]> {
  let share = 0;
  const watcher: StudyWatcher = { progress: (done) => void (share = done) };
  const thread = await startThread<StudyThread>({ entry, name: 'study', functions: watcher, endTimeoutMs: 0 });
  const lived: StudiedMode[] = [];
  try {
    for (const [at, mode] of modes.entries()) {
      share = 0;
      const living = thread.remote.live({ ...campaign, hours: MOST_HOURS }, mode).then((done) => void lived.push(done));
      // Who leaves ends the thread under it.
      living.catch(() => undefined);
      while (lived.length === at) {
        yield { state: 'running', ahead: 0, mode, done: (at + share) / modes.length, modes: [...lived] };
        await Promise.race([living, pause(TOLD_MS)]);
      }
    }
    return lived;
  } finally {
    await thread.end();
  }
}
