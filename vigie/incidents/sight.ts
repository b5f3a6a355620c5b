import type { SightCheck } from '../../api/http/health.ts';
import type { Desk } from './desk.ts';
import type { DetectorStatus } from './detection.ts';
import type { Sources } from './observers/sources.ts';

/** Without them the program shows old things, or nothing. */
const EYES = ['live-lost', 'no-rows', 'rows-late', 'spool-growing'];
const LONGEST_REST_MS = 60_000;

/** Whether what this process shows and watches is fresh: for whoever watches from outside, without asking the warehouse or the store. */
export function sightChecks({ live, nowMs, statuses, desk }: Pick<Sources, 'live' | 'nowMs'> & { statuses: () => DetectorStatus[]; desk: () => Desk | null }): Record<string, SightCheck> {
  const begunMs = nowMs();
  let connectedMs = begunMs;
  live?.onChange(() => {
    if (live.connected()) connectedMs = nowMs();
  });
  return {
    floor: () => (live !== null && nowMs() - connectedMs > LONGEST_REST_MS ? `no sign of the telephony core for ${Math.round((nowMs() - connectedMs) / 1000)} s` : ''),
    rows: () => statuses().filter(({ watching, state }) => EYES.includes(watching.name) && (state === 'seen' || state === 'failing'))
      .map(({ watching, state, reason, findings }) => (state === 'failing' ? `${watching.name} cannot look: ${reason}` : findings.find(({ firing }) => firing)?.evidence.textEn ?? watching.titleEn)).join(' '),
    incidents: () => {
      const one = desk();
      const idleMs = one ? nowMs() - (one.doneAtMs() ?? begunMs) : 0;
      return idleMs > LONGEST_REST_MS ? `duties of incidents were not done for ${Math.round(idleMs / 1000)} s` : '';
    },
  };
}
