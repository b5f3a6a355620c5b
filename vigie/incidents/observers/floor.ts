import { validAt } from '../../../api/directory.ts';
import type { PlannedShift } from '../../../api/ports.ts';
import type { LiveState } from '../../../telephony/live.ts';
import { agentsGone } from '../detectors/agents-gone.ts';
import { watching, type Unseen, type Watching } from '../detectors/detector.ts';
import { gateway } from '../detectors/gateway.ts';
import { liveLost } from '../detectors/live-lost.ts';
import { nuisanceLimit } from '../detectors/nuisance-limit.ts';
import { openThroughout, type ExpectedCalls } from './expected-calls.ts';
import { followSite, NOBODY, type SiteMemory } from './gone-agents.ts';
import type { Sources } from './sources.ts';

const NO_FLOOR: Unseen = { unseen: 'not-configured', reason: 'no-floor' };
const NOT_CONNECTED: Unseen = { unseen: 'waiting', reason: 'core-away' };
const MINUTE_MS = 60_000;

/** Detectors that look at the core's live state. */
export function floorDetectors(sources: Sources, expected: ExpectedCalls | null): Watching[] {
  const { live, nowMs } = sources;
  const connected = (): LiveState | Unseen => {
    if (!live) return NO_FLOOR;
    const state = live.state();
    return live.connected() && state !== null ? state : NOT_CONNECTED;
  };
  return [liveLostOn(sources), agentsGoneOn(sources, connected), gatewayOn(sources, expected, connected), watching(nuisanceLimit, () => {
    const state = connected();
    if ('unseen' in state) return Promise.resolve(state);
    const names = new Map(validAt(sources.centre().campaigns, nowMs()).map(({ did, name }) => [did, name]));
    return Promise.resolve({
      campaigns: Object.values(state.campaigns).flatMap(({ campaign, tenant, dialer }) => (dialer ? [{ campaign, name: names.get(campaign) ?? campaign, tenant, limit: dialer.nuisanceLimit, windows: dialer.nuisanceWindows }] : [])),
    });
  })];

  function liveLostOn({ live: floor }: Sources): Watching {
    const beganMs = nowMs();
    let signMs = beganMs;
    floor?.onChange(() => {
      if (floor.connected()) signMs = nowMs();
    });
    return watching(liveLost, () => Promise.resolve(floor ? { connected: floor.connected(), silentSeconds: (nowMs() - signMs) / 1000 } : NO_FLOOR));
  }
}

function agentsGoneOn({ nowMs, plan, centre }: Sources, connected: () => LiveState | Unseen): Watching {
  let run = '';
  let memories = new Map<string, SiteMemory>();
  let planned: { minute: number; shifts: Map<string, PlannedShift[]> } | null = null;

  const shiftsOf = async (atMs: number): Promise<Map<string, PlannedShift[]>> => {
    const minute = Math.floor(atMs / MINUTE_MS);
    if (planned?.minute !== minute) {
      const shifts = new Map<string, PlannedShift[]>();
      for (const shift of (await plan?.shifts(atMs, atMs + 1)) ?? []) shifts.set(shift.agent, [...(shifts.get(shift.agent) ?? []), shift]);
      planned = { minute, shifts };
    }
    return planned.shifts;
  };

  return watching(agentsGone, async (settings) => {
    const state = connected();
    if ('unseen' in state) {
      memories = new Map();
      return state;
    }
    // Another run of the core has logged everybody out: that is its own trouble.
    if (state.run !== run) memories = new Map();
    run = state.run;
    const now = nowMs();
    const endsMs = now + settings.shiftEndMinutes * MINUTE_MS;
    const working = Object.values(state.agents).filter((agent) => agent.state !== 'logged_out');
    const facts = [];
    for (const { id: site, name } of centre().sites) {
      const loggedIn = new Set(working.filter((agent) => agent.site === site).map(({ agent }) => String(agent)));
      const memory = followSite(memories.get(site) ?? NOBODY, now, loggedIn, settings);
      memories.set(site, memory);
      const gone = [...(memory.lost ?? [])].filter((agent) => !loggedIn.has(agent));
      const agents = gone.length === 0 ? [] : await withoutReason(gone, endsMs, now);
      facts.push({ site, name, loggedIn: loggedIn.size, before: memory.lost?.size ?? loggedIn.size, missing: agents.length, agents });
    }
    return { sites: facts };
  });

  /** Whose shift goes on; of those who are not planned, whose queues stay open. */
  async function withoutReason(gone: readonly string[], endsMs: number, atMs: number): Promise<string[]> {
    const shifts = await shiftsOf(atMs);
    const open = openThroughout(centre(), atMs, endsMs).tenants;
    const tenants = new Map(centre().agents.map(({ number, tenant }) => [String(number), tenant]));
    return gone.filter((agent) => {
      const own = shifts.get(agent);
      return own ? own.some(({ toMs }) => toMs > endsMs) : shifts.size === 0 && open.has(tenants.get(agent) ?? '');
    });
  }
}

function gatewayOn({ nowMs, centre, filling }: Sources, expected: ExpectedCalls | null, connected: () => LiveState | Unseen): Watching {
  const beganMs = nowMs();
  const silentSince = new Map<string, number>();
  /** How many calls each has refused, and when the last of them. */
  const refusals = new Map<string, { count: number; lastMs: number | null }>();
  return watching(gateway, async ({ windowMinutes }) => {
    const state = connected();
    if ('unseen' in state) {
      silentSince.clear();
      refusals.clear();
      return state;
    }
    const now = nowMs();
    const fromMs = now - windowMinutes * MINUTE_MS;
    const gateways = Object.values(state.gateways);
    for (const { gateway: name, busyChannels, refused } of gateways) {
      const before = refusals.get(name);
      // A core that begins anew counts from nothing.
      refusals.set(name, { count: refused, lastMs: before && refused > before.count ? now : (before?.lastMs ?? null) });
      if (busyChannels > 0) silentSince.delete(name);
      else if (!silentSince.has(name)) silentSince.set(name, now);
    }
    // The past is only asked about a gateway that has been silent for long.
    const suspicious = gateways.some(({ gateway: name }) => (silentSince.get(name) ?? now) <= fromMs) && !filling() && beganMs <= fromMs;
    const usual = suspicious && expected ? await expected.between(fromMs, now, 'site') : new Map<string, number | null>();
    const open = suspicious ? openThroughout(centre(), fromMs, now).sites : new Set<string>();
    return {
      gateways: gateways.map(({ gateway: name, site, channels, busyChannels, refused }) => ({
        gateway: name, site, channels, busyChannels, refused,
        refusedSeconds: secondsSince(refusals.get(name)?.lastMs ?? null, now),
        silentSeconds: (now - (silentSince.get(name) ?? now)) / 1000,
        expected: open.has(site) ? (usual.get(site) ?? null) : null,
      })),
    };
  });
}

function secondsSince(ms: number | null, nowMs: number): number | null {
  return ms === null ? null : (nowMs - ms) / 1000;
}
