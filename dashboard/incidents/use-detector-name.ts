'use client';
import { useTranslations } from 'use-intl';

const DETECTORS = ['no-rows', 'live-lost', 'agents-gone', 'gateway', 'rows-late', 'spool-growing', 'disk-low', 'nuisance-limit', 'backup-overdue'] as const;

/** A detector by name; one that this page does not know, as it calls itself. */
export function useDetectorName(): (detector: string) => string {
  const t = useTranslations('incidents');
  return (detector) => {
    const known = DETECTORS.find((each) => each === detector);
    return known ? t(`evidence.detector.${known}`) : detector;
  };
}
