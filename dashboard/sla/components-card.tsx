'use client';
import { useTranslations } from 'use-intl';
import { useFormats } from '../format/use-formats.ts';
import { duration } from '../format/duration.ts';
import { Card } from '../parts/card.tsx';
import { Mark } from '../parts/mark.tsx';
import { NoAnswer, Skeleton } from '../parts/states.tsx';
import { useMinute } from '../parts/use-now.ts';
import { MeasureHead } from './figure.tsx';
import { prepareComponents, WINDOWS, type WindowId } from './prepare-components.ts';
import type { Slice } from './slice.ts';
import classes from './sla.module.css';
import { useMeasures } from './use-measures.ts';
import { useNames } from './use-names.ts';

const HOUR_MS = 3_600_000;
const STEP_MS = 300_000;

/** Each component: how much of the time it was there, what is left of its budget, and how fast that burns now. */
export function ComponentsCard({ from, to, over, goBehind }: Slice) {
  const t = useTranslations('sla');
  const formats = useFormats();
  const { componentName, targetOf } = useNames();
  const { answer, problem, retry } = useMeasures({ measures: ['availability', 'outage-time', 'error-budget'], by: ['component'], from, to });
  const burns = new Map<WindowId, NonNullable<typeof answer>['rows']>();
  const [hour, sixHours, threeDays] = [useBurn(1), useBurn(6), useBurn(72)];
  for (const [id, rows] of [['1h', hour], ['6h', sixHours], ['3d', threeDays]] as const) if (rows) burns.set(id, rows);
  const rows = answer && prepareComponents(answer.rows, burns, targetOf);
  return (
    <Card title={t('components')} aside={<span>{t('componentsAside')}</span>}>
      {problem ? <NoAnswer problem={problem} retry={retry} /> : !rows ? <div className={classes.body}><Skeleton height={420} /></div> : (
        <div className={classes.scroller} tabIndex={0} role="region" aria-label={t('components')}>
          <table className={classes.table} data-testid="sla-components">
            <thead><tr>
              <th scope="col">{t('component')}</th><MeasureHead id="availability" over={over} /><th scope="col" data-number>{t('target')}</th><MeasureHead id="outage-time" over={over} /><MeasureHead id="error-budget" over={over} />
              {WINDOWS.map(({ id, limit }) => <th key={id} scope="col" data-number title={t('burnHint', { limit: formats.decimal(limit) })}>{t(`burn.${id}`)}</th>)}
            </tr></thead>
            <tbody>{rows.map(({ component, availability, target, verdict, outage, budget, budgetVerdict, burn }) => (
              <tr key={component} data-component={component} data-quiet={outage === 0 || undefined}>
                <th scope="row"><button type="button" className={classes.plain} onClick={() => goBehind({ component })}>{componentName(component)}</button></th>
                <td data-number data-verdict={verdict} data-measure="availability" data-raw={availability ?? ''}><Mark verdict={verdict} label={t('belowTarget')} /> {formats.finePercent(availability)}</td>
                <td data-number className={classes.dim}>{formats.finePercent(target)}</td>
                <td data-number data-measure="outage-time" data-raw={outage}>{outage === 0 ? '–' : duration(outage)}</td>
                <td data-number data-verdict={budgetVerdict} data-measure="error-budget" data-raw={budget ?? ''}>
                  <span className={classes.budget}><Mark verdict={budgetVerdict} label={t(budgetVerdict === 'bad' ? 'budgetGone' : 'budgetLow')} /> {formats.percent(budget)}<span className={classes.track} aria-hidden><i style={{ width: `${Math.min(100, Math.max(0, (budget ?? 0) * 100))}%` }} /></span></span>
                </td>
                {burn.map(({ id, value, verdict: burning }) => <td key={id} data-number data-verdict={burning}><Mark verdict={burning} label={t('burning')} /> {value === null ? '–' : t('times', { value: formats.decimal(value) })}</td>)}
              </tr>
            ))}</tbody>
          </table>
        </div>
      )}
    </Card>
  );
}

/** The burn rate of each component over the last hours. */
function useBurn(hours: number) {
  const toMs = Math.floor(useMinute() / STEP_MS) * STEP_MS + STEP_MS;
  return useMeasures({ measures: ['burn-rate'], by: ['component'], from: new Date(Math.max(0, toMs - hours * HOUR_MS)).toISOString(), to: new Date(toMs).toISOString() }).answer?.rows;
}
