import { calendarSchema } from '../../../telephony/configuration.ts';
import { THE_PROGRAM } from '../journal.ts';
import type { NewNotification } from '../notifications/notification.ts';
import type { Notifications } from '../notifications/notifications.ts';
import type { IncidentEvent, IncidentKind, NewIncidentEvent } from './events.ts';
import { contradictionsOf, foldIncident } from './fold-incident.ts';
import { NO_HASH } from './hash-chain.ts';
import { HEAD_COLUMNS, headOf, writeEvents, type Client, type Head, type IncidentLogs } from './incident-log.ts';
import type { Incident } from './incident.ts';
import { isStep } from './long-interruption.ts';
import { parseNewEvents } from './new-event.ts';
import { refuse, type Refusal } from './refusal.ts';
import { hasType } from './versions.ts';

/** A transaction that may write: it holds the lock that puts all writers in order. */
export interface Writing {
  client: Client;
  logs: IncidentLogs;
  notifications: Notifications;
  /** That of its changes, if it makes any. */
  revision: number;
  /** That of an incident, if it opens one. */
  nextNumber: number;
  nowMs: number;
}

/** Notes that something has changed. */
export async function raiseRevision({ client, revision }: Pick<Writing, 'client' | 'revision'>, number = 0): Promise<void> {
  await client.query('update incident_counter set revision = $1, last_number = greatest(last_number, $2)', [revision, number]);
}

export type Opened = { ok: true; incident: Incident; /** False = it was there already. */ opened: boolean } | Refusal;
export type Appended = { ok: true; incident: Incident; /** Those that were new. */ appended: number } | Refusal;

export interface OpenOptions {
  /** Of one key there is one incident that is not closed. */
  detectorKey?: string;
  /** What is known of it at once. */
  more?: readonly NewIncidentEvent[];
  notifications?: readonly NewNotification[];
}

export async function openIncident(writing: Writing, event: NewIncidentEvent, { detectorKey, more = [], notifications = [] }: OpenOptions): Promise<Opened> {
  const { client, logs } = writing;
  if (event.body.kind !== 'opened') return refuse('invalid', `an incident begins by being opened, not ${event.body.kind}`);
  const there = await client.query(
    `select ${HEAD_COLUMNS} from incidents where (detector_key = $1 and is_open) or number = (select incident from incident_events where id = $2) order by number desc limit 1`, [detectorKey ?? null, event.id]);
  if (there.rows[0]) {
    const [incident] = await logs.read(client, [headOf(there.rows[0])]);
    if (incident) return { ok: true, incident, opened: false };
  }
  const head: Head = { number: writing.nextNumber, detectorKey: detectorKey ?? null, events: 0, hash: NO_HASH };
  const written = await write(writing, head, [], [event, ...more], notifications);
  return written.ok ? { ok: true, incident: written.incident, opened: true } : written;
}

export interface AppendOptions {
  /** Queued with the events. */
  notifications?: readonly NewNotification[];
  /** The same, of what only the transaction can make; asked when there is something new, as the incident is then. A throw writes nothing. */
  made?: ((incident: Incident) => Promise<readonly NewNotification[]>) | undefined;
  /** Why nothing is written after all, as the incident is when nobody else can write; asked only when there is something new. */
  unless?: ((incident: Incident) => Refusal | null) | undefined;
}

export async function appendEvents(writing: Writing, number: number, events: readonly NewIncidentEvent[], { notifications = [], made, unless }: AppendOptions = {}): Promise<Appended> {
  const { client, logs } = writing;
  const { rows } = await client.query(`select ${HEAD_COLUMNS} from incidents where number = $1 for update`, [number]);
  if (!rows[0]) return refuse('unknown-incident', `there is no incident ${number}`);
  const head = headOf(rows[0]);
  const [incident] = await logs.read(client, [head]);
  const isNew = !events.every(({ id }) => incident?.timeline.some((event) => event.id === id));
  const refused = incident && isNew ? unless?.(incident) : null;
  return refused ?? write(writing, head, incident?.timeline ?? [], events, notifications, made);
}

