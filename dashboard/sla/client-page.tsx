'use client';
import { Button } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { useTranslations } from 'use-intl';
import { duration } from '../format/duration.ts';
import { useFormats } from '../format/use-formats.ts';
import { SubTabs } from '../incidents/sub-tabs.tsx';
import { Mark } from '../parts/mark.tsx';
import { Empty, NoAnswer, Notice, Skeleton } from '../parts/states.tsx';
import { usePageTitle } from '../parts/use-page-title.ts';
import { useMinute } from '../parts/use-now.ts';
import { useReportDataAge } from '../shell/data-age.tsx';
import { RangePicker } from '../shell/range-picker.tsx';
import { addDays, midnight } from '../url/local-date.ts';
import { useRange } from '../url/use-range.ts';
import { useReference } from '../url/use-reference.ts';
import { useZone } from '../url/use-zone.ts';
import { Figure } from './figure.tsx';
import { prepareComponents } from './prepare-components.ts';
import classes from './sla.module.css';
import { useClientIncidents } from './use-client-incidents.ts';
import { useMeasures } from './use-measures.ts';
import { useNames } from './use-names.ts';

const FIGURES = ['incidents', 'mtta', 'mttr', 'incidents-within-target', 'breaches'] as const;

/** A clean sheet of what may be shown to one client: its incidents, what it could use, what was kept. Prints to A4. */
export function ClientPage() {
  const t = useTranslations('sla');
  const formats = useFormats();
  const { reference } = useReference();
  const { tenant: chosen } = useZone();
  const { from, to } = useRange('last-30');
  const client = reference.tenants.find(({ id }) => id === chosen[0]) ?? reference.tenants[0];
  const range = t('fromTo', { from: formats.localDate(from.slice(0, 10)), to: formats.localDate(addDays(to.slice(0, 10), to.length === 10 ? -1 : 0)) });
  usePageTitle(client ? t('sheetTitle', { client: client.name }) : t('clientBoard'));
  return (
    <>
      <SubTabs />
      <div className={classes.head} data-noprint>
        <h1 className={classes.title}>{t('clientBoard')}</h1>
        <Button size="xs" variant="default" leftSection={<IconPrinter size={14} />} onClick={() => window.print()}>{t('print')}</Button>
        <RangePicker wide={false} />
      </div>
      {client ? <Sheet key={client.id} tenant={client.id} name={client.name} from={from} to={to} range={range} /> : <Skeleton height={600} />}
    </>
  );
}

