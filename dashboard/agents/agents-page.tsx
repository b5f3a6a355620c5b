'use client';
import { MultiSelect } from '@mantine/core';
import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { useMemo } from 'react';
import { hours, NO_VALUE } from '../format/duration.ts';
import { useFormats } from '../format/use-formats.ts';
import { Card } from '../parts/card.tsx';
import { Explain } from '../parts/explain.tsx';
import { Empty, NoAnswer, Skeleton } from '../parts/states.tsx';
import { useArrowKeys } from '../parts/use-arrow-keys.ts';
import { usePageTitle } from '../parts/use-page-title.ts';
import { useReportDataAge } from '../shell/data-age.tsx';
import { useParams } from '../url/use-params.ts';
import { useReference } from '../url/use-reference.ts';
import { useShared } from '../url/use-shared.ts';
import classes from './agents.module.css';
import { DaySwitch } from './day-switch.tsx';
import { LaneAxis, LaneChart } from './lane-chart.tsx';
import { prepareFrame, prepareLanes, type LaneView } from './prepare-lanes.ts';
import { prepareShifts } from './prepare-plan.ts';
import { StateLegend } from './state-legend.tsx';
import { useTimeline } from './use-timeline.ts';

const TOTALS = ['logged', 'talk', 'wrapup', 'pause', 'occupancy', 'adherence'] as const;
/** Agent, lane, totals. */
const COLUMNS = 2 + TOTALS.length;

/** A day of the floor: one agent a line, states as coloured segments under the planned line, totals at the right. */
export function AgentsPage() {
  const t = useTranslations('agents');
  const params = useParams();
  const shared = useShared();
  const { reference } = useReference();
  const { lanes, dataAt, problem, retry, day, oneOfMany, isToday, nowMs, startMs, endMs, go } = useTimeline();
  const formats = useFormats();
  const onKeyDown = useArrowKeys<HTMLDivElement>();
  usePageTitle(t('title'));
  useReportDataAge(dataAt);
  const names = useMemo(() => new Map(reference.teams.map(({ id, name }) => [id, name])), [reference]);
  const teams = useMemo(() => (lanes ? prepareLanes(lanes.filter(({ spans, planned }) => spans.length + planned.length > 0), (id) => names.get(id) ?? (id || t('noTeam'))) : []), [lanes, names, t]);
  const frame = useMemo(() => prepareFrame(lanes ?? [], startMs, endMs), [lanes, startMs, endMs]);
  const laneLabel = ({ name, planned }: LaneView) => {
    const shifts = prepareShifts(planned).map(({ startsAt, endsAt }) => `${formats.time(startsAt)} – ${formats.time(endsAt)}`).join(', ');
    return shifts === '' ? t('laneOf', { name }) : t('laneOfPlanned', { name, shifts });
  };
  return (
    <>
      <div className={classes.head}>
        <h1 className={classes.title}>{t('title')}</h1>
        <MultiSelect size="xs" data-search className={classes.teamSelect} aria-label={t('team')} placeholder={params.list('team').length === 0 ? t('allTeams') : ''} searchable clearable clearButtonProps={{ 'aria-label': t('clear') }} data={reference.teams.map(({ id, name }) => ({ value: id, label: name }))} value={params.list('team')} onChange={(team) => params.set({ team })} />
        <DaySwitch day={day} oneOfMany={oneOfMany} isToday={isToday} go={go} />
      </div>
      <Card title={t('day')} aside={<StateLegend planned={teams.some((team) => team.lanes.some(({ planned }) => planned.length > 0))} spans={teams.flatMap((team) => team.lanes.flatMap(({ spans }) => spans))} />}>
        {problem && !lanes ? <NoAnswer problem={problem} retry={retry} /> : !lanes ? <div className={classes.pad}><Skeleton height={480} /></div> : teams.length === 0 ? <div data-testid="lanes"><Empty title={t('empty')} hint={t('emptyHint')} /></div> : (
          <div data-testid="lanes" className={classes.grid} onKeyDown={onKeyDown} role="table" aria-label={t('title')}>
            <div className={classes.headRow} role="row">
              <span role="columnheader">{t('agent')}</span>
              <span role="columnheader" aria-label={t('lane')}><LaneAxis frame={frame} /></span>
              {TOTALS.map((each) => <span key={each} role="columnheader" data-number data-total={each}>{each === 'adherence' ? <Explain name={t('adherence.name')} formula={t('adherence.formula')} over={formats.localDate(day)}><span tabIndex={0}>{t('total.adherence')}</span></Explain> : t(`total.${each}`)}</span>)}
            </div>
            {teams.map((team) => (
              <div key={team.team} role="rowgroup" aria-label={team.name}>
                <div role="row"><div role="cell" aria-colspan={COLUMNS}><h3 className={classes.team}>{team.name} <span>{t('count', { count: team.lanes.length })}{team.adherence !== null && ` · ${t('adherence.ofTeam', { value: formats.percent(team.adherence) })}`}</span></h3></div></div>
                {team.lanes.map((lane) => (
                  <div key={lane.agent} className={classes.row} role="row">
                    <Link role="cell" href={`/agents/${lane.agent}${shared}`} prefetch={false} className={classes.name} title={lane.name} data-row>{lane.name}</Link>
                    <span role="cell"><LaneChart spans={lane.spans} planned={lane.planned} frame={frame} nowMs={nowMs} label={laneLabel(lane)} /></span>
                    <Totals lane={lane} />
                  </div>
                ))}
              </div>
            ))}
          </div>
        )}
      </Card>
    </>
  );
}

function Totals({ lane }: { lane: LaneView }) {
  const t = useTranslations('agents');
  const formats = useFormats();
  // Whose shift is still to come has no figures yet, not four zeros.
  const time = (seconds: number) => (lane.spans.length === 0 && lane.adherence === null ? NO_VALUE : hours(seconds));
  return (
    <>
      <span role="cell" data-number data-total="logged" data-label={t('total.logged')}>{time(lane.logged)}</span>
      <span role="cell" data-number data-total="talk">{time(lane.talk)}</span>
      <span role="cell" data-number data-total="wrapup">{time(lane.wrapup)}</span>
      <span role="cell" data-number data-total="pause">{time(lane.pause)}</span>
      <span role="cell" data-number data-total="occupancy" data-label={t('total.occupancy')}>{formats.percent(lane.occupancy)}</span>
      <span role="cell" data-number data-total="adherence" data-label={t('total.adherence')}>{formats.percent(lane.adherence)}</span>
    </>
  );
}