async function write(writing: Writing, head: Head, log: readonly IncidentEvent[], events: readonly NewIncidentEvent[], notifications: readonly NewNotification[], made?: AppendOptions['made']): Promise<Appended> {
  const { client, nowMs } = writing;
  const parsed = parseNewEvents(events);
  if (!Array.isArray(parsed)) return parsed;
  const unwritten = await withoutKnown(client, head.number, parsed);
  if (!Array.isArray(unwritten)) return unwritten;
  if (unwritten.length === 0) return { ok: true, incident: foldIncident(log), appended: 0 };
  const fresh = (await withHours(client, unwritten)).map((event, index): IncidentEvent => ({ ...event, incident: head.number, sequence: head.events + 1 + index, recordedAtMs: nowMs }));
  const all = [...log, ...fresh];
  const refused = await refusedOutside(client, head, log, fresh) ?? refusedByLog(log, all, new Set(fresh));
  if (refused) return refused;
  const incident = foldIncident(all);
  await writeEvents(client, head, fresh, incident, writing.revision);
  await raiseRevision(writing, head.number);
  await writing.notifications.queue([...notifications, ...(made ? await made(incident) : [])], { within: client, nowMs });
  return { ok: true, incident, appended: fresh.length };
}

async function withoutKnown(client: Client, number: number, events: NewIncidentEvent[]): Promise<NewIncidentEvent[] | Refusal> {
  const { rows } = await client.query<{ id: string; incident: number }>('select id, incident from incident_events where id = any($1::uuid[])', [events.map(({ id }) => id)]);
  const foreign = rows.find(({ incident }) => incident !== number);
  if (foreign) return refuse('duplicate', `the event ${foreign.id} stands in the log of incident ${foreign.incident}`);
  return events.filter(({ id }) => !rows.some((row) => row.id === id));
}

/** A target is held to the hours that its calendar has now. */
async function withHours(client: Client, events: readonly NewIncidentEvent[]): Promise<NewIncidentEvent[]> {
  return Promise.all(events.map(async (event): Promise<NewIncidentEvent> => {
    const { body } = event;
    if ((body.kind !== 'opened' && body.kind !== 'changed') || !body.calendar) return event;
    const { rows } = await client.query('select id, zone, weekdays, holidays from calendars where id = $1', [body.calendar]);
    return rows[0] ? { ...event, body: { ...body, hours: calendarSchema.parse(rows[0]) } } : event;
  }));
}

/** What people do of an incident while nobody knows yet that it is over: it has no effect then, and still stands in the log. */
const IN_VAIN: ReadonlySet<IncidentKind> = new Set(['acknowledged', 'mitigated', 'clock-paused', 'clock-resumed']);

/** What the log allows, in the order of what happened: neither may a new event contradict it, nor make something of it wrong. */
function refusedByLog(log: readonly IncidentEvent[], all: readonly IncidentEvent[], fresh: ReadonlySet<IncidentEvent>): Refusal | null {
  const before = new Set((log.length === 0 ? [] : contradictionsOf(log)).map(({ event }) => event.id));
  const contradictions = contradictionsOf(all).filter(({ event }) => !before.has(event.id));
  const own = contradictions.find(({ event }) => fresh.has(event));
  if (own) return own.refusal;
  // The program says later than people act since when a condition is over.
  const isMeasured = [...fresh].some(({ body, by }) => body.kind === 'resolved' && by === THE_PROGRAM);
  const other = contradictions.find(({ event: { body: { kind } }, refusal }) => !(isMeasured && IN_VAIN.has(kind)) &&
    // That somebody took note of it later makes nothing wrong that is said of earlier.
    (kind !== 'acknowledged' || refusal.code === 'already-acknowledged'));
  return other ? refuse(other.refusal.code, `it does not fit what is known of later: ${other.event.body.kind}`, other.event) : null;
}

/** What its own log does not say: the catalogue, the procedure, other incidents. */
async function refusedOutside(client: Client, head: Head, log: readonly IncidentEvent[], fresh: readonly IncidentEvent[]): Promise<Refusal | null> {
  for (const { body } of fresh) {
    if ((body.kind === 'opened' || body.kind === 'changed') && body.type !== undefined && !(await hasType(client, body.type))) return refuse('unknown-type', `the catalogue has no type ${body.type}`);
    if ((body.kind === 'step-done' || body.kind === 'step-undone') && !isStep(body.step)) return refuse('unknown-step', `the procedure has no step ${body.step}`);
  }
  if (head.detectorKey === null || log.length === 0 || foldIncident(log).open || !foldIncident([...log, ...fresh]).open) return null;
  const { rows } = await client.query<{ number: number }>('select number from incidents where detector_key = $1 and is_open and number <> $2', [head.detectorKey, head.number]);
  return rows[0] ? refuse('another-open', `the same trouble is open as incident ${rows[0].number}: go on there`) : null;
}
