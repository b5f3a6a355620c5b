import { expect, test } from 'vitest';
import type { LiveBoard } from './live-query.ts';
import { prepareFigures } from './prepare-figures.ts';
import { prepareQueues } from './prepare-queues.ts';
import { prepareLastHour } from './prepare-last-hour.ts';

const now = Date.parse('2026-03-02T10:00:30Z');
const rules = [{ id: '101', tenant: 'ocm', targetAbandonmentRate: 0.05 }, { id: '102', tenant: 'ocm', targetAbandonmentRate: 0.09 }];
const board: LiveBoard = {
  at: '2026-03-02T10:00:30Z', coreAt: null, dataAt: null, loadMark: 1, zone: 'UTC', dayFrom: '2026-03-02T00:00:00Z', connected: true, historyFrom: null, configurationMark: '1.0', figuresTrouble: null,
  totals: { waiting: 2, longestWaitSince: '2026-03-02T10:00:00Z', agentsReady: 1, agentsRinging: 1, agentsTalking: 5, agentsWrapup: 2, agentsPaused: 3, agentsLoggedIn: 12, callsInProgress: 7, offered: 10, queued: 9, answered: 8, abandoned: 1, serviceLevel: 0.65, serviceLevel30: null, abandonmentRate: 0.05, asaSeconds: 9, averageHandleSeconds: 200, occupancy: 0.8, targetServiceLevel: 0.8 },
  queues: [{ queue: '101', name: 'Prépayé', tenant: 'ocm', open: true, targetSeconds: 20, targetServiceLevel: 0.8, waiting: 2, longestWaitSince: '2026-03-02T10:00:00Z', waiters: [{ callId: 'A', since: '2026-03-02T10:00:00Z', caller: '', priority: 1 }, { callId: 'B', since: '2026-03-02T10:00:20Z', caller: '', priority: 1 }], agentsLoggedIn: 12, agentsReady: 1, agentsTalking: 5, queued: 9, answered: 8, abandoned: 1, serviceLevel: 0.65, serviceLevel30: null, abandonmentRate: 0.05, asaSeconds: 9, averageHandleSeconds: 200, serviceLevelTrend: [] }],
  agents: [], messages: [],
  lastHour: [{ at: '2026-03-02T10:00:00Z', offered: 1, answered: 1, abandoned: 0 }, { at: '2026-03-02T09:01:00Z', offered: 3, answered: 1, abandoned: 2 }, { at: '2026-03-02T09:00:00Z', offered: 99, answered: 99, abandoned: 0 }],
};

test('each figure stands against its target', () => {
  const figures = prepareFigures(board, prepareQueues(board.queues, now, rules));
  expect(figures.waiting).toEqual({ value: 2, late: 1, verdict: 'bad' });
  expect(figures.longest).toEqual({ since: '2026-03-02T10:00:00Z', queue: 'Prépayé', targetSeconds: 20, verdict: 'bad' });
  expect(figures.level.verdict).toBe('bad');
  expect(figures.agents.dialing).toBe(0);
  expect(figures.level30).toEqual({ value: null, target: 0.8, verdict: 'none' });
  expect(figures.abandonment).toMatchObject({ value: 0.05, target: 0.05, verdict: 'ok' });
});

test('queues of different targets give the target that the total would have if each met its own', () => {
  const [queue] = board.queues;
  const queues = queue ? [{ ...queue, queued: 300, targetServiceLevel: 0.9 }, { ...queue, queue: '102', queued: 100, targetServiceLevel: 0.7 }] : [];
  const mixed = { ...board, totals: { ...board.totals, targetServiceLevel: null } };
  expect(prepareFigures(mixed, prepareQueues(queues, now, rules)).level.target).toBeCloseTo(0.85);
  expect(prepareFigures(mixed, prepareQueues(queues, now, rules)).abandonment.target).toBeCloseTo(0.06);
  expect(prepareFigures(mixed, []).level).toMatchObject({ target: null, verdict: 'none' });
});

test('the last hour has sixty minutes without holes, the running one marked, older ones left out', () => {
  const { points, sums } = prepareLastHour(board.lastHour, now);
  expect(points).toHaveLength(60);
  expect(points[0]).toMatchObject({ at: Date.parse('2026-03-02T09:01:00Z'), offered: 3, abandoned: 2, open: false });
  expect(points[1]).toMatchObject({ offered: 0, answered: 0, abandoned: 0 });
  expect(points[59]).toMatchObject({ offered: 1, open: true });
  expect(sums).toEqual({ offered: 4, answered: 2, abandoned: 2 });
});
