'use client';
import { IconCircleCheck, IconCircleDashed, IconEye, IconLock, IconTool, type Icon } from '@tabler/icons-react';
import { useTranslations } from 'use-intl';
import classes from './incidents.module.css';
import type { IncidentState } from './incident-query.ts';

const GLYPHS: Record<IncidentState, Icon> = { DETECTED: IconEye, ACKNOWLEDGED: IconTool, MITIGATED: IconCircleDashed, RESOLVED: IconCircleCheck, CLOSED: IconLock };

export function StateLabel({ state }: { state: IncidentState }) {
  const t = useTranslations('incidents');
  const Glyph = GLYPHS[state];
  return <span className={classes.state} data-state={state}><Glyph size={14} stroke={1.8} aria-hidden />{t(`state.${state}`)}</span>;
}
