'use client';
import { useTranslations } from 'use-intl';
import { useFormats } from '../format/use-formats.ts';
import { Card } from '../parts/card.tsx';
import { Empty, NoAnswer, Skeleton } from '../parts/states.tsx';
import { useReference } from '../url/use-reference.ts';
import { MeasureHead } from './figure.tsx';
import type { Slice } from './slice.ts';
import classes from './sla.module.css';
import { useMeasures } from './use-measures.ts';
import { useNames } from './use-names.ts';

const COLUMNS = ['incidents', 'mtta', 'mttr', 'incidents-within-target', 'breaches', 'open-incidents'] as const;

/** The same by type, the most frequent first, and all of them below. */
export function TypesCard({ from, to, over, goBehind }: Slice) {
  const t = useTranslations('sla');
  const formats = useFormats();
  const { measure } = useReference();
  const { typeName } = useNames();
  const { answer, problem, retry } = useMeasures({ measures: COLUMNS, by: ['incident-type'], from, to });
  const rows = answer?.rows.toSorted((a, b) => (b.values[0] ?? 0) - (a.values[0] ?? 0));
  const cell = (values: readonly (number | null)[]) => COLUMNS.map((id, at) => <td key={id} data-number>{formats.value(measure(id)?.unit ?? 'COUNT', values[at] ?? null)}</td>);
  return (
    <Card title={t('byType')}>
      {problem ? <NoAnswer problem={problem} retry={retry} /> : !rows ? <div className={classes.body}><Skeleton height={160} /></div> : rows.length === 0 ? <Empty title={t('none')} hint={t('noneHint')} /> : (
        <div className={classes.scroller} tabIndex={0} role="region" aria-label={t('byType')}>
          <table className={classes.table} data-testid="sla-types">
            <thead><tr><th scope="col">{t('type')}</th>{COLUMNS.map((id) => <MeasureHead key={id} id={id} over={over} />)}</tr></thead>
            <tbody>{rows.map(({ keys, values }) => {
              const type = keys[0]?.value ?? '';
              return <tr key={type}><th scope="row"><button type="button" className={classes.plain} onClick={() => goBehind({ type })}>{typeName(type)}</button></th>{cell(values)}</tr>;
            })}</tbody>
            {answer?.totals && rows.length > 1 && <tfoot><tr><th scope="row">{t('all')}</th>{cell(answer.totals.values)}</tr></tfoot>}
          </table>
        </div>
      )}
    </Card>
  );
}
