/** What one studied run gave. */
export interface StudyResult {
  hours: number;
  /** (talk + wrap-up) / logged time. */
  busyShare: number;
  /** Talk minutes per logged agent hour. */
  talkMinutesPerHour: number;
  /** Mean seconds in which an agent is without a call, per call. */
  waitSeconds: number;
  /** Nuisance calls / (nuisance calls + calls passed), over the run. */
  nuisanceShare: number;
  /** Highest share in a window of 24 h (or from the start), once the first answers are past. */
  worstDayShare: number;
  passed: number;
  nuisances: number;
  takenForMachine: number;
  dials: number;
  cancelled: number;
  contactsPerHour: number;
  /** Mean and highest number of lines in use: dials, waiting persons, talks. */
  lines: number;
  peakLines: number;
  /** Live answers in time order: when, and whether each was a nuisance call. */
  answers: { atMs: number; nuisance: boolean }[];
}

const DAY_MS = 24 * 3_600_000;

/** Worst share of any 24 h window that ends after the first `grace` live answers: read at each nuisance call and as older answers leave. */
export function worstWindowShare(answers: StudyResult['answers'], grace = 200, windowMs = DAY_MS): number {
  let [worst, oldest, nuisances, fromMs] = [0, 0, 0, 0];
  for (let newest = 0; newest < answers.length; newest += 1) {
    const answer = answers[newest];
    if (!answer) break;
    fromMs = answer.atMs - windowMs;
    for (let old = answers[oldest]; old && old.atMs <= fromMs; old = answers[oldest]) {
      if (old.nuisance) nuisances -= 1;
      oldest += 1;
      // Between two answers the window also loses old ones, one by one.
      if (newest >= grace && newest > oldest) worst = Math.max(worst, nuisances / (newest - oldest));
    }
    if (answer.nuisance) nuisances += 1;
    if (newest >= grace) worst = Math.max(worst, nuisances / (newest - oldest + 1));
  }
  return worst;
}
