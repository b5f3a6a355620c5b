import { describe, expect, it } from 'vitest';
import type { CentreConfiguration, ConfigurationPort } from '../configuration.ts';
import type { LiveAgent, LiveState } from '../live.ts';
import type { EmittedRow } from '../rows.ts';
import { buildConfiguration } from './build-configuration.ts';
import { startLiveFloor } from './live-floor.ts';
import { loadCentre } from './load-centre.ts';

const centre = loadCentre();
const configuration = buildConfiguration(centre);

class FixedConfiguration implements ConfigurationPort {
  readonly listeners = new Set<(configuration: CentreConfiguration) => void>();

  async load(): Promise<CentreConfiguration> {
    return configuration;
  }

  subscribe(listener: (configuration: CentreConfiguration) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}

const working = (state: LiveState): LiveAgent[] => Object.values(state.agents).filter(({ state }) => state !== 'logged_out');

describe('the live floor', () => {
  it('without simulated people is empty, and does what commands say', async () => {
    const rows: EmittedRow[] = [];
    const nowMs = Date.parse('2026-03-03T09:30:00Z');
    const floor = await startLiveFloor({ centre, configuration: new FixedConfiguration(), seed: 7, simulated: false, rows: (row) => rows.push(row), nowMs });
    const agent = configuration.agents[0]?.number ?? 0;
    expect([floor.startedMs, working(floor.automaton.live.snapshot())]).toEqual([nowMs, []]);
    expect(await floor.command({ kind: 'login', agent })).toEqual({ ok: true });
    expect(working(floor.automaton.live.snapshot()).map((each) => each.agent)).toEqual([agent]);
    floor.stop();
    expect(rows.every(({ kind }) => kind === 'od-actions')).toBe(true);
    expect(rows.length).toBeGreaterThan(0);
  });

  it.each(['2026-03-03T09:30:00Z', '2026-03-08T20:30:00Z', '2026-03-10T02:10:00Z', '2026-03-08T05:00:00Z', '2026-03-07T00:00:00Z', '2026-07-14T23:59:00Z'])('is in full swing when it starts at %s', async (instant) => {
    const floor = await startLiveFloor({ centre, configuration: new FixedConfiguration(), seed: 7, rows: null, nowMs: Date.parse(instant) });
    try {
      const state = floor.automaton.live.snapshot();
      const states = new Set(working(state).map(({ state }) => state));
      expect(working(state).length).toBeGreaterThanOrEqual(6);
      expect(states.has('talk')).toBe(true);
      expect(states.size).toBeGreaterThanOrEqual(2);
      expect(floor.startedMs).toBe(Date.parse(instant) - 20 * 60_000);
    } finally {
      floor.stop();
    }
  });

  it('moves within seconds, takes commands and ends cleanly', async () => {
    const rows: EmittedRow[] = [];
    const port = new FixedConfiguration();
    const floor = await startLiveFloor({ centre, configuration: port, seed: 7, rows: (emitted) => void rows.push(structuredClone(emitted)), nowMs: Date.parse('2026-03-08T20:30:00Z'), speed: 4 });
    const before = rows.length;
    const changes: number[] = [];
    const unsubscribe = floor.automaton.live.subscribe((event) => { if (event.kind === 'change') changes.push(event.change.version); });
    await new Promise((resolve) => setTimeout(resolve, 4_000));
    expect(rows.length).toBeGreaterThan(before);
    expect(changes.length).toBeGreaterThan(1);
    expect(changes.length).toBeLessThanOrEqual(4 * 4 * 4 + 2);
    const lateMs = Date.parse('2026-03-08T20:30:00Z') + 4 * 4_000 - floor.nowMs();
    expect(Math.abs(lateMs)).toBeLessThan(6_000);

    const agent = working(floor.automaton.live.snapshot()).find(({ state }) => state !== 'pause');
    if (!agent) throw new Error('nobody works');
    expect(await floor.command({ kind: 'force-pause', supervisor: 'test', agent: agent.agent, reason: 'superviseur' })).toEqual({ ok: true });
    expect(await floor.command({ kind: 'message', supervisor: 'test', to: { agent: agent.agent }, text: 'Merci !' })).toEqual({ ok: true });
    unsubscribe();
    floor.stop();
    expect(port.listeners.size).toBe(0);
    const open = new Map<string, boolean>();
    for (const { kind, row } of rows) if (kind === 'od-calls') open.set(row.ID, row.Abandon === null);
    expect([...open.values()].filter(Boolean)).toHaveLength(0);
    expect(working(floor.automaton.live.snapshot())).toHaveLength(0);
    const count = rows.length;
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(rows.length).toBe(count);
  });

  it('lives on after a supervisor: a forced pause ends, a message is read', async () => {
    const nowMs = Date.parse('2026-03-03T09:30:00Z');
    const floor = await startLiveFloor({ centre, configuration: new FixedConfiguration(), seed: 7, rows: null, nowMs, speed: 600 });
    try {
      const agent = working(floor.automaton.live.snapshot()).find(({ state }) => state === 'ready' || state === 'talk');
      if (!agent) throw new Error('nobody works');
      floor.command({ kind: 'force-pause', supervisor: 'test', agent: agent.agent, reason: 'superviseur' });
      floor.command({ kind: 'message', supervisor: 'test', to: { agent: agent.agent }, text: 'Merci !' });
      await expect.poll(() => floor.automaton.agent(agent.agent)?.pauseReason, { timeout: 20_000 }).toBe('superviseur');
      await expect.poll(() => floor.automaton.agent(agent.agent)?.pauseReason, { timeout: 20_000 }).toBe('');
      expect(floor.automaton.live.snapshot().messages[0]?.seenBy.map((seen) => seen.agent)).toEqual([agent.agent]);
    } finally {
      floor.stop();
    }
  });

  it('still knows the calls of a whole day, for a later qualification', async () => {
    const answered: { ID: string; FirstAgent: number }[] = [];
    let calls = 0;
    const floor = await startLiveFloor({
      centre, configuration: new FixedConfiguration(), seed: 7, nowMs: Date.parse('2026-03-03T20:30:00Z'), warmUpMs: 14 * 3_600_000,
      rows: ({ kind, row }) => {
        if (kind !== 'od-calls') return;
        calls = Math.max(calls, row.CtiID);
        if (answered.length === 0 && row.FirstAgent > 0) answered.push({ ID: row.ID, FirstAgent: row.FirstAgent });
      },
    });
    try {
      const [first] = answered;
      if (!first) throw new Error('nobody answered');
      expect(calls).toBeGreaterThan(6_000);
      expect(await floor.command({ kind: 'qualify', agent: first.FirstAgent, callId: first.ID, group: 1, num: 2, detail: 0, comments: '' })).toEqual({ ok: true });
    } finally {
      floor.stop();
    }
  });

  it('does not begin before the end of an earlier run', async () => {
    const nowMs = Date.parse('2026-03-03T09:30:00Z');
    const floor = await startLiveFloor({ centre, configuration: new FixedConfiguration(), seed: 7, rows: null, nowMs, notBeforeMs: nowMs - 60_000 });
    expect(floor.startedMs).toBe(nowMs - 60_000);
    floor.stop();
  });
});
