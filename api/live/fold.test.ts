import { pino } from 'pino';
import { expect, onTestFinished, test, vi } from 'vitest';
import { handFedFloor, liveAgent } from '../fixtures/floor.ts';
import { foldLive } from './fold.ts';

const silent = pino({ level: 'silent' });

function folded(floor = handFedFloor({ agents: { 1001: liveAgent(1001) } })) {
  const fold = foldLive(floor, silent);
  onTestFinished(fold.close);
  return { floor, fold };
}

test('follows the changes after the snapshot', () => {
  const { floor, fold } = folded();
  const heard = vi.fn<() => void>();
  fold.onChange(heard);
  floor.change({ agents: { 1001: liveAgent(1001, { state: 'pause' }), 1002: liveAgent(1002) } });
  floor.change({ agents: { 1002: null } });
  expect(fold.state()?.agents).toEqual({ 1001: liveAgent(1001, { state: 'pause' }) });
  expect(fold.connected()).toBe(true);
  expect(heard).toHaveBeenCalledTimes(2);
});

test('takes a new snapshot after a missed change', async () => {
  const { floor, fold } = folded();
  floor.tell({ kind: 'change', change: { version: 5, run: 'run-1', atMs: 0, agents: {} } });
  expect(fold.connected()).toBe(false);
  expect(fold.state()?.version, 'the last known state stays').toBe(1);
  floor.state = { ...floor.state, version: 6, agents: {} };
  await vi.waitFor(() => expect(fold.connected()).toBe(true), { timeout: 3000 });
  expect(fold.state()).toEqual(floor.state);
  expect(floor.subscriptions).toBe(2);
});

test('comes back after a break, to another run of the core', async () => {
  const { floor, fold } = folded();
  floor.breakOff('the core ended');
  expect(fold.connected()).toBe(false);
  floor.state = { ...floor.state, version: 1, run: 'run-2' };
  await vi.waitFor(() => expect(fold.connected()).toBe(true), { timeout: 3000 });
  floor.change({ agents: { 1003: liveAgent(1003) } });
  expect(fold.state()?.run).toBe('run-2');
  expect(fold.state()?.agents['1003']).toBeDefined();
});

test('asks once, however many changes cannot follow', async () => {
  const { floor, fold } = folded();
  for (let version = 10; version < 200; version += 1) floor.tell({ kind: 'change', change: { version, run: 'run-1', atMs: 0 } });
  await vi.waitFor(() => expect(fold.connected()).toBe(true), { timeout: 3000 });
  expect(floor.subscriptions).toBe(2);
});
