import { averageSpeedOfAnswer, occupancy, serviceLevel } from './erlang-c.ts';
import { requirePositive } from './require.ts';

/** What the agents must reach; an absent goal is not asked for, at least one must be given. */
export interface StaffingGoal {
  trafficErlang: number;
  handleSeconds: number;
  /** At least `share` (0..1) of the calls answered within `seconds`. */
  serviceLevel?: { share: number; seconds: number };
  averageSpeedOfAnswerSeconds?: number;
  /** 0..1. */
  maximumOccupancy?: number;
}

/** The fewest agents, by Erlang C, that reach every given goal. */
export function agentsNeeded(goal: StaffingGoal): number {
  requirePositive('trafficErlang', goal.trafficErlang);
  requirePositive('handleSeconds', goal.handleSeconds);
  if (!goal.serviceLevel && goal.averageSpeedOfAnswerSeconds === undefined && goal.maximumOccupancy === undefined)
    throw new RangeError('agentsNeeded wants a goal: serviceLevel, averageSpeedOfAnswerSeconds or maximumOccupancy');
  if (goal.serviceLevel && !(goal.serviceLevel.share < 1)) throw new RangeError(`serviceLevel.share must be below 1, not ${goal.serviceLevel.share}`);

  let low = Math.floor(goal.trafficErlang);
  let high = low + 1;
  while (!reaches(goal, high)) [low, high] = [high, high + (high - low) * 2];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (reaches(goal, middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** Agents to pay so that `agents` sit there while `shrinkage` (0..1) of the paid time is away from the calls. */
export function withShrinkage(agents: number, shrinkage: number): number {
  if (!(shrinkage >= 0 && shrinkage < 1)) throw new RangeError(`shrinkage must be from 0 to below 1, not ${shrinkage}`);
  // 1 − 0.3 is a little above 0.7 in some divisions: a whole result must not become one more.
  return Math.ceil(agents / (1 - shrinkage) - 1e-9);
}

function reaches(goal: StaffingGoal, agents: number): boolean {
  if (agents <= goal.trafficErlang) return false;
  const queue = { agents, trafficErlang: goal.trafficErlang, handleSeconds: goal.handleSeconds };
  return (
    (!goal.serviceLevel || serviceLevel(queue, goal.serviceLevel.seconds) >= goal.serviceLevel.share) &&
    (goal.averageSpeedOfAnswerSeconds === undefined || averageSpeedOfAnswer(queue) <= goal.averageSpeedOfAnswerSeconds) &&
    (goal.maximumOccupancy === undefined || occupancy(agents, goal.trafficErlang) <= goal.maximumOccupancy)
  );
}
