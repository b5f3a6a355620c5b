import type { Incidents } from '../../warehouse/operational/incidents/incidents.ts';
import { sha256, uuidOf } from '../../warehouse/operational/incidents/hash-chain.ts';
import type { Evidence, IncidentBody, NewIncidentEvent } from '../../warehouse/operational/incidents/events.ts';
import type { Incident } from '../../warehouse/operational/incidents/incident.ts';
import { THE_PROGRAM } from '../../warehouse/operational/journal.ts';
import type { Finding, Tuning, Watching } from './detectors/detector.ts';
import type { DetectorState, DetectorTurn } from './detector-state.ts';
import { closedWhileItHeld, resolvedByHand, type Follows, type HeldConditions } from './resolved-by-hand.ts';

/** What people do between the end of a condition and its counting as gone, and what it cannot overtake. */
const BY_HAND: ReadonlySet<IncidentBody['kind']> = new Set(['acknowledged', 'mitigated', 'clock-paused', 'clock-resumed', 'reopened']);
/** Among them is whatever somebody closed a day ago. */
const LATEST = 100;

/** What was decided, when it began, and when that is written. */
export interface Happening { turn: DetectorTurn; atMs: number; nowMs: number }

/** The incidents of detectors. */
export interface IncidentsOf extends HeldConditions {
  /** What the log of an incident says of a thing that a detector looks at, while it is open or its condition was never seen to end; null = there is none. */
  recall(detector: string, key: string, nowMs: number): Promise<DetectorState | null>;
  /** Writes down that a condition is there, is back, or is gone. @throws when it cannot be written: nothing has happened then. */
  turn(watching: Watching, tuning: Tuning, finding: Finding, happening: Happening): Promise<Incident | null>;
}

