'use client';
import { useTranslations } from 'use-intl';
import { usePauseLabel } from '../parts/use-pause-label.ts';
import type { Planned } from './timeline-query.ts';

/** What is planned, in words: work, or the pause's reason. */
export function usePlannedLabel(): (activity: Planned) => string {
  const t = useTranslations('agents');
  const pauseLabel = usePauseLabel();
  return ({ kind, reason }) => (kind === 'WORK' ? t('work') : pauseLabel(reason));
}
