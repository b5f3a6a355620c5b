import { availableParallelism } from 'node:os';
import { startProgress } from '../commands/progress.ts';
import { startThread } from '../threads/start.ts';
import type { StudyJob, StudyThread } from './dialer-study.worker.ts';

const MOST_THREADS = 2;

/** Lives a campaign for each of the seeds 1, 2, … on two threads: figures by name, each a list in the order of the seeds. */
export async function overSeeds(name: string, seeds: number, job: (seed: number) => StudyJob): Promise<Record<string, number[]>> {
  const progress = startProgress();
  const threads = await Promise.all(Array.from({ length: Math.min(MOST_THREADS, availableParallelism(), seeds) }, (_, index) =>
    startThread<StudyThread>({ name: `study ${index + 1}`, entry: new URL('./dialer-study.worker.ts', import.meta.url) })));
  const lived: Record<string, number>[] = [];
  let [next, ended] = [0, 0];
  try {
    await Promise.all(threads.map(async ({ remote }) => {
      for (let index = next++; index < seeds; index = next++) {
        lived[index] = await remote.live(job(index + 1));
        ended += 1;
        progress.show(`${name}: seed ${ended} of ${seeds}`);
      }
    }));
  } finally {
    progress.done();
    await Promise.all(threads.map((thread) => thread.end()));
  }
  const figures: Record<string, number[]> = {};
  for (const figure of lived) for (const [key, value] of Object.entries(figure)) (figures[key] ??= []).push(value);
  return figures;
}
