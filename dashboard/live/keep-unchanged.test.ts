import { expect, test } from 'vitest';
import { boardFixture, agentFixture, queueFixture } from './fixtures/board.ts';
import { keepUnchanged } from './keep-unchanged.ts';

const copy = <T>(value: T): T => structuredClone(value);

test('what did not change keeps its identity, what did does not', () => {
  const before = boardFixture({ agents: [agentFixture({ agent: '1' }), agentFixture({ agent: '2' })], queues: [queueFixture({})] });
  const after = keepUnchanged(before, { ...copy(before), at: 'later', agents: [copy(agentFixture({ agent: '1' })), agentFixture({ agent: '2', state: 'pause' })] });
  expect(after.at).toBe('later');
  expect(after.agents).not.toBe(before.agents);
  expect(after.agents[0]).toBe(before.agents[0]);
  expect(after.agents[1]).not.toBe(before.agents[1]);
  expect([after.queues, after.totals, after.lastHour, after.messages]).toEqual([before.queues, before.totals, before.lastHour, before.messages]);
  expect(after.queues).toBe(before.queues);
  expect(after.totals).toBe(before.totals);
  expect(after.lastHour).toBe(before.lastHour);
});

test('who has gone is gone, and a new order is the new one', () => {
  const before = boardFixture({ agents: ['1', '2', '3'].map((agent) => agentFixture({ agent })) });
  const after = keepUnchanged(before, { ...copy(before), agents: ['3', '1'].map((agent) => agentFixture({ agent })) });
  expect(after.agents.map(({ agent }) => agent)).toEqual(['3', '1']);
  expect(after.agents[0]).toBe(before.agents[2]);
});
