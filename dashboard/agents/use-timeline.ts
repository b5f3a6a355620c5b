'use client';
import { useQuery } from 'urql';
import { addDays, localDateAt, midnight } from '../url/local-date.ts';
import { isInstant } from '../url/range.ts';
import { useParams } from '../url/use-params.ts';
import { useRange } from '../url/use-range.ts';
import { useZone } from '../url/use-zone.ts';
import { TIMELINE } from './timeline-query.ts';

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
  const [{ data, error, fetching }, ask] = useQuery({
    query: TIMELINE,
    variables: agent === undefined ? { from: day, to: next, zone, tenant: list(tenant), site: list(site), team: list(params.list('team')) } : { from: day, to: next, zone, agent: [agent] },
    pause: !loaded,
  });
  return {
    lanes: data?.agentTimeline ?? null, dataAt: data?.freshness.dataAt, failed: error !== undefined, fetching, retry: () => ask({ requestPolicy: 'network-only' }),
    day, oneOfMany: addDays(day, -1) >= firstDay, isToday: day >= range.today, startMs: midnight(day, zone), endMs: midnight(next, zone),
    go: (offset: number) => { const other = addDays(day, offset); params.set({ range: other === range.today ? 'today' : `${other}..${other}` }); },
  };
}
