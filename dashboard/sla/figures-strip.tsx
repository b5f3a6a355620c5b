'use client';
import { NoAnswer, Skeleton } from '../parts/states.tsx';
import { Figure } from './figure.tsx';
import type { Slice } from './slice.ts';
import classes from './sla.module.css';
import { useMeasures } from './use-measures.ts';

const FIGURES = ['incidents', 'mttd', 'mtta', 'mttr', 'incidents-within-target', 'breaches', 'first-report-time', 'rex-on-time', 'actions-overdue'] as const;
const OUTCOMES: Partial<Record<(typeof FIGURES)[number], string>> = { 'breaches': 'breached', 'incidents-within-target': 'within' };

/** The range in figures, against the one before. */
export function FiguresStrip({ from, to, over, goBehind }: Slice) {
  const { answer, problem, retry } = useMeasures({ measures: FIGURES, by: [], from, to, compare: true });
  if (problem) return <NoAnswer problem={problem} retry={retry} />;
  if (!answer) return <Skeleton height={82} />;
  return (
    <div className={classes.strip} data-testid="sla-figures">
      {FIGURES.map((id, at) => <Figure key={id} id={id} value={answer.totals?.values[at] ?? null} before={answer.comparison?.totals?.values[at]} over={over} onClick={() => goBehind({ outcome: OUTCOMES[id] ?? null })} />)}
    </div>
  );
}
