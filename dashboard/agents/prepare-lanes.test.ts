import { expect, test } from 'vitest';
import { laneView, prepareFrame, prepareLanePaths, prepareLanes, preparePauses, spanAt } from './prepare-lanes.ts';
import type { Lane, Planned, Span } from './timeline-query.ts';

const day = Date.parse('2026-03-02T00:00:00Z');
const at = (hours: number) => new Date(day + hours * 3_600_000).toISOString();
const span = (state: Span['state'], from: number, to: number, reason = ''): Span => ({ state, reason, startedAt: at(from), endedAt: at(to), callId: '', queue: '' });
const lane = (over: Partial<Lane>): Lane => ({ agent: '1', agentName: 'Aline', teams: ['a', 'b'], site: 'douala', loggedSeconds: 3600, spans: [], totals: [], planned: [], scheduledSeconds: 0, adherentSeconds: 0, adherence: null, ...over });
const planned = (from: number, to: number): Planned => ({ kind: 'WORK', reason: '', startsAt: at(from), endsAt: at(to), deviations: [] });

test('occupancy leaves pauses out, and nothing over nothing is no value', () => {
  const view = laneView(lane({ totals: [{ state: 'talk', seconds: 60 }, { state: 'hold', seconds: 20 }, { state: 'wrapup', seconds: 20 }, { state: 'ready', seconds: 100 }, { state: 'pause', seconds: 900 }] }));
  expect(view).toMatchObject({ talk: 80, wrapup: 20, pause: 900, ready: 100, occupancy: 0.5 });
  expect(laneView(lane({})).occupancy).toBeNull();
});

test('an agent of two teams has one lane', () => {
  const teams = prepareLanes([lane({}), lane({ agent: '2', agentName: 'Abel', teams: ['a'] }), lane({ agent: '3', teams: ['b'] })], (id) => id.toUpperCase());
  expect(teams.map(({ name, lanes }) => [name, lanes.map(({ agent }) => agent)])).toEqual([['A', ['2', '1']], ['B', ['3']]]);
});

test('a team keeps its plan as all its members together do, not as their mean', () => {
  const [team] = prepareLanes([lane({ scheduledSeconds: 300, adherentSeconds: 300, adherence: 1 }), lane({ scheduledSeconds: 100, adherentSeconds: 20, adherence: 0.2 }), lane({})], (id) => id);
  expect(team?.adherence).toBe(0.8);
  expect(prepareLanes([lane({})], (id) => id)[0]?.adherence).toBeNull();
});

test('the frame is cut to full hours around what is drawn, and stays inside the day', () => {
  const dayEnd = day + 24 * 3_600_000;
  const frame = prepareFrame([lane({ spans: [span('talk', 7.6, 8), span('logged_out', 1, 2)] }), lane({ spans: [span('ready', 8, 17.2)] })], day, dayEnd);
  expect([frame.startMs, frame.endMs]).toEqual([day + 7 * 3_600_000, day + 18 * 3_600_000]);
  expect(frame.ticks).toHaveLength(12);
  expect(prepareFrame([lane({ spans: [span('talk', -3, 40)] })], day, dayEnd)).toMatchObject({ startMs: day, endMs: dayEnd });
  expect(prepareFrame([lane({ spans: [span('talk', 8.1, 8.4)] })], day, dayEnd).ticks).toEqual([8, 8.25, 8.5, 8.75, 9].map((hours) => day + hours * 3_600_000));
  expect(prepareFrame([], day, dayEnd).startMs).toBe(day + 8 * 3_600_000);
  // What is planned is drawn, too, though nobody has come yet.
  const ahead = prepareFrame([lane({ spans: [span('talk', 8.1, 8.4)], planned: [planned(8, 16.5)] })], day, dayEnd);
  expect([ahead.startMs, ahead.endMs]).toEqual([day + 8 * 3_600_000, day + 17 * 3_600_000]);
});

test('one path per state, clipped to the frame; logged-out time draws nothing', () => {
  const frame = { startMs: day, endMs: day + 10 * 3_600_000, ticks: [] };
  const paths = prepareLanePaths([span('talk', -1, 1), span('ready', 1, 2), span('talk', 9, 12), span('logged_out', 2, 3), span('talk', 11, 12)], frame);
  expect(paths).toEqual([{ state: 'talk', path: 'M0 0h100V100H0zM900 0h100V100H900z' }, { state: 'ready', path: 'M100 80h100V100H100z' }]);
});

test('the span under the pointer', () => {
  const frame = { startMs: day, endMs: day + 10 * 3_600_000, ticks: [] };
  expect(spanAt([span('talk', 1, 2), span('ready', 2, 3)], frame, 0.2)?.state).toBe('ready');
  expect(spanAt([span('talk', 1, 2)], frame, 0.5)).toBeNull();
});

test('pauses by reason', () => {
  expect(preparePauses([span('pause', 1, 1.5, 'Repas'), span('talk', 2, 3), span('pause', 3, 3.25, 'Brief'), span('pause', 4, 4.25, 'Brief'), span('pause', 5, 5.5, 'Brief')])).toEqual([{ reason: 'Brief', count: 3, seconds: 3600 }, { reason: 'Repas', count: 1, seconds: 1800 }]);
});
