import type { StudiedMode, StudyMode } from './study-query.ts';

export type StudyMeasure = 'talkMinutesPerHour' | 'waitSeconds' | 'worstDayShare' | 'contactsPerHour' | 'busyShare' | 'lines';
export interface StudyBar { mode: StudyMode; value: number | null; /** 0..1 of the panel's width. */ width: number; best: boolean; /** Over the limit. */ over: boolean; /** Times as much as manual dialing; null = manual was not lived, or is it. */ times: number | null; /** A second value behind the first. */ mark: number | null }
export interface StudyPanel { measure: StudyMeasure; bars: StudyBar[]; /** Where the limit stands, 0..1. */ limit: number | null }

const PANELS: [StudyMeasure, 'up' | 'down' | 'none'][] = [['talkMinutesPerHour', 'up'], ['waitSeconds', 'down'], ['worstDayShare', 'none'], ['contactsPerHour', 'up'], ['busyShare', 'up'], ['lines', 'none']];

/** A panel for each measure, the modes in the order of the question; the clairvoyant is a bound and never the best. */
export function prepareStudy(modes: readonly StudiedMode[], limit: number): StudyPanel[] {
  const manual = modes.find(({ mode }) => mode === 'MANUAL');
  return PANELS.map(([measure, better]) => {
    const known = modes.flatMap((each) => each[measure] ?? []);
    const peaks = measure === 'lines' ? modes.map(({ peakLines }) => peakLines) : [];
    const scale = Math.max(...known, ...peaks, measure === 'worstDayShare' ? limit * 1.25 : 0) || 1;
    const real = modes.filter(({ mode }) => mode !== 'CLAIRVOYANT').flatMap((each) => each[measure] ?? []);
    const best = better === 'up' ? Math.max(...real) : Math.min(...real);
    return {
      measure,
      limit: measure === 'worstDayShare' ? limit / scale : null,
      bars: modes.map((each) => {
        const value = each[measure];
        return {
          mode: each.mode, value, width: (value ?? 0) / scale,
          best: better !== 'none' && real.length > 1 && each.mode !== 'CLAIRVOYANT' && value === best,
          over: measure === 'worstDayShare' && value !== null && value > limit,
          times: measure === 'talkMinutesPerHour' && manual && each !== manual && manual.talkMinutesPerHour > 0 ? each.talkMinutesPerHour / manual.talkMinutesPerHour : null,
          mark: measure === 'lines' ? each.peakLines / scale : null,
        };
      }),
    };
  });
}
