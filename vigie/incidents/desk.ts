import type { Logger } from 'pino';
import { placesOf, tenantsTouched, type Places } from '../../warehouse/incidents/concerned.ts';
import type { CentreConfiguration } from '../../telephony/configuration.ts';
import { calendarOf } from '../../warehouse/operational/incidents/calendar-of.ts';
import { dutiesOf, nextDutyAtMs } from '../../warehouse/operational/incidents/duties.ts';
import type { Duty, Handling } from '../../warehouse/operational/incidents/duty.ts';
import type { Appended } from '../../warehouse/operational/incidents/append-events.ts';
import type { IncidentType } from '../../warehouse/operational/incidents/catalogue.ts';
import { sha256, uuidOf } from '../../warehouse/operational/incidents/hash-chain.ts';
import type { Incidents } from '../../warehouse/operational/incidents/incidents.ts';
import type { Incident } from '../../warehouse/operational/incidents/incident.ts';
import type { RuleSet } from '../../warehouse/operational/incidents/rules.ts';
import type { IncidentSettings } from '../../warehouse/operational/incidents/settings.ts';
import { targetClock } from '../../warehouse/operational/incidents/target-clock.ts';
import { zoneOf } from '../../warehouse/operational/incidents/zone-of.ts';
import { THE_PROGRAM } from '../../warehouse/operational/journal.ts';
import type { Mailbox } from '../notify/addresses.ts';
import type { ClockJump, SteadyClock } from './steady-clock.ts';
import { messagesOf } from './tell.ts';

export interface DeskOptions {
  incidents: Pick<Incidents, 'list' | 'get' | 'append' | 'appendWithLinks' | 'types' | 'rules' | 'settings' | 'subscribe'>;
  centre: () => CentreConfiguration;
  clock: SteadyClock;
  organizer: Mailbox;
  /** Where the page to sign is found, without a slash at its end. */
  site: string;
  /** The same of all other pages, which are not for outside; default: the same. */
  pages?: string;
  logger: Logger;
}

export interface Desk {
  /** Does what is due. Called each second; at rest it reads nothing. */
  tick(): Promise<void>;
  /** When it last had nothing left to do; null = never, or not for lack of the store. */
  doneAtMs(): number | null;
  end(): Promise<void>;
}

/** More than any incident has due at once: beyond it something is wrong. */
const MOST_AT_ONCE = 200;
const MOST_INCIDENTS = 1000;
const LATEST = 100;
const AGAIN_MS = 5000;

interface Held { incident: Incident; nextMs: number }
interface Book { settings: IncidentSettings; rules: RuleSet; types: Map<string, IncidentType> }

