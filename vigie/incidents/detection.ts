import type { Logger } from 'pino';
import type { DetectorReason } from '../../api/ports.ts';
import type { DetectorSetting } from '../../warehouse/operational/incidents/settings.ts';
import type { IncidentsOf } from './detected-incidents.ts';
import type { Finding, Unseen, Watching } from './detectors/detector.ts';
import { QUIET, turnDetector, type DetectorState } from './detector-state.ts';
import { failureReason } from './failure-reason.ts';

/** How a detector fares in this process. */
export interface DetectorStatus {
  watching: Watching;
  setting: DetectorSetting | null;
  /** `failing`: it cannot look, so that it neither opens nor ends anything · `unseen`: there is nothing to look at · `waiting`: not yet. */
  state: 'off' | 'unseen' | 'waiting' | 'failing' | 'quiet' | 'seen';
  sinceMs: number;
  lookedAtMs: number | null;
  /** Why it fails or sees nothing; null = it sees. */
  why: DetectorReason | null;
  /** Why it fails, in the words of what failed. */
  reason: string;
  findings: Finding[];
}

export interface DetectionOptions {
  detectors: readonly Watching[];
  settings: () => Promise<DetectorSetting[]>;
  incidents: IncidentsOf;
  nowMs: () => number;
  logger: Logger;
}

export interface Detection {
  /** Looks with each detector whose time has come. Called each second; what still looks is left alone. Resolves when nobody looks any more. */
  tick(): Promise<void>;
  /** Settings may have changed: all look again at once. */
  settingsChanged(): void;
  /** Something was written of incidents: who has one looks at once whether it still stands as it should. */
  incidentsChanged(): void;
  statuses(): DetectorStatus[];
  /** Waits for looks under way; nothing is written any more. */
  end(): Promise<void>;
}

/** Runs the detectors, each at its own pace, and makes incidents of what they find. */
export function startDetection({ detectors, settings, incidents, nowMs, logger }: DetectionOptions): Detection {
  const status = new Map(detectors.map((watching): [string, DetectorStatus] => [watching.name, { watching, setting: null, state: 'waiting', sinceMs: nowMs(), lookedAtMs: null, why: { code: 'not-looked-yet' }, reason: '', findings: [] }]));
  const states = new Map<string, DetectorState>();
  const looking = new Map<string, Promise<void>>();
  /** How often each looks, as it is set. */
  const everyMs = new Map(detectors.map((watching) => [watching.name, watching.tuning({}).everySeconds * 1000]));
  /** Who looks at the next tick, whatever its pace. */
  const hurried = new Set<string>();
  let stored: Promise<Map<string, DetectorSetting>> | null = null;
  let ended = false;

  const settingOf = async (name: string): Promise<DetectorSetting | null> => {
    stored ??= settings().then((all) => new Map(all.map((each) => [each.detector, each])));
    return (await stored.catch((error: unknown) => {
      stored = null;
      throw error;
    })).get(name) ?? null;
  };

  return {
    tick() {
      const now = nowMs();
      for (const one of status.values()) {
        const { watching: { name }, lookedAtMs } = one;
        if (ended || looking.has(name) || (!hurried.has(name) && lookedAtMs !== null && now >= lookedAtMs && now - lookedAtMs < (everyMs.get(name) ?? 0))) continue;
        hurried.delete(name);
        looking.set(name, look(one).finally(() => looking.delete(name)));
      }
      return Promise.all(looking.values()).then(() => undefined);
    },
    settingsChanged() {
      stored = null;
      for (const name of status.keys()) hurried.add(name);
    },
    incidentsChanged() {
      incidents.changed();
      for (const [name, { state }] of status) if (state === 'seen') hurried.add(name);
    },
    statuses: () => [...status.values()],
    async end() {
      ended = true;
      await Promise.all(looking.values());
    },
  };

  async function look(one: DetectorStatus): Promise<void> {
    const { watching } = one;
    const now = nowMs();
    const become = (state: DetectorStatus['state'], { why = null, reason = '', findings = [] }: Partial<Pick<DetectorStatus, 'why' | 'reason' | 'findings'>> = {}): void => {
      if (one.state !== state) one.sinceMs = now;
      Object.assign(one, { state, why, reason, findings });
    };
    one.lookedAtMs = now;
    try {
      const setting = await settingOf(watching.name);
      one.setting = setting;
      if (setting?.on === false) {
        interrupt(watching.name);
        become('off');
        return;
      }
      everyMs.set(watching.name, watching.tuning(setting?.parameters).everySeconds * 1000);
      const found: Finding[] | Unseen = await watching.look(setting?.parameters);
      if ('unseen' in found) {
        interrupt(watching.name);
        become(found.unseen === 'waiting' ? 'waiting' : 'unseen', { why: { code: found.reason, ...(found.unseen === 'waiting' && found.minutes !== undefined ? { minutes: found.minutes } : {}) } });
        return;
      }
      for (const finding of found) await take(watching, setting, finding);
      if (one.state === 'failing') logger.info({ detector: watching.name }, 'a detector can look again');
      become(found.some(({ key }) => states.get(stateKey(watching.name, key))?.on) ? 'seen' : 'quiet', { findings: found });
    } catch (error) {
      if (ended) return;
      interrupt(watching.name);
      const reason = error instanceof Error ? error.message : String(error);
      if (one.state !== 'failing') logger.error({ err: error, detector: watching.name }, 'a detector fails: what it watches is not watched');
      become('failing', { why: failureReason(error), reason });
    }
  }

  async function take(watching: Watching, setting: DetectorSetting | null, finding: Finding): Promise<void> {
    const key = stateKey(watching.name, finding.key);
    const tuning = watching.tuning(setting?.parameters);
    const before = states.get(key) ?? await incidents.recall(watching.name, finding.key, nowMs()) ?? QUIET;
    const { state, turn, atMs } = turnDetector(before, finding.firing, nowMs(), tuning);
    if (ended) return;
    // Only what is written down has happened: else it is tried again at the next look.
    if (turn !== null) await incidents.turn(watching, tuning, finding, { turn, atMs, nowMs: nowMs() });
    else if (state.on && finding.firing) await incidents.holds(watching, tuning, finding, nowMs());
    states.set(key, state);
  }

  /** What was not looked at did not hold. */
  function interrupt(name: string): void {
    for (const [key, state] of states) if (key.startsWith(`${name} `) && state.sinceMs !== null) states.set(key, { ...state, sinceMs: null });
  }
}

function stateKey(name: string, key: string): string {
  return `${name} ${key}`;
}
