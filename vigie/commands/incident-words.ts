import { eventInWords } from '../../api/incidents/event-words.ts';
import type { IncidentFrame } from '../../api/incidents/frame.ts';
import { COMPONENTS, SEVERITY_NAMES, type IncidentType } from '../../warehouse/operational/incidents/catalogue.ts';
import type { Incident, TargetClock } from '../../warehouse/operational/incidents/incident.ts';
import { titleIn } from '../../warehouse/operational/incidents/title-in.ts';
import { PARTIES, STATES } from '../incidents/report/report-words.ts';
import { speakerOf, type Language, type Speaker } from '../incidents/report/speaker.ts';

/** An incident as a terminal shows it, at one instant. */
export interface ShownIncident {
  incident: Incident;
  clock: TargetClock;
  /** Who has acknowledged it; null = nobody. */
  owner: string | null;
  conferenceDueMs: number | null;
}

export interface TellingIncidents { language: Language; /** IANA, of instants. */ zone: string; frame: IncidentFrame; nowMs: number }

/** What an act is written down later than. */
const LATE_MS = 60_000;

export function shownIncident(incident: Incident, { clockOf, conferenceDueMs }: IncidentFrame, nowMs: number): ShownIncident {
  const owner = incident.timeline.find(({ atMs, body }) => body.kind === 'acknowledged' && atMs === incident.acknowledgedAtMs)?.by ?? null;
  return { incident, clock: clockOf(incident, nowMs), owner, conferenceDueMs: conferenceDueMs(incident) };
}

/** The gravest first, then the one that is due first. */
export function byUrgency(a: ShownIncident, b: ShownIncident): number {
  const dueMs = ({ clock: { dueAtMs } }: ShownIncident): number => dueAtMs ?? Number.MAX_SAFE_INTEGER;
  return a.incident.severity - b.incident.severity || dueMs(a) - dueMs(b) || a.incident.number - b.incident.number;
}

/** One incident in two lines or three: what it is, how much time is left, who has it. */
export function incidentInLines(shown: ShownIncident, telling: TellingIncidents): string {
  const { incident, owner } = shown;
  const { language } = telling;
  const words = wordsOf(telling);
  const head = [
    `${incident.number}`.padStart(4), SEVERITY_NAMES[incident.severity][language], words.type(incident.type), words.clock(shown),
    `${words.say(['détecté', 'detected'])} ${words.at(incident.detectedAtMs)}`,
    owner === null ? words.say(['▲ personne ne l’a pris en compte', '▲ nobody has acknowledged it']) : `${words.say(STATES.acknowledged)} ${words.say(['par', 'by'])} ${owner}`,
  ].map((part) => plain(part)).join('  ');
  return [head, `      ${plain(titleIn(incident, language))}`, ...words.trouble(shown).map((line) => `      ${line}`)].join('\n');
}

/** One incident with its log, the oldest first. */
export function incidentInFull(shown: ShownIncident, telling: TellingIncidents): string {
  const { incident, clock, owner } = shown;
  const { language, zone, frame } = telling;
  const words = wordsOf(telling);
  const { affects } = incident;
  const touched = [...affects.tenants, ...affects.sites, ...affects.queues, ...affects.components.map(({ component, share }) => `${COMPONENTS[component]?.[language] ?? component}${share < 1 ? ` ${words.speaker.percent(share)}` : ''}`)].join(', ');
  const instants = ([['début', 'began', incident.startedAtMs], ['détecté', 'detected', incident.detectedAtMs], [...STATES.acknowledged, incident.acknowledgedAtMs], [...STATES.mitigated, incident.mitigatedAtMs], [...STATES.resolved, incident.resolvedAtMs], [...STATES.closed, incident.closedAtMs]] as const)
    .flatMap(([fr, en, ms]) => (ms === null ? [] : [`${words.say([fr, en])} ${words.at(ms)}`]));
  const open = incident.actions.filter(({ doneAtMs }) => doneAtMs === null);
  const fact = (label: string, value: string): string => `      ${label}${language === 'fr' ? ' :' : ':'} ${indented(value, '        ')}`;
  const late = (atMs: number, recordedAtMs: number): string => (recordedAtMs - atMs > LATE_MS ? `  (${words.say(['saisi', 'entered'])} ${words.at(recordedAtMs)})` : '');
  return [
    `${incident.number}  ${plain(titleIn(incident, language))}`,
    `      ${[SEVERITY_NAMES[incident.severity][language], words.type(incident.type), ...(clock.state === 'stopped' ? [] : [words.say(STATES[incident.state])]), words.clock(shown)].map(plain).join('  ')}`,
    fact(words.say(['délai cible', 'target']), `${incident.targetMinutes} min`),
    fact(words.say(['instants', 'instants']), instants.join(', ')),
    fact(words.say(['pris en compte par', 'acknowledged by']), owner ?? words.say(['▲ personne', '▲ nobody'])),
    ...(touched === '' ? [] : [fact(words.say(['touché', 'affected']), touched)]),
    ...(incident.description === '' ? [] : [fact('description', incident.description)]),
    ...words.trouble(shown).map((line) => `      ${line}`),
    ...(incident.persons.length === 0 ? [] : [fact(words.say(['personnes', 'people']), incident.persons.map(({ name, party }) => `${name} (${words.say(PARTIES[party])})`).join(', '))]),
    ...open.map(({ text, owner: whose, dueAtMs }) => fact(words.say(['à faire', 'to do']), `${text} (${whose}, ${words.at(dueAtMs)}${dueAtMs < telling.nowMs ? words.say([', ▲ en retard', ', ▲ overdue']) : ''})`)),
    `${words.say(['Journal', 'Log'])} (${zone})`,
    ...incident.timeline.map(({ atMs, recordedAtMs, by, body }) => `  ${words.at(atMs)}  ${plain(by)}  ${indented(eventInWords(body, { language, zone, incident, typeLabel: frame.typeLabel }), '      ')}${late(atMs, recordedAtMs)}`),
  ].join('\n');
}