/** Performs what is due for incidents: what it writes has ids made of the duty, and what it tells is queued with it, so that neither a kill nor a second desk does anything twice. */
export function startDesk({ incidents, centre, clock, organizer, site, pages = site, logger }: DeskOptions): Desk {
  let book: Book | null = null;
  let settingsHeard = 0;
  let held = new Map<number, Held>();
  let placed: { of: CentreConfiguration; places: Places } | null = null;
  const changed = new Set<number>();
  const refused = new Map<number, Set<string>>();
  let [jumped, silentUntilMs, ended]: [boolean, number, boolean] = [false, 0, false];
  let [storeAway, doneAtMs]: [boolean, number | null] = [false, null];
  let working: Promise<void> | null = null;
  const unsubscribe = incidents.subscribe(({ numbers, settings }) => {
    if (settings) {
      book = null;
      settingsHeard += 1;
    }
    for (const number of numbers) changed.add(number);
    void tick();
  });
  return {
    tick,
    doneAtMs: () => doneAtMs,
    async end() {
      ended = true;
      unsubscribe();
      await working;
    },
  };

  function tick(): Promise<void> {
    working ??= work().finally(() => (working = null));
    return working;
  }

  async function work(): Promise<void> {
    const jump = clock.look();
    if (ended || (storeAway && clock.nowMs() < silentUntilMs)) return;
    try {
      await read();
      await takeJump(jump);
      await performAll();
      if (storeAway) logger.info('duties of incidents go on');
      storeAway = false;
      doneAtMs = clock.nowMs();
    } catch (error) {
      if (jump) jumped = true;
      if (!storeAway && !ended) logger.error({ err: error }, 'duties of incidents cannot be done');
      storeAway = true;
      silentUntilMs = clock.nowMs() + AGAIN_MS;
    }
  }

  /** What has changed since the last time. */
  async function read(): Promise<void> {
    while (!book) {
      const asOf = settingsHeard;
      const [settings, rules, types] = await Promise.all([incidents.settings(), incidents.rules(), incidents.types()]);
      // Of those that were closed last, the end may not be told yet.
      const lists = await Promise.all([incidents.list({ unfinished: true, limit: MOST_INCIDENTS }), incidents.list({ limit: LATEST })]);
      const all = [...new Map(lists.flat().map((incident) => [incident.number, incident])).values()];
      // The clock may have gone back while the program was off.
      for (const incident of all) hasHappened(incident);
      held = new Map(all.map((incident) => [incident.number, { incident, nextMs: 0 }]));
      // What was changed while it was read may not stand in it.
      if (asOf === settingsHeard) book = { settings, rules, types: new Map(types.map((type) => [type.slug, type])) };
      refused.clear();
    }
    for (const number of [...changed].sort((a, b) => a - b)) {
      // Before it is read: a change that comes meanwhile is one more.
      changed.delete(number);
      refused.delete(number);
      const incident = await incidents.get(number).catch((error: unknown) => {
        changed.add(number);
        throw error;
      });
      if (!incident) continue;
      hasHappened(incident);
      held.set(number, { incident, nextMs: 0 });
    }
  }

  /** What the program wrote is past, and so is what others wrote of the past. */
  function hasHappened({ timeline }: Incident): void {
    const nowMs = clock.nowMs();
    for (const { by, atMs } of timeline) if (by === THE_PROGRAM || atMs <= nowMs) clock.notBefore(atMs);
  }

  /** What cannot be done for one incident is no reason to leave the others alone. @throws the first trouble. */
  async function performAll(): Promise<void> {
    const troubles: unknown[] = [];
    for (const one of held.values()) if (one.nextMs <= clock.nowMs()) await perform(one).catch((error: unknown) => troubles.push(error));
    if (troubles.length > 0) throw troubles[0];
  }

  async function perform(one: Held): Promise<void> {
    for (let done = 0; done < MOST_AT_ONCE; done += 1) {
      const { incident } = one;
      if (ended || !book) return;
      const nowMs = clock.nowMs();
      const handling = handlingOf(incident, book);
      const duty = dutiesOf(incident, handling, nowMs).find(({ key }) => !refused.get(incident.number)?.has(key));
      if (!duty) {
        one.nextMs = nextDutyAtMs(incident, handling, nowMs) ?? Number.POSITIVE_INFINITY;
        // Nothing will ever be due of it but after a change, which brings it back.
        if (one.nextMs === Number.POSITIVE_INFINITY && incident.closedAtMs !== null) held.delete(incident.number);
        return;
      }
      const appended = await write(incident, duty, handling, book, nowMs);
      if (appended.ok) {
        one.incident = appended.incident;
        logger.info({ incident: incident.number, duty: duty.key }, 'a duty of an incident was done');
        continue;
      }
      // It is another's now, or contradicts what was written meanwhile: not again until something changes.
      refused.set(incident.number, new Set([...(refused.get(incident.number) ?? []), duty.key]));
      logger.warn({ incident: incident.number, duty: duty.key, reason: appended.reason }, 'a duty of an incident was refused');
    }
  }

  function handlingOf(incident: Incident, { settings, rules, types }: Book): Handling {
    const { type, affects, detectedAtMs } = incident;
    return { settings, rules, type: types.get(type) ?? null, calendar: calendarOf(incident, centre().calendars), touched: tenantsTouched(affects, detectedAtMs, places()) };
  }

  /** Made anew when the centre is another. */
  function places(): Places {
    const of = centre();
    if (placed?.of !== of) placed = { of, places: placesOf(of) };
    return placed.places;
  }

  async function write(incident: Incident, duty: Duty, { calendar, settings }: Handling, { types }: Book, nowMs: number): Promise<Appended> {
    const context = {
      incident, type: types.get(incident.type) ?? null, clock: targetClock(incident, calendar, nowMs), nowMs, zone: zoneOf(incident, centre()), organizer,
      conferenceMinutes: settings.conferenceLastsMinutes, url: `${pages}/incidents/${incident.number}`,
    };
    if (duty.telling?.moment !== 'signature-reminder') return incidents.append(incident.number, duty.events, { notifications: await messagesOf(duty, context) });
    // Another desk may be quicker: then the links of its mails are the good ones.
    return incidents.appendWithLinks(incident.number, duty.events, (issue) => messagesOf(duty, context, async ({ id }) => {
      const { token, expiresMs } = await issue(id, nowMs);
      return { url: `${site}/sign/${token}`, lastsMs: expiresMs - nowMs };
    }));
  }

  /** Clocks of incidents that run go on with the time that passes, and say so; with none, the wall's time is taken over. */
  async function takeJump(jump: ClockJump | null): Promise<void> {
    const running = [...held.values()].filter(({ incident }) => incident.resolvedAtMs === null);
    if (jump) {
      jumped = true;
      logger.warn({ bySeconds: Math.round(jump.byMs / 1000), running: running.length }, "the machine's clock jumped");
      const seconds = `${jump.byMs > 0 ? '+' : ''}${Math.round(jump.byMs / 1000)} s`;
      const text = `L'horloge de la machine a sauté de ${seconds} ; les délais de cet incident continuent sur le temps écoulé.\nThe machine's clock jumped by ${seconds}; the clocks of this incident go on with the time that passes.`;
      for (const { incident: { number } } of running)
        await incidents.append(number, [{ id: uuidOf(sha256(`jump ${number} ${Math.round(jump.atMs)}`)), atMs: Math.round(jump.atMs), by: THE_PROGRAM, body: { kind: 'commented', text } }]);
    }
    if (!jumped || running.length > 0) return;
    clock.settle();
    jumped = false;
  }
}
