'use client';
import { useTranslations } from 'use-intl';
import { useCallback, useMemo } from 'react';
import { useReference } from '../url/use-reference.ts';

/** A pause's reason in words, from its code: the centre's own, else ours (a centre need not name the core's own pauses), else the code. */
export function usePauseLabel(): (code: string) => string {
  const t = useTranslations('parts');
  const { reference } = useReference();
  const labels = useMemo(() => new Map(reference.pauseReasons.map(({ code, label }) => [code, label])), [reference]);
  return useCallback((code: string) => labels.get(code) ?? (code === 'login' ? t('pause.login') : code === 'rona' ? t('pause.rona') : code), [labels, t]);
}
