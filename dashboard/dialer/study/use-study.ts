'use client';
import { useEffect, useState } from 'react';
import type { StudyVariables } from './study-query.ts';
import { followStudy, type StudyEvent } from './study-stream.ts';

/** The study in the address, lived when asked for; another question, or leaving the page, ends it. */
export function useStudy(variables: StudyVariables | null): { event: StudyEvent | null; again: () => void } {
  const key = JSON.stringify(variables);
  const [round, setRound] = useState(0);
  const [state, setState] = useState<{ key: string; event: StudyEvent } | null>(null);
  useEffect(() => {
    const asked: StudyVariables | null = JSON.parse(key);
    if (!asked) return undefined;
    return followStudy(asked, (event) => setState({ key: `${key} ${round}`, event }));
  }, [key, round]);
  return { event: state?.key === `${key} ${round}` ? state.event : null, again: () => setRound((before) => before + 1) };
}
