'use client';
import { Button } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconDownload } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { useMemo, useRef, useState } from 'react';
import { useFormats } from '../format/use-formats.ts';
import type { Measure } from '../graphql/reference-query.ts';
import { Card } from '../parts/card.tsx';
import { Explain } from '../parts/explain.tsx';
import { Mark } from '../parts/mark.tsx';
import { Empty, Skeleton } from '../parts/states.tsx';
import { useArrowKeys } from '../parts/use-arrow-keys.ts';
import { useParams, withPatch } from '../url/use-params.ts';
import { useReference } from '../url/use-reference.ts';
import { sharedOf } from '../url/use-shared.ts';
import { download } from './download.ts';
import { drillDown, pageBehind } from './drill-down.ts';
import type { KpiAnswer, KpiKey } from './kpi-query.ts';
import classes from './kpi.module.css';
import { keyLabel } from './labels.ts';
import { prepareCsv } from './prepare-csv.ts';
import { change, prepareTable, sortRows, type Cell, type Order } from './prepare-table.ts';
import type { Question } from './question.ts';
import { useOver } from './use-over.ts';

const ROW = 34;

/** The numbers behind the chart, with totals that are sums over everything, never means of rows. */
export function TableCard({ question, answer }: { question: Question; answer: KpiAnswer | null }) {
  const t = useTranslations('kpi');
  const formats = useFormats();
  const { measure } = useReference();
  const over = useOver();
  const [order, setOrder] = useState<Order | null>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const onKeyDown = useArrowKeys<HTMLTableSectionElement>();
  const table = useMemo(() => answer && prepareTable(answer), [answer]);
  const rows = useMemo(() => (table ? sortRows(table.rows, order, (key) => keyLabel(key, formats)) : []), [table, order, formats]);
  const virtual = useVirtualizer({ count: rows.length, getScrollElement: () => scroller.current, estimateSize: () => ROW, overscan: 12, initialRect: { width: 1200, height: 560 } });
  if (!answer || !table) return <Card title={t('table')}><div style={{ padding: 14 }}><Skeleton height={300} /></div></Card>;
  const items = virtual.getVirtualItems();
  const top = items[0]?.start ?? 0;
  const bottom = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  const columns = [...table.fields.map((field) => ({ id: field, label: t(fieldKey(field)), measure: undefined })), ...question.measures.map((id) => ({ id, label: measure(id)?.short ?? id, measure: measure(id) }))];
  const save = () => download(`vigie-${question.measures[0] ?? 'kpi'}.csv`, prepareCsv({ fields: columns.slice(0, table.fields.length).map(({ label }) => label), measures: columns.slice(table.fields.length).map(({ label }) => label), rows, before: answer.comparison ? t('before') : null, label: (key) => keyLabel(key, formats), locale: formats.locale }));
  const sort = (at: number) => setOrder((before) => (before?.at !== at ? { at, descending: at >= table.fields.length } : { at, descending: !before.descending }));
  return (
    <Card title={t('table')} aside={<>{t('rows', { count: rows.length })}{rows.length > 0 && <Button size="compact-xs" variant="default" leftSection={<IconDownload size={13} />} onClick={save} title={t('csvHint')} aria-label={t('csvHint')}>{t('csv')}</Button>}</>}>
      {table.rows.length === 0 ? <Empty title={t('empty')} hint={t('emptyHint')} /> : (
        <div className={classes.scroller} ref={scroller} tabIndex={0} role="region" aria-label={t('table')}>
          <table className={classes.table} aria-rowcount={rows.length + 2}>
            <thead>
              <tr>
                {columns.map(({ id, label, measure: rule }, at) => (
                  <th key={id} scope="col" aria-sort={order?.at === at ? (order.descending ? 'descending' : 'ascending') : undefined} data-number={at >= table.fields.length || undefined}>
                    <HeadButton label={label} rule={rule} over={over} order={order?.at === at ? order : null} onClick={() => sort(at)} />
                  </th>
                ))}
              </tr>
            </thead>
            <tbody onKeyDown={onKeyDown}>
              {top > 0 && <tr aria-hidden><td style={{ height: top, padding: 0, border: 0 }} colSpan={columns.length} /></tr>}
              {items.map(({ index }) => {
                const row = rows[index];
                return row && (
                  <tr key={row.id} data-row tabIndex={-1} aria-rowindex={index + 2} style={{ height: ROW }}>
                    {row.keys.map((key, at) => (at === 0 ? <th key={key.field} scope="row">{keyLabel(key, formats)}</th> : <td key={key.field}>{keyLabel(key, formats)}</td>))}
                    {row.cells.map((cell, at) => <NumberCell key={question.measures[at]} cell={cell} id={question.measures[at] ?? ''} keys={row.keys} over={over} />)}
                  </tr>
                );
              })}
              {bottom > 0 && <tr aria-hidden><td style={{ height: bottom, padding: 0, border: 0 }} colSpan={columns.length} /></tr>}
            </tbody>
            {table.totals && (
              <tfoot>
                <tr data-testid="totals">
                  {table.fields.length > 0 && <th scope="row" colSpan={table.fields.length}>{t('totals')}</th>}
                  {table.totals.map((cell, at) => <NumberCell key={question.measures[at]} cell={cell} id={question.measures[at] ?? ''} keys={[]} over={over} />)}
                </tr>
              </tfoot>
            )}
          </table>
        </div>
      )}
    </Card>
  );
}

