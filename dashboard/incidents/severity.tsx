'use client';
import { useTranslations } from 'use-intl';
import classes from './incidents.module.css';

export const SEVERITIES = ['CRITICAL', 'MAJOR', 'MINOR', 'ANNOYANCE'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** 1 = the site stands still … 4 = an annoyance, as people say it. */
export function levelOf(severity: Severity): number {
  return SEVERITIES.indexOf(severity) + 1;
}

const SHAPES: Record<Severity, string> = {
  CRITICAL: 'M7 0l7 7-7 7-7-7z',
  MAJOR: 'M7 1l6.6 12H.4z',
  MINOR: 'M7 1.5a5.5 5.5 0 100 11 5.5 5.5 0 000-11z',
  ANNOYANCE: 'M7 1.5a5.5 5.5 0 100 11 5.5 5.5 0 000-11zm0 2a3.5 3.5 0 110 7 3.5 3.5 0 010-7z',
};

/** A shape of its own for each severity, with its word in its name. */
export function SeverityMark({ severity, size = 12 }: { severity: Severity; size?: number }) {
  const t = useTranslations('incidents');
  const label = t('severityOf', { level: levelOf(severity), word: t(`severity.${severity}`) });
  return <svg className={classes.severityMark} data-severity={severity} width={size} height={size} viewBox="0 0 14 14" role="img" aria-label={label}><title>{label}</title><path d={SHAPES[severity]} fill="currentColor" fillRule="evenodd" /></svg>;
}

export function SeverityLabel({ severity }: { severity: Severity }) {
  const t = useTranslations('incidents');
  return <span className={classes.severity}><span aria-hidden><SeverityMark severity={severity} /></span>{t('severityOf', { level: levelOf(severity), word: t(`severity.${severity}`) })}</span>;
}
