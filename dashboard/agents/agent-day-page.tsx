'use client';
import { IconArrowLeft } from '@tabler/icons-react';
import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { useMemo } from 'react';
import { duration, hours } from '../format/duration.ts';
import { useFormats } from '../format/use-formats.ts';
import { Card } from '../parts/card.tsx';
import { Explain } from '../parts/explain.tsx';
import { Empty, NoAnswer, Skeleton } from '../parts/states.tsx';
import { usePauseLabel } from '../parts/use-pause-label.ts';
import { usePageTitle } from '../parts/use-page-title.ts';
import { useReportDataAge } from '../shell/data-age.tsx';
import { useReference } from '../url/use-reference.ts';
import { useShared } from '../url/use-shared.ts';
import classes from './agents.module.css';
import { DaySwitch } from './day-switch.tsx';
import { LaneAxis, LaneChart } from './lane-chart.tsx';
import { PlanTable } from './plan-table.tsx';
import { laneView, prepareFrame, preparePauses } from './prepare-lanes.ts';
import { prepareShifts } from './prepare-plan.ts';
import { SpansTable } from './spans-table.tsx';
import { StateLegend } from './state-legend.tsx';
import { useTimeline } from './use-timeline.ts';

/** One agent's day: the lane under its plan, the totals, the plan, the pauses, and each state. */
export function AgentDayPage({ agent }: { agent: string }) {
  const t = useTranslations('agents');
  const formats = useFormats();
  const shared = useShared();
  const { reference } = useReference();
  const pauseLabel = usePauseLabel();
  const { lanes, dataAt, problem, retry, day, oneOfMany, isToday, nowMs, startMs, endMs, go } = useTimeline(agent);
  const person = reference.agents.find(({ id }) => id === agent);
  const source = lanes?.[0];
  const lane = useMemo(() => (source ? laneView(source) : null), [source]);
  const frame = useMemo(() => prepareFrame(lane ? [lane] : [], startMs, endMs), [lane, startMs, endMs]);
  const name = person?.name ?? source?.agentName ?? agent;
  usePageTitle(name);
  useReportDataAge(dataAt);
  const shifts = prepareShifts(lane?.planned ?? []).map(({ startsAt, endsAt }) => `${formats.time(startsAt)} – ${formats.time(endsAt)}`).join(', ');
  const teams = (source?.teams ?? person?.teams ?? []).map((id) => reference.teams.find((team) => team.id === id)?.name ?? id).join(', ');
  return (
    <>
      <Link href={`/agents${shared}`} prefetch={false} className={classes.back}><IconArrowLeft size={15} aria-hidden />{t('title')}</Link>
      <div className={classes.head}>
        <h1 className={classes.title}>{name} <span className={classes.dim}>{teams}</span></h1>
        <DaySwitch day={day} oneOfMany={oneOfMany} isToday={isToday} go={go} />
      </div>
      {problem && !lanes ? <NoAnswer problem={problem} retry={retry} /> : !lanes ? <Skeleton height={420} /> : !lane || lane.spans.length + lane.planned.length === 0 ? <Card title={t('day')}><Empty title={person ? t('emptyDay') : t('unknown')} hint={person ? t('emptyDayHint') : t('unknownHint')} /></Card> : (
        <div className={classes.stack} data-testid="agent-day">
          <Card title={t('day')} aside={<StateLegend planned={lane.planned.length > 0} spans={lane.spans} />}>
            <div className={classes.bigLane}><LaneChart spans={lane.spans} planned={lane.planned} frame={frame} large nowMs={nowMs} label={t('laneOf', { name })} /><LaneAxis frame={frame} /></div>
            <dl className={classes.totals}>
              <div><dt>{t('total.logged')}</dt><dd>{hours(lane.logged)}</dd></div>
              <div><dt>{t('total.talk')}</dt><dd>{hours(lane.talk)}</dd></div>
              <div><dt>{t('total.wrapup')}</dt><dd>{hours(lane.wrapup)}</dd></div>
              <div><dt>{t('total.ready')}</dt><dd>{hours(lane.ready)}</dd></div>
              <div><dt>{t('total.pause')}</dt><dd>{hours(lane.pause)}</dd></div>
              <div><dt>{t('total.occupancy')}</dt><dd>{formats.percent(lane.occupancy)}</dd></div>
              <div><dt>{t('total.adherence')}</dt>
                <Explain name={t('adherence.name')} formula={t('adherence.formula')} over={lane.adherence === null ? t('adherence.none') : t('adherence.over', { adherent: hours(lane.adherent), scheduled: hours(lane.scheduled) })}>
                  <dd tabIndex={0} data-testid="adherence" data-raw={lane.adherence}>{formats.percent(lane.adherence)}</dd>
                </Explain>
              </div>
            </dl>
          </Card>
          <div className={classes.two}>
            <Card title={t('plan')} aside={shifts}><PlanTable planned={lane.planned} /></Card>
            <Card title={t('pauses')}>
              {preparePauses(lane.spans).length === 0 ? <Empty title={t('noPauses')} /> : (
                <table className={classes.plain}><thead><tr><th scope="col">{t('reason')}</th><th scope="col" data-number>{t('times')}</th><th scope="col" data-number>{t('duration')}</th></tr></thead>
                  <tbody>{preparePauses(lane.spans).map(({ reason, count, seconds }) => <tr key={reason}><td>{reason === '' ? t('noReason') : pauseLabel(reason)}</td><td data-number>{count}</td><td data-number>{duration(seconds)}</td></tr>)}</tbody>
                </table>
              )}
            </Card>
          </div>
          {lane.spans.length > 0 && <Card title={t('states')}><SpansTable spans={lane.spans} tenant={person?.tenant ?? ''} /></Card>}
        </div>
      )}
    </>
  );
}
