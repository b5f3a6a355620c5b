import { setTimeout as pause } from 'node:timers/promises';
import { UnreachableError } from '../internal/ask.ts';
import type { CoreQuestions, Place } from '../internal/calls.ts';
import { remoteQuestions } from '../internal/remote-warehouse.ts';

export interface PatientOptions {
  place: () => Place;
  signal: AbortSignal;
  /** Told once for each question that has to wait. */
  onTrouble: (reason: string) => void;
}

const RETRY_MS = 500;

/** What the core asks of ingest; while that is not there the questions wait. They read, so they may be asked again. */
export function patientQuestions({ place, signal, onTrouble }: PatientOptions): CoreQuestions {
  const questions = remoteQuestions(place);
  const patiently = <Args extends unknown[], Answer>(ask: (...args: Args) => Promise<Answer>) => async (...args: Args): Promise<Answer> => {
    for (let told = false; ; told = true) {
      try {
        return await ask(...args);
      } catch (error) {
        if (!(error instanceof UnreachableError) || signal.aborted) throw error;
        if (!told) onTrouble(error.message);
        await pause(RETRY_MS, undefined, { signal });
      }
    }
  };
  return { kpi: patiently(questions.kpi), freshness: patiently(questions.freshness), unfinished: patiently(questions.unfinished), dials: patiently(questions.dials), callDetails: patiently(questions.callDetails), waiting: patiently(questions.waiting) };
}
