import { expect, test } from 'vitest';
import type { LiveQueue } from './live-query.ts';
import { keepOrder, prepareQueues } from './prepare-queues.ts';

const now = Date.parse('2026-03-02T10:00:00Z');
const rules = [{ id: 'a', tenant: 'ocm', targetAbandonmentRate: 0.05 }];
const ago = (seconds: number) => new Date(now - seconds * 1000).toISOString();

function queue(id: string, waits: number[], over: Partial<LiveQueue> = {}): LiveQueue {
  return {
    queue: id, name: `File ${id}`, tenant: 'ocm', open: true, targetSeconds: 20, targetServiceLevel: 0.8, waiting: waits.length,
    longestWaitSince: waits.length > 0 ? ago(Math.max(...waits)) : null,
    waiters: waits.map((seconds, at) => ({ callId: `${id}-${at}`, since: ago(seconds), caller: '', priority: 5 })),
    agentsLoggedIn: 3, agentsReady: 0, agentsTalking: 3, queued: 10, answered: 8, abandoned: 1,
    serviceLevel: 0.8, serviceLevel30: 0.79996, abandonmentRate: 0.1, asaSeconds: 9, averageHandleSeconds: 200, serviceLevelTrend: [], ...over,
  };
}

test('who has used most of its own target comes first, not who waits longest', () => {
  const rows = prepareQueues([queue('quiet', []), queue('slow', [30], { targetSeconds: 60 }), queue('fast', [9], { targetSeconds: 10 })], now, rules);
  expect(rows.map((row) => row.queue)).toEqual(['fast', 'slow', 'quiet']);
  expect(rows.map((row) => row.wait)).toEqual(['warn', 'ok', 'none']);
});

test('with equal shares the longest wait decides, then the name', () => {
  const rows = prepareQueues([queue('b', []), queue('a', []), queue('short', [10], { targetSeconds: 10 }), queue('long', [20], { targetSeconds: 20 })], now, rules);
  expect(rows.map((row) => row.queue)).toEqual(['long', 'short', 'a', 'b']);
});

test('late waiters are those past the target, the target itself included in time', () => {
  expect(prepareQueues([queue('a', [19, 20, 21, 40])], now, rules)[0]?.lateWaiters).toBe(2);
});

test('the verdict is that of the unrounded value', () => {
  const row = prepareQueues([queue('a', [])], now, rules)[0];
  expect([row?.level, row?.level30, row?.abandonment]).toEqual(['ok', 'warn', 'warn']);
});

test('a queue that nobody told a target has no verdict on its abandonments', () => {
  expect(prepareQueues([queue('a', [])], now, [{ id: 'a', tenant: 'sereno', targetAbandonmentRate: 0.01 }])[0]?.abandonment).toBe('none');
});

test('no value has no verdict', () => {
  const row = prepareQueues([queue('a', [], { serviceLevel: null, abandonmentRate: null })], now, rules)[0];
  expect([row?.level, row?.abandonment]).toEqual(['none', 'none']);
});

test('a closed queue asks nobody to act on its day, but its last callers still wait', () => {
  const row = prepareQueues([queue('a', [30], { open: false, serviceLevel: 0.1, abandonmentRate: 0.9 })], now, rules)[0];
  expect([row?.level, row?.abandonment, row?.wait]).toEqual(['none', 'none', 'bad']);
});

test('a held order stays, and what is new goes to the end', () => {
  expect(keepOrder(['c', 'a', 'new', 'b'], (id) => id, ['a', 'b', 'c'])).toEqual(['a', 'b', 'c', 'new']);
  expect(keepOrder(['c', 'a'], (id) => id, null)).toEqual(['c', 'a']);
});