export function typeInWords({ slug, labelFr, labelEn, targetMinutes, severity, retired }: IncidentType, language: Language): string {
  const label = language === 'fr' ? labelFr : labelEn;
  return [slug, label, `${targetMinutes} min`, SEVERITY_NAMES[severity][language], ...(retired ? [language === 'fr' ? 'retiré' : 'retired'] : [])].map(plain).join('  ');
}

interface Words {
  speaker: Speaker;
  say(label: readonly [fr: string, en: string]): string;
  at(ms: number): string;
  type(slug: string): string;
  clock(shown: ShownIncident): string;
  /** What else presses. */
  trouble(shown: ShownIncident): string[];
}

function wordsOf({ language, zone, frame, nowMs }: TellingIncidents): Words {
  const speaker = speakerOf([language], zone);
  const say: Words['say'] = ([fr, en]) => (language === 'fr' ? fr : en);
  const at: Words['at'] = (ms) => speaker.at(ms).replace(',', '');
  const kept = ({ breachedAtMs }: TargetClock): string => (breachedAtMs === null ? say(['dans le délai', 'within its target']) : say(['▲ hors délai', '▲ target not kept']));
  return {
    speaker, say, at,
    type: (slug) => frame.typeLabel(slug, language),
    clock({ clock, incident }) {
      const { state, leftMs, breachedAtMs, dueAtMs } = clock;
      if (state === 'stopped') return `${say(STATES[incident.state])} ${kept(clock)}`;
      const left = breachedAtMs === null ? `${say(['reste', 'left'])} ${speaker.lasting(leftMs)}` : `▲ ${say(['délai dépassé de', 'target passed by'])} ${speaker.lasting(Math.max(0, -leftMs))}`;
      const until = breachedAtMs === null && dueAtMs !== null ? ` (${say(['jusqu’à', 'until'])} ${at(dueAtMs)})` : '';
      return `${left}${until}${state === 'paused' ? say([', suspendu', ', paused']) : state === 'off-hours' ? say([', hors horaires', ', off hours']) : ''}`;
    },
    trouble({ conferenceDueMs, incident: { crisis, long, conferences } }) {
      const called = conferences.find(({ heldAtMs }) => heldAtMs === null);
      return [
        ...(conferenceDueMs === null ? [] : [`${conferenceDueMs <= nowMs ? '▲ ' : ''}${say(['conférence avec la DSI du client à', 'conference with the client’s IT at'])} ${at(conferenceDueMs)}`]),
        ...(called ? [`${say(['conférence convoquée pour', 'conference called for'])} ${at(called.startsAtMs)}${called.place === '' ? '' : `, ${plain(called.place)}`}`] : []),
        ...(crisis && crisis.endedAtMs === null ? [`▲ ${say(['cellule de crise ouverte depuis', 'crisis cell open since'])} ${at(crisis.openedAtMs)}`] : []),
        ...(long ? [`▲ ${say(['interruption longue', 'long interruption'])}`] : []),
      ];
    },
  };
}

/** A line as a terminal may show it: what others wrote moves no cursor, and no letter stands where it was not written. */
function plain(text: string): string {
  return text.replaceAll(/[\p{Cc}\u202A-\u202E\u2066-\u2069]+/gu, ' ');
}

function indented(text: string, by: string): string {
  return text.split(/\r?\n/).map(plain).join(`\n${by}`);
}
