import type { CallDetail, CallLeg } from './calls-query.ts';

/** `open` = in the IVR or already in a queue: the row of a call in progress does not tell. */
export type Stage = 'open' | 'ivr' | 'wait' | 'ring' | 'talk' | 'hold' | 'wrapup';
export interface Piece { stage: Stage; startMs: number; endMs: number; /** Queue or agent. */ who: string }
export interface CallLife { startMs: number; endMs: number; pieces: Piece[]; totals: { stage: Stage; seconds: number }[] }

const STAGES: Stage[] = ['open', 'ivr', 'wait', 'ring', 'talk', 'hold', 'wrapup'];

/**
 * The life of a call in order: IVR until the first queue, then for each leg wait, ring, talk with its holds, and
 * wrap-up. Where the agent's own states are known they give the order of talk and hold; else the hold stands last.
 * `nowMs` = the call is in progress: its last stage goes on until now.
 */
export function prepareCallLife(call: CallDetail, nowMs: number | null = null): CallLife {
  const startMs = Date.parse(call.startedAt);
  const legs = call.legs.toSorted((a, b) => Date.parse(a.startedAt) - Date.parse(b.startedAt) || a.leg - b.leg);
  const ivrEnd = legs[0] ? Date.parse(legs[0].enteredAt) : startMs + (call.ivrSeconds ?? 0) * 1000;
  const pieces = [piece('ivr', startMs, ivrEnd, call.lastIvr ?? ''), ...legs.flatMap((leg) => legPieces(leg, call.states))].filter(({ startMs: from, endMs: to }) => to > from);
  if (nowMs !== null) pieces.push(...going(call, legs.at(-1), Math.max(startMs, ...pieces.map((each) => each.endMs)), nowMs));
  const endMs = Math.max(startMs + call.durationSeconds * 1000, startMs + 1000, ...pieces.map((each) => each.endMs));
  const totals = STAGES.flatMap((stage) => {
    const ms = pieces.reduce((sum, each) => sum + (each.stage === stage ? each.endMs - each.startMs : 0), 0);
    return ms > 0 ? [{ stage, seconds: ms / 1000 }] : [];
  });
  return { startMs, endMs, pieces, totals };
}

/**
 * What a call in progress does since the last thing that is known of it. Its legs are told when their fate is: before
 * the first one the call is in the IVR or waits; a leg that an agent took and nobody left is talk.
 */
function going(call: CallDetail, leg: CallLeg | undefined, fromMs: number, nowMs: number): Piece[] {
  if (nowMs <= fromMs) return [];
  if (leg) return leg.leftAt === null && leg.answeredAt !== null ? [piece('talk', fromMs, nowMs, leg.agentName)] : [piece('wait', fromMs, nowMs, '')];
  return [piece(call.queue === '' || call.queue === '0' ? 'open' : 'wait', fromMs, nowMs, call.queueName)];
}

function legPieces(leg: CallLeg, states: CallDetail['states']): Piece[] {
  const from = Date.parse(leg.startedAt);
  const ring = leg.ringSeconds * 1000;
  if (leg.answeredAt === null) {
    const left = leg.leftAt === null ? from + leg.waitSeconds * 1000 : Date.parse(leg.leftAt);
    return [piece('wait', from, Math.max(from, left - ring), leg.queueName), piece('ring', Math.max(from, left - ring), left, leg.agentName)];
  }
  const answered = Date.parse(leg.answeredAt);
  const rings = Math.max(from, answered - ring);
  const lived = states.flatMap((each): Piece[] => (each.agent === leg.agent && Date.parse(each.startedAt) >= answered - 1000 && (each.state === 'talk' || each.state === 'hold' || each.state === 'wrapup')
    ? [piece(each.state, Date.parse(each.startedAt), Date.parse(each.endedAt), leg.agentName)] : []));
  const talked = answered + leg.talkSeconds * 1000;
  const held = talked + leg.holdSeconds * 1000;
  const after = lived.length > 0 ? lived : [piece('talk', answered, talked, leg.agentName), piece('hold', talked, held, leg.agentName), piece('wrapup', held, held + leg.wrapupSeconds * 1000, leg.agentName)];
  return [piece('wait', from, rings, leg.queueName), piece('ring', rings, answered, leg.agentName), ...after];
}

function piece(stage: Stage, startMs: number, endMs: number, who: string): Piece {
  return { stage, startMs, endMs, who };
}
