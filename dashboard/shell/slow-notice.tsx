'use client';
import { usePathname } from 'next/navigation';
import { useTranslations } from 'use-intl';
import { createContext, useContext, useSyncExternalStore, type ReactNode } from 'react';
import type { SlowQuestions } from '../graphql/slow-questions.ts';
import { Notice } from '../parts/states.tsx';

const Slow = createContext<SlowQuestions | null>(null);

export function SlowQuestionsProvider({ slow, children }: { slow: SlowQuestions; children: ReactNode }) {
  return <Slow value={slow}>{children}</Slow>;
}

const nothing = (): (() => void) => () => {};

/** While an answer lets wait: that it is on its way, and what comes if it does not come. The live board tells of its own figures. */
export function SlowNotice() {
  const t = useTranslations('shell');
  const live = usePathname() === '/';
  const slow = useContext(Slow);
  const shown = useSyncExternalStore(slow?.subscribe ?? nothing, () => slow?.any() ?? false, () => false);
  return shown && !live && <Notice kind="note"><strong>{t('slow')}</strong><span>{t('slowHint')}</span></Notice>;
}
