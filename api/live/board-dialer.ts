import type { LiveDialer, LiveDialingMinute } from '../../telephony/live.ts';

type Why = NonNullable<LiveDialer['why']>;

export const DIALING_STATES = ['running', 'paused', 'stopped'] as const satisfies readonly LiveDialer['state'][];
export const PACING_BOUNDS = ['agents', 'contacts', 'lines', 'risk', 'warm-up', 'budget', 'change', 'level'] as const satisfies readonly Why['bound'][];

/** How a campaign dials, as the schema's type has it. What is recent is null where it did not dial. */
export interface BoardDialer extends Omit<LiveDialer, 'fileEndsAtMs' | 'talkSeconds' | 'agentSeconds'> {
  fileEndsAt: string | null;
  talkMinutesPerHour: number | null;
  recent: BoardRecent | null;
  /** Numbers dialed by minute. */
  paceTrend: number[];
  history: BoardDialingMinute[];
}

/** The last half hour of dialing. */
export interface BoardRecent {
  dialsPerMinute: number;
  /** Persons over dials. */
  answerShare: number | null;
  talkMinutesPerHour: number | null;
  readyAgents: number;
}

export type BoardDialingMinute = Omit<LiveDialingMinute, 'fromMs'> & { at: string };

const RECENT_MS = 30 * 60_000;
const NONE: readonly LiveDialingMinute[] = [];

export function drawDialer({ fileEndsAtMs, talkSeconds, agentSeconds, ...dialer }: LiveDialer, minutes: readonly LiveDialingMinute[] = NONE): BoardDialer {
  return {
    ...dialer,
    fileEndsAt: fileEndsAtMs === null ? null : new Date(fileEndsAtMs).toISOString(),
    talkMinutesPerHour: agentSeconds === 0 ? null : (60 * talkSeconds) / agentSeconds,
    ...drawMinutes(minutes),
  };
}

type Minutes = Pick<BoardDialer, 'recent' | 'paceTrend' | 'history'>;

/** A campaign's minutes change once a minute, its entry with each call. */
const drawn = new WeakMap<readonly LiveDialingMinute[], Minutes>();

function drawMinutes(minutes: readonly LiveDialingMinute[]): Minutes {
  let known = drawn.get(minutes);
  if (!known) drawn.set(minutes, (known = newMinutes(minutes)));
  return known;
}

function newMinutes(minutes: readonly LiveDialingMinute[]): Minutes {
  const lastMs = minutes.at(-1)?.fromMs ?? 0;
  const late = minutes.filter(({ fromMs }) => fromMs > lastMs - RECENT_MS);
  return {
    recent: late.length === 0 ? null : recentOf(late),
    paceTrend: late.map(({ dialed }) => dialed),
    history: minutes.map(({ fromMs, ...minute }) => ({ ...minute, at: new Date(fromMs).toISOString() })),
  };
}

function recentOf(minutes: readonly LiveDialingMinute[]): BoardRecent {
  const sum = (of: (minute: LiveDialingMinute) => number): number => minutes.reduce((total, minute) => total + of(minute), 0);
  const [dialed, agents] = [sum((minute) => minute.dialed), sum((minute) => minute.agents)];
  return {
    dialsPerMinute: dialed / minutes.length,
    answerShare: dialed === 0 ? null : sum(({ persons }) => persons) / dialed,
    // A minute of one agent is one agent minute, and an hour has sixty.
    talkMinutesPerHour: agents === 0 ? null : sum(({ talkSeconds }) => talkSeconds) / agents,
    readyAgents: sum(({ readyAgents }) => readyAgents) / minutes.length,
  };
}
