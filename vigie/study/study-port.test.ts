import { expect, test } from 'vitest';
import type { StudyProgress, StudyQuestion } from '../../api/ports.ts';
import { liveMode } from '../../telephony/dialer/study/what-if.ts';
import { studyPort } from './study-port.ts';

const QUESTION: StudyQuestion = { contacts: 400, agents: 5, modes: ['manual', 'progressive', 'predictive'], seed: 3, nuisanceShare: 0.03, answerShare: 0.3, talkSeconds: 100, wrapupSeconds: 20 };
const LONG: StudyQuestion = { ...QUESTION, contacts: 300_000, agents: 100, modes: ['predictive', 'vicidial-average'] };
const silent = { error: () => undefined };

function studyOn(port: ReturnType<typeof studyPort>, question: StudyQuestion) {
  const study = port.study(question);
  if (!study) throw new Error('the study was refused');
  return study;
}

async function newest(study: AsyncIterableIterator<StudyProgress>): Promise<StudyProgress> {
  const { value } = await study.next();
  return value;
}

test('lives each mode once, tells how far it is, and knows the answer the next time', async () => {
  const port = studyPort(silent);
  const told: StudyProgress[] = [];
  for await (const progress of studyOn(port, QUESTION)) told.push(progress);
  const { modes, ...asked } = QUESTION;
  const expected = modes.map((mode) => liveMode({ ...asked, hours: 100 }, mode));
  expect(told.at(-1)).toEqual({ state: 'done', ahead: 0, mode: null, done: 1, modes: expected });
  expect(told.map(({ done }) => done)).toEqual(told.map(({ done }) => done).toSorted((a, b) => a - b));
  expect(told[0]).toMatchObject({ state: 'running', mode: 'manual', done: 0 });
  // 0.7 of the persons here, 0.2 in the standard campaign.
  expect(modes.map((mode) => liveMode({ contacts: 400, agents: 5, seed: 3, nuisanceShare: 0.03, hours: 100 }, mode).talkMinutesPerHour)).not.toEqual(expected.map(({ talkMinutesPerHour }) => talkMinutesPerHour));
  expect(await newest(studyOn(port, QUESTION))).toEqual(told.at(-1));
});

test('one at a time: who comes next waits, who leaves ends it at once', async () => {
  const port = studyPort(silent);
  const [first, second] = [studyOn(port, LONG), studyOn(port, QUESTION)];
  expect(await newest(first)).toMatchObject({ state: 'running', mode: 'predictive' });
  expect(await newest(second)).toMatchObject({ state: 'queued', ahead: 1 });
  const leftMs = performance.now();
  await first.return?.();
  let last = await newest(second);
  while (last.state !== 'done') last = await newest(second);
  expect(last.modes).toHaveLength(3);
  // The long one alone would take ten times as long.
  expect(performance.now() - leftMs).toBeLessThan(15_000);
});

test('a long line is refused', async () => {
  const port = studyPort(silent);
  const studies = Array.from({ length: 5 }, (_, seed) => studyOn(port, { ...LONG, seed }));
  await Promise.all(studies.map((study) => study.next()));
  expect(port.study({ ...LONG, seed: 9 })).toBeNull();
  await Promise.all(studies.map((study) => study.return?.()));
  expect(port.study({ ...LONG, seed: 9 })).not.toBeNull();
});

test('what fails is told and logged, and the next one goes on', async () => {
  const errors: unknown[] = [];
  const port = studyPort({ error: (error: unknown) => void errors.push(error) }, new URL('./away.worker.ts', import.meta.url));
  for (const count of [1, 2]) {
    expect(await newest(studyOn(port, QUESTION))).toMatchObject({ state: 'failed', modes: [] });
    expect(errors).toHaveLength(count);
  }
});
