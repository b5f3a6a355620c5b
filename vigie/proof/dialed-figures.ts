import type { DialCounts } from '../../telephony/centre/dial-counters.ts';
import type { CentreConfiguration } from '../../telephony/configuration.ts';
import type { KpiRow } from '../../warehouse/warehouse.ts';

/** Of a campaign's dials: the same from the warehouse and from the floor. */
export interface DialedFigures { dialed: number; heard: number; nuisance: number; averageTalk: number | null }

export const DIALED_MEASURES: readonly string[] = ['dial-attempts', 'passed', 'machines', 'nuisance-calls', 'dial-average-talk'];

/** Campaigns whose agents hear the machines too: who of them was a person is only known by what the agent says afterwards. */
export function listening({ campaigns }: CentreConfiguration): ReadonlySet<string> {
  return new Set(campaigns.filter(({ outbound }) => outbound?.mode === 'preview' || outbound?.mode === 'manual').map(({ did }) => did));
}

export function storedDials(row: KpiRow, listens: boolean): DialedFigures {
  const of = (measure: string): number => Number(row[measure]);
  return {
    dialed: of('dial-attempts'), heard: of('passed') + (listens ? of('machines') : 0), nuisance: of('nuisance-calls'),
    averageTalk: listens || row['dial-average-talk'] == null ? null : of('dial-average-talk'),
  };
}

export function countedDials({ dialed, heard, nuisance, handled, talkSeconds }: DialCounts, listens: boolean): DialedFigures {
  return { dialed, heard, nuisance, averageTalk: listens || handled === 0 ? null : talkSeconds / handled };
}

/** The minutes of a range, added up. */
export function sumOfDials(minutes: ReadonlyMap<number, DialCounts>, fromMs: number, toMs: number): DialCounts {
  const sum: DialCounts = { dialed: 0, heard: 0, nuisance: 0, handled: 0, talkSeconds: 0 };
  for (const [minute, counts] of minutes) {
    if (minute < fromMs || minute >= toMs) continue;
    sum.dialed += counts.dialed;
    sum.heard += counts.heard;
    sum.nuisance += counts.nuisance;
    sum.handled += counts.handled;
    sum.talkSeconds += counts.talkSeconds;
  }
  return sum;
}