function HeadButton({ label, rule, over, order, onClick }: { label: string; rule: Measure | undefined; over: string; order: Order | null; onClick: () => void }) {
  const button = <button type="button" className={classes.sort} onClick={onClick}><span>{label}</span>{order && (order.descending ? <IconArrowDown size={12} aria-hidden /> : <IconArrowUp size={12} aria-hidden />)}</button>;
  return rule ? <Explain name={rule.name} formula={rule.formula} over={over}>{button}</Explain> : button;
}

/** A number, its change, and the way to the calls behind it. */
function NumberCell({ cell, id, keys, over }: { cell: Cell; id: string; keys: KpiKey[]; over: string }) {
  const t = useTranslations('kpi');
  const formats = useFormats();
  const { measure } = useReference();
  const { text } = useParams();
  const rule = measure(id);
  const unit = rule?.unit ?? 'COUNT';
  const where = keys.map((key) => keyLabel(key, formats)).join(' · ');
  const moved = change(cell, unit);
  const worse = moved !== null && Math.abs(moved) >= 0.0005 && ((rule?.better === 'UP' && moved < 0) || (rule?.better === 'DOWN' && moved > 0));
  const params = new URLSearchParams(text);
  const filters = Object.fromEntries(['campaign', 'queue', 'team', 'agent'].map((name) => [name, params.get(name)]));
  const page = pageBehind(rule?.dimensions ?? []);
  const { direction, fate, ...there } = drillDown(keys, id);
  const href = `${page}${withPatch('', { range: 'last-7', ...sharedOf(text), ...(page === '/calls' ? { ...filters, direction, fate } : {}), ...there })}`;
  return (
    <td data-number data-measure={id} data-value={cell.value ?? ''}>
      <Explain name={rule?.name ?? id} formula={rule?.formula ?? ''} over={where ? `${where} · ${over}` : over} age={cell.before === undefined ? undefined : t('beforeValue', { value: formats.value(unit, cell.before) })}>
        <Link href={href} prefetch={false} className={classes.number}>
          {moved !== null && <span className={classes.change} data-worse={worse || undefined}>{worse && <Mark verdict="warn" label={t('worse')} />}{unit === 'RATIO' ? `${formats.points(moved)} pts` : formats.change(moved)}</span>}
          {formats.value(unit, cell.value)}
        </Link>
      </Explain>
    </td>
  );
}

function fieldKey(field: string) {
  switch (field) {
    case 'tenant': case 'site': case 'campaign': case 'queue': case 'team': case 'agent': case 'medium': case 'incident-type': case 'severity': case 'component': case 'hour': case 'weekday': return `grouping.${field}` as const;
    default: return 'when';
  }
}
