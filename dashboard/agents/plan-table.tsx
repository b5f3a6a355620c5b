'use client';
import { useTranslations } from 'use-intl';
import { duration } from '../format/duration.ts';
import { useFormats } from '../format/use-formats.ts';
import { Mark } from '../parts/mark.tsx';
import { Empty } from '../parts/states.tsx';
import classes from './agents.module.css';
import { isNotable } from './prepare-plan.ts';
import type { Planned } from './timeline-query.ts';
import { usePlannedLabel } from './use-planned-label.ts';

/** The planned line in words: each stretch, and how the agent left it. */
export function PlanTable({ planned }: { planned: Planned[] }) {
  const t = useTranslations('agents');
  const formats = useFormats();
  const plannedLabel = usePlannedLabel();
  if (planned.length === 0) return <Empty title={t('nothingPlanned')} />;
  return (
    <table className={classes.plain} data-testid="plan-table">
      <thead><tr><th scope="col">{t('activity')}</th><th scope="col">{t('fromTo')}</th><th scope="col">{t('deviations')}</th></tr></thead>
      <tbody>{planned.map((activity) => (
        <tr key={activity.startsAt}>
          <td>{plannedLabel(activity)}</td>
          <td className={classes.times}>{formats.time(activity.startsAt)} – {formats.time(activity.endsAt)}</td>
          <td>{activity.deviations.map((deviation) => (
            <span key={deviation.startedAt} className={classes.deviation} data-deviation={deviation.kind} title={`${formats.timeWithSeconds(deviation.startedAt)} – ${formats.timeWithSeconds(deviation.endedAt)}`}>
              <Mark verdict={isNotable(deviation) ? 'warn' : 'ok'} label={t('deviation.notable')} />{t(`deviation.${deviation.kind}`)} <b>{duration(deviation.seconds)}</b>
            </span>
          ))}</td>
        </tr>
      ))}</tbody>
    </table>
  );
}
