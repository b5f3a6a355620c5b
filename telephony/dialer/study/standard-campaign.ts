/** What the called persons and the agents of a studied campaign are like. Times in ms. */
export interface CampaignNature {
  /** Share of dials that a person answers, by the time of the dial (ms from the start). */
  personShare(dialedMs: number): number;
  machineShare: number;
  refusedShare: number;
  /** Answers of persons and machines come after `answerDelayMs` and an exponential time. */
  answerDelayMs: number;
  answerMeanMs: number;
  /** A machine is known as one this long after its answer. */
  recognitionMs: number;
  /** Share of the persons who are taken for machines and hung up. */
  takenForMachine: number;
  refusedAfterMs: number;
  ringMs: number;
  talkMeanMs: number;
  talkVariation: number;
  /** Talks that begin at this time are this many times as long. */
  talkFactor(startMs: number): number;
  wrapupMeanMs: number;
  patienceMs: number;
  /** Manual and preview: to look the number up and dial it, to read the contact, to know a machine by listening. */
  lookUpMs: number;
  previewMs: number;
  listenMs: number;
}

export const STANDARD_CAMPAIGN: CampaignNature = {
  personShare: () => 0.2,
  machineShare: 0.15,
  refusedShare: 0.1,
  answerDelayMs: 2_000,
  answerMeanMs: 8_000,
  recognitionMs: 3_000,
  takenForMachine: 0.02,
  refusedAfterMs: 4_000,
  ringMs: 25_000,
  talkMeanMs: 150_000,
  talkVariation: 0.8,
  talkFactor: () => 1,
  wrapupMeanMs: 30_000,
  patienceMs: 2_000,
  lookUpMs: 15_000,
  previewMs: 8_000,
  listenMs: 8_000,
};
