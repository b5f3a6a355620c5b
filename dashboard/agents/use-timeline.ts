'use client';
import { useEffect, useMemo, useRef } from 'react';
import { problemOf } from '../graphql/problem-of.ts';
import { useAnswer } from '../graphql/use-answer.ts';
import type { LiveFilter } from '../live/live-query.ts';
import { useMinute } from '../parts/use-now.ts';
import { addDays, localDateAt, midnight } from '../url/local-date.ts';
import { isInstant } from '../url/range.ts';
import { useParams } from '../url/use-params.ts';
import { useRange } from '../url/use-range.ts';
import { useZone } from '../url/use-zone.ts';
import { addRunning } from './add-running.ts';
import { TIMELINE } from './timeline-query.ts';
import { useRunning } from './use-running.ts';

/** A state's row is loaded this long after its end at the latest. */
const WRITTEN_MS = 2500;

/** One day's lanes: the range's last day that has begun. */
export function useTimeline(agent?: string) {
  const params = useParams();
  const { zone, tenant, site, loaded } = useZone();
  const range = useRange('today');
  const lastDay = isInstant(range.from) ? localDateAt(Date.parse(range.from), zone) : addDays(range.to, -1);
  const firstDay = isInstant(range.from) ? lastDay : range.from;
  const day = lastDay > range.today ? range.today : lastDay;
  const next = addDays(day, 1);
  const list = (ids: string[]) => (ids.length > 0 ? ids : null);
  const { data, error, fetching, ask } = useAnswer({
    query: TIMELINE,
    variables: agent === undefined ? { from: day, to: next, zone, tenant: list(tenant), site: list(site), team: list(params.list('team')) } : { from: day, to: next, zone, agent: [agent] },
    pause: !loaded,
  });
  const isToday = day >= range.today;
  const startMs = midnight(day, zone);
  const running = useRunning(loaded && isToday, agent === undefined ? filterOf(tenant, site, params.list('team')) : {});
  const lanes = useMemo(() => (data ? addRunning(data.agentTimeline, running, startMs, agent) : null), [data, running, startMs, agent]);
  // Today grows: asked again each minute, one agent's day also when its state has changed and is written.
  const minuteMs = useMinute();
  const pulse = `${minuteMs} ${agent === undefined ? '' : running?.agents.find((each) => each.agent === agent)?.since ?? ''}`;
  const asked = useRef(pulse);
  useEffect(() => {
    if (!isToday || asked.current === pulse) return undefined;
    const timer = setTimeout(() => { asked.current = pulse; ask({ requestPolicy: 'network-only' }); }, WRITTEN_MS);
    return () => clearTimeout(timer);
  }, [isToday, pulse, ask]);
  return {
    lanes, dataAt: data?.freshness.dataAt, problem: problemOf(error), fetching, retry: () => ask({ requestPolicy: 'network-only' }),
    day, oneOfMany: addDays(day, -1) >= firstDay, isToday, nowMs: isToday ? Date.parse(running?.coreAt ?? running?.at ?? '') || minuteMs : null, startMs, endMs: midnight(next, zone),
    go: (offset: number) => { const other = addDays(day, offset); params.set({ range: other === range.today ? 'today' : `${other}..${other}` }); },
  };
}

function filterOf(tenant: string[], site: string[], team: string[]): LiveFilter {
  return { ...(tenant.length > 0 && { tenant }), ...(site.length > 0 && { site }), ...(team.length > 0 && { team }) };
}
