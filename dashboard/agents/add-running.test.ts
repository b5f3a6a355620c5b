import { expect, test } from 'vitest';
import { addRunning } from './add-running.ts';
import type { RunningAgent, RunningBoard } from './running-query.ts';
import type { Lane, Span } from './timeline-query.ts';

const dayStartMs = Date.parse('2026-03-02T00:00:00Z');
const span = (startedAt: string, endedAt: string): Span => ({ state: 'talk', reason: '', startedAt, endedAt, callId: 'A', queue: '101' });
const lane: Lane = { agent: '1', agentName: 'Aline', teams: ['a'], site: 'douala', loggedSeconds: 60, totals: [{ state: 'talk', seconds: 60 }], spans: [span('2026-03-02T09:58:00Z', '2026-03-02T09:59:00Z')], planned: [], scheduledSeconds: 0, adherentSeconds: 0, adherence: null };
const agent = (over: Partial<RunningAgent>): RunningAgent => ({ agent: '1', name: 'Aline', teams: ['a'], site: 'douala', state: 'talk', since: '2026-03-02T09:59:00Z', pauseReason: '', callId: 'B', queue: '101', ...over });
const board = (...agents: RunningAgent[]): RunningBoard => ({ at: '2026-03-02T10:00:01Z', coreAt: '2026-03-02T10:00:00Z', connected: true, agents });

test('the state at hand is drawn up to the floor’s clock and counts in the totals', () => {
  const [shown] = addRunning([lane], board(agent({})), dayStartMs);
  expect(shown?.spans).toEqual([lane.spans[0], { ...span('2026-03-02T09:59:00.000Z', '2026-03-02T10:00:00.000Z'), callId: 'B', running: true }]);
  expect(shown).toMatchObject({ loggedSeconds: 120, totals: [{ state: 'talk', seconds: 120 }] });
});

test('who has only just logged in has a lane, who is logged out has none', () => {
  const lanes = addRunning([lane], board(agent({ agent: '2', name: 'Bob', state: 'pause', pauseReason: 'login' }), agent({ agent: '3', state: 'logged_out' })), dayStartMs);
  expect(lanes.map((each) => [each.agentName, each.spans.length, each.loggedSeconds])).toEqual([['Aline', 1, 60], ['Bob', 1, 60]]);
  expect(addRunning([], board(agent({}), agent({ agent: '2' })), dayStartMs, '2').map((each) => each.agent)).toEqual(['2']);
});

test('a state of yesterday evening begins at midnight here', () => {
  expect(addRunning([], board(agent({ since: '2026-03-01T23:00:00Z' })), dayStartMs)[0]).toMatchObject({ loggedSeconds: 36_000, spans: [{ startedAt: '2026-03-02T00:00:00.000Z' }] });
});

test('what is already written is never drawn twice, and without a stream nothing is added', () => {
  const written = { ...lane, spans: [span('2026-03-02T09:59:00Z', '2026-03-02T09:59:30Z')] };
  expect(addRunning([written], board(agent({})), dayStartMs)).toEqual([written]);
  expect(addRunning([lane], null, dayStartMs)).toEqual([lane]);
});
