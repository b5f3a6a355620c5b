import type { IncidentBody, NewIncidentEvent } from '../../warehouse/operational/incidents/events.ts';
import { sha256, uuidOf } from '../../warehouse/operational/incidents/hash-chain.ts';
import type { Incident } from '../../warehouse/operational/incidents/incident.ts';
import type { Incidents } from '../../warehouse/operational/incidents/incidents.ts';
import { THE_PROGRAM } from '../../warehouse/operational/journal.ts';
import type { Finding, Tuning, Watching } from './detectors/detector.ts';

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

/** An incident goes on under another number, after the program insisted so often. */
export interface Follows { before: Incident; insisted: number }

export interface HeldConditions {
  /** The condition is still there: an incident that somebody resolved all the same goes on after a while. Reads nothing unless something has changed. */
  holds(watching: Watching, tuning: Tuning, finding: Finding, nowMs: number): Promise<void>;
  /** Somebody has written something. */
  changed(): void;
}

export interface ByHandOptions {
  append: Incidents['append'];
  /** Of what a detector looks at: the newest incident, open or closed not long ago. */
  newest(detector: string, key: string): Promise<Incident | null>;
  /** Opens another incident in the place of one that was closed. */
  goOn(watching: Watching, tuning: Tuning, finding: Finding, nowMs: number, follows: Follows): Promise<unknown>;
}

/** Somebody says that it is over, and the detector does not: since when that stands in the log. */
interface Denied { incident: Incident; sinceMs: number; insisted: number }

/**
 * What is done about an incident that somebody resolves while its condition still holds: the incident says so at once, and goes on after
 * a grace. After each time that the program insisted it waits twice as long, up to a day: people who know better are left alone.
 */
export function resolvedByHand({ append, newest, goOn }: ByHandOptions): HeldConditions {
  /** Null = nobody says that it is over. */
  const known = new Map<string, Denied | null>();

  return {
    changed: () => known.clear(),
    async holds(watching, tuning, finding, nowMs) {
      const name = `${watching.name} ${finding.key}`;
      let denied = known.get(name);
      if (denied === undefined) {
        denied = deniedBy(await newest(watching.name, finding.key), nowMs);
        if (denied && !denied.incident.timeline.some(({ id }) => id === saidId(denied?.incident))) {
          const said = await append(denied.incident.number, [{ id: saidId(denied.incident), atMs: nowMs, by: THE_PROGRAM, body: saidOf(denied, tuning, finding) }]);
          if (!said.ok) throw new Error(`incident ${denied.incident.number}: ${said.reason}`);
        }
        known.set(name, denied);
      }
      if (!denied || nowMs < denied.sinceMs + graceMs(denied, tuning)) return;
      known.delete(name);
      await insist(denied, watching, tuning, finding, nowMs);
    },
  };

  /** What cannot be written is another's now: it is looked at again. */
  async function insist({ incident, insisted }: Denied, watching: Watching, tuning: Tuning, finding: Finding, nowMs: number): Promise<void> {
    const { number } = incident;
    const { textFr, textEn } = finding.evidence;
    const event = (what: string, body: IncidentBody): NewIncidentEvent => ({ id: uuidOf(sha256(`${what} ${ended(incident)}`)), atMs: nowMs, by: THE_PROGRAM, body });
    if (incident.open) {
      const evidence = { detector: watching.name, ...finding.evidence, values: { ...finding.evidence.values, key: finding.key } };
      await append(number, [event('insist', { kind: 'reopened', reason: `${textFr}\n${textEn}` }), event('seen', { kind: 'condition-seen', evidence })]);
      return;
    }
    await goOn(watching, tuning, finding, nowMs, { before: incident, insisted: insisted + 1 });
    await append(number, [event('insist', { kind: 'remarked', textFr: `La condition persiste : elle a un nouvel incident. ${textFr}`, textEn: `The condition still holds: it has a new incident. ${textEn}` })]);
  }
}

/** Somebody closed it, and its detector never saw its condition end. */
export function closedWhileItHeld(incident: Incident, nowMs: number): boolean {
  return incident.closedAtMs !== null && nowMs - incident.closedAtMs < DAY && incident.evidence.at(-1)?.cleared === false && resolvedBy(incident) !== THE_PROGRAM;
}

function deniedBy(incident: Incident | null, nowMs: number): Denied | null {
  if (!incident || incident.resolvedAtMs === null || resolvedBy(incident) === THE_PROGRAM) return null;
  const said = incident.timeline.find(({ id }) => id === saidId(incident));
  const before = incident.evidence[0]?.evidence.values['insisted'];
  const again = incident.reopenings.filter(({ resolvedAtMs }) => incident.timeline.some(({ id }) => id === uuidOf(sha256(`insist ${incident.number} ${resolvedAtMs}`)))).length;
  return { incident, sinceMs: said?.atMs ?? nowMs, insisted: again + (typeof before === 'number' ? before : 0) };
}

function saidOf({ incident, insisted }: Denied, tuning: Tuning, { evidence: { textFr, textEn } }: Finding): IncidentBody {
  const who = resolvedBy(incident) ?? '';
  const minutes = Math.round(graceMs({ insisted }, tuning) / MINUTE);
  const [thenFr, thenEn] = incident.open ? ['l’incident reprend', 'the incident goes on'] : ['un nouvel incident s’ouvre', 'a new incident opens'];
  return {
    kind: 'remarked',
    textFr: `Déclaré rétabli par ${who} alors que la condition persiste : ${textFr} Si elle persiste encore dans ${minutes} min, ${thenFr}.`,
    textEn: `Resolved by ${who} while the condition still holds: ${textEn} If it still does in ${minutes} min, ${thenEn}.`,
  };
}

function graceMs({ insisted }: Pick<Denied, 'insisted'>, { graceMinutes }: Tuning): number {
  return Math.max(graceMinutes * MINUTE, Math.min(graceMinutes * MINUTE * 2 ** insisted, DAY));
}

function resolvedBy({ timeline, resolvedAtMs }: Incident): string | null {
  return timeline.findLast(({ body, atMs }) => body.kind === 'resolved' && atMs === resolvedAtMs)?.by ?? null;
}

function ended({ number, resolvedAtMs }: Incident): string {
  return `${number} ${resolvedAtMs ?? ''}`;
}

function saidId(incident: Incident | undefined): string {
  return incident ? uuidOf(sha256(`denied ${ended(incident)}`)) : '';
}