/** @param incidents the store's. Safe with several processes: events have ids made of what they say. */
export function detectedIncidents(incidents: Pick<Incidents, 'list' | 'open' | 'append' | 'types'>): IncidentsOf {
  const isOf = (detector: string, key: string) => (incident: Incident): boolean => incident.detector === detector && incident.evidence[0]?.evidence.values['key'] === key;
  /** The newest first. */
  const openOnes = async (detector: string, key: string): Promise<Incident[]> => (await incidents.list({ open: true, limit: 1000 })).filter(isOf(detector, key));
  /** Open, or closed not long ago. */
  const newest = async (detector: string, key: string): Promise<Incident | null> => {
    const found = [...await openOnes(detector, key), ...(await incidents.list({ limit: LATEST })).filter(isOf(detector, key))];
    return found.reduce<Incident | null>((last, incident) => (last === null || incident.number > last.number ? incident : last), null);
  };
  const byHand = resolvedByHand({ append: (...args) => incidents.append(...args), newest, goOn: (watching, tuning, finding, nowMs, follows) => open(watching, tuning, finding, evidenceOf(watching, finding), { turn: 'open', atMs: follows.before.resolvedAtMs ?? nowMs, nowMs }, follows.before, follows) });

  return {
    async recall(detector, key, nowMs) {
      const incident = await newest(detector, key);
      if (!incident || (!incident.open && !closedWhileItHeld(incident, nowMs))) return null;
      const last = incident.evidence.at(-1);
      const cleared = incident.evidence.filter((each) => each.cleared);
      return { on: last?.cleared === false, sinceMs: null, clearedAtMs: cleared.at(-1)?.atMs ?? null, returns: cleared.length };
    },

    holds: byHand.holds,
    changed: byHand.changed,

    async turn(watching, tuning, finding, { turn, atMs, nowMs }) {
      byHand.changed();
      const evidence = evidenceOf(watching, finding);
      const [incident] = await openOnes(watching.name, finding.key);
      const event = (number: number, body: IncidentBody, when: number): NewIncidentEvent => ({ id: uuidOf(sha256(`detector ${number} ${body.kind} ${finding.key} ${when}`)), atMs: when, by: THE_PROGRAM, body });
      const append = async (number: number, events: NewIncidentEvent[]): Promise<Incident> => {
        const appended = await incidents.append(number, events);
        if (!appended.ok) throw new Error(`incident ${number}: ${appended.reason}`);
        return appended.incident;
      };

      if (turn === 'cleared') {
        if (!incident) {
          // One that was closed while it held has ended too: when the condition is there again, it is another trouble.
          const closed = await newest(watching.name, finding.key);
          return closed && closedWhileItHeld(closed, nowMs) ? append(closed.number, [event(closed.number, { kind: 'condition-cleared', evidence }, nowMs)]) : null;
        }
        const { number, detectedAtMs } = incident;
        const when = Math.max(atMs, detectedAtMs);
        const cleared = event(number, { kind: 'condition-cleared', evidence }, nowMs);
        // Somebody may say so in this very moment, or have closed it: then it is said.
        if (!tuning.resolves || incident.resolvedAtMs !== null) return append(number, [cleared]);
        const note = `${finding.evidence.textFr}\n${finding.evidence.textEn}`;
        // As of when it went, whatever people did while nobody knew yet; but what they have reopened ends after that.
        const after = 1 + incident.timeline.reduce((last, { atMs: at, body: { kind } }) => (BY_HAND.has(kind) ? Math.max(last, at) : last), 0);
        for (const resolvedMs of new Set([when, Math.max(when, after)])) {
          const both = await incidents.append(number, [cleared, event(number, { kind: 'resolved', note }, resolvedMs)]);
          if (both.ok) return both.incident;
        }
        return append(number, [cleared]);
      }
      const lasting = incident && (incident.resolvedAtMs === null || turn === 'back');
      if (lasting) {
        const seen = event(incident.number, { kind: 'condition-seen', evidence }, nowMs);
        const again: NewIncidentEvent[] = incident.resolvedAtMs === null ? [] : [event(incident.number, { kind: 'reopened', reason: `${finding.evidence.textFr}\n${finding.evidence.textEn}` }, nowMs)];
        return append(incident.number, [...again, seen]);
      }
      return open(watching, tuning, finding, evidence, { turn, atMs, nowMs }, incident ?? null, null);
    },
  };

  /** A resolved one that nobody has closed yet, and whose condition came back too late, stays what it is: the new one has a key that follows from it. */
  async function open(watching: Watching, tuning: Tuning, finding: Finding, { values, ...evidence }: Evidence, { atMs, nowMs }: Happening, before: Incident | null, follows: Follows | null): Promise<Incident> {
    const type = (await incidents.types()).find(({ slug }) => slug === watching.type);
    if (!type) throw new Error(`the catalogue has no type ${watching.type}`);
    const detectorKey = `${watching.name} ${finding.key}${before === null ? '' : ` after ${before.number}`}`;
    const affects = { ...type.affects, ...finding.affects };
    const more = follows === null ? [] : [{ id: uuidOf(sha256(`follows ${detectorKey} ${nowMs}`)), atMs: nowMs, by: THE_PROGRAM, body: followed(follows) }];
    const opened = await incidents.open({
      id: uuidOf(sha256(`opened ${detectorKey} ${nowMs}`)), atMs: nowMs, by: THE_PROGRAM,
      body: {
        kind: 'opened', type: type.slug, severity: tuning.severity, title: `${watching.titleFr} (${finding.name ?? finding.key})`.slice(0, 200), titleEn: `${watching.titleEn} (${finding.name ?? finding.key})`.slice(0, 200), description: '',
        startedAt: new Date(Math.min(atMs, nowMs)).toISOString(), affects, targetMinutes: type.targetMinutes, calendar: type.calendar,
        evidence: { ...evidence, values: { ...values, ...(follows === null ? {} : { follows: follows.before.number, insisted: follows.insisted }) } },
      },
    }, { detectorKey, more });
    if (!opened.ok) throw new Error(`an incident of ${watching.name} was refused: ${opened.reason}`);
    return opened.incident;
  }
}

function evidenceOf(watching: Watching, finding: Finding): Evidence {
  return { detector: watching.name, ...finding.evidence, values: { ...finding.evidence.values, key: finding.key } };
}

function followed({ before: { number } }: Follows): IncidentBody {
  return {
    kind: 'remarked',
    textFr: `Fait suite à l’incident n° ${number}, clos à la main alors que la condition persistait.`,
    textEn: `Follows incident no. ${number}, which was closed by hand while the condition still held.`,
  };
}