function Sheet({ tenant, name, from, to, range }: { tenant: string; name: string; from: string; to: string; range: string }) {
  const t = useTranslations('sla');
  const formats = useFormats();
  const { measure } = useReference();
  const over = t('overClient', { client: name, range });
  const own = { from, to, tenant: [tenant] };
  const figures = useMeasures({ ...own, measures: FIGURES, by: [], compare: true });
  const available = useMeasures({ ...own, measures: ['availability', 'outage-time', 'error-budget'], by: ['component'] });
  const { componentName, targetOf } = useNames();
  useReportDataAge(figures.answer?.dataAt);
  const now = useMinute();
  const rows = available.answer && prepareComponents(available.answer.rows, new Map(), targetOf);
  return (
    <article className={classes.sheet} data-testid="client-sheet">
      <header><h2>{t('sheetTitle', { client: name })}</h2><p>{range} · {formats.zone} · {t('ageOn', { time: formats.dateTime(now) })}</p></header>
      <section>
        <h3>{t('inFigures')}</h3>
        {figures.problem ? <NoAnswer problem={figures.problem} retry={figures.retry} /> : !figures.answer ? <Skeleton height={82} /> : (
          <div className={classes.strip}>
            <Figure id="availability" value={available.answer?.totals?.values[0] ?? null} over={over} />
            {FIGURES.map((id, at) => <Figure key={id} id={id} value={figures.answer?.totals?.values[at] ?? null} before={figures.answer?.comparison?.totals?.values[at]} over={over} />)}
          </div>
        )}
      </section>
      <section>
        <h3>{t('components')}</h3>
        {available.problem ? <NoAnswer problem={available.problem} retry={available.retry} /> : !rows ? <Skeleton height={380} /> : (
          <table className={classes.table}>
            <thead><tr><th scope="col">{t('component')}</th><th scope="col" data-number>{measure('availability')?.short}</th><th scope="col" data-number>{t('target')}</th><th scope="col" data-number>{measure('outage-time')?.short}</th></tr></thead>
            <tbody>{rows.map(({ component, availability, target, verdict, outage }) => (
              <tr key={component} data-component={component} data-quiet={outage === 0 || undefined}>
                <th scope="row">{componentName(component)}</th>
                <td data-number data-verdict={verdict} data-measure="availability" data-raw={availability ?? ''}><Mark verdict={verdict} label={t('belowTarget')} /> {formats.finePercent(availability)}</td>
                <td data-number className={classes.dim}>{formats.finePercent(target)}</td>
                <td data-number data-measure="outage-time" data-raw={outage}>{outage === 0 ? '–' : duration(outage)}</td>
              </tr>
            ))}</tbody>
          </table>
        )}
      </section>
      <section><h3>{t('clientIncidents')}</h3><ClientIncidents tenant={tenant} from={from} to={to} /></section>
      <footer>
        <h3>{t('definitions')}</h3>
        <dl>{['availability', ...FIGURES].map((id) => <div key={id}><dt>{measure(id)?.name ?? id}</dt><dd>{measure(id)?.formula}</dd></div>)}</dl>
      </footer>
    </article>
  );
}

function ClientIncidents({ tenant, from, to }: { tenant: string; from: string; to: string }) {
  const t = useTranslations('sla');
  const formats = useFormats();
  const { zone, loaded } = useZone();
  const { typeName, componentName } = useNames();
  const instant = (text: string) => (text.length === 10 ? new Date(midnight(text, zone)).toISOString() : text);
  const { incidents, more, problem, retry } = useClientIncidents({ tenant, from: instant(from), to: instant(to), paused: !loaded });
  if (problem) return <NoAnswer problem={problem} retry={retry} />;
  if (!incidents) return <Skeleton height={120} />;
  const further = more && <Notice kind="note">{t('mostRecent', { count: incidents.length })}</Notice>;
  if (incidents.length === 0) return further || <Empty title={t('none')} />;
  return (
    <>{further}<table className={`${classes.table} ${classes.stacked}`} data-testid="client-incidents">
      <thead><tr><th scope="col">{t('number')}</th><th scope="col">{t('incident')}</th><th scope="col">{t('touched')}</th><th scope="col">{t('detected')}</th><th scope="col" data-number>{t('restoredIn')}</th><th scope="col">{t('outcome')}</th></tr></thead>
      <tbody>{incidents.map(({ number, title, type, components, detectedAt, resolvedAt, clock }) => (
        <tr key={number}>
          <td className={classes.dim}>{number}</td>
          <th scope="row"><span className={classes.wrap}>{title}<small>{typeName(type)}</small></span></th>
          <td><span className={classes.wrap}>{components.map(({ component }) => componentName(component)).join(', ') || '–'}</span></td>
          <td data-label={t('detected')}>{formats.dateTime(detectedAt)}</td>
          <td data-number data-label={resolvedAt === null ? undefined : t('restoredIn')}>{resolvedAt === null ? t('notOver') : formats.value('SECONDS', (Date.parse(resolvedAt) - Date.parse(detectedAt)) / 1000)}</td>
          <td data-verdict={clock.breachedAt === null ? undefined : 'bad'}>{clock.breachedAt !== null ? t('breached') : resolvedAt !== null ? t('within') : '–'}</td>
        </tr>
      ))}</tbody>
    </table></>
  );
}
