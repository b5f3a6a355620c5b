import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Calendar } from '../../../telephony/configuration.ts';
import { dutiesOf, nextDutyAtMs } from './duties.ts';
import type { Duty, Handling } from './duty.ts';
import type { IncidentBody, NewIncidentEvent } from './events.ts';
import { act, openedAt, person } from './fixtures/events.ts';
import { logOf } from './fixtures/log.ts';
import { contradictionsOf, foldIncident } from './fold-incident.ts';
import type { Incident } from './incident.ts';
import { ruleSetSchema, type RuleSet } from './rules.ts';
import { incidentSettingsSchema } from './settings.ts';
import { SHIPPED_RULES } from './shipped-rules.ts';
import { targetClock } from './target-clock.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const MONDAY = Date.parse('2026-03-02T10:00:00Z');
const NO_RULES: RuleSet = ruleSetSchema.parse({ contacts: [], onCall: [], rules: [] });
const handling = (more: Partial<Handling> = {}): Handling => ({ settings: incidentSettingsSchema.parse({}), rules: NO_RULES, type: { breakdown: true }, calendar: null, ...more });

/** An incident that lives in memory: at each instant what is due is done, and people act. */
class Life {
  readonly events: NewIncidentEvent[];
  readonly done: { key: string; kind: Duty['kind']; atMs: number; dueAtMs: number; duty: Duty }[] = [];
  readonly with: Handling;
  nowMs: number;
  #folded: { length: number; incident: Incident } | null = null;

  constructor(opening: NewIncidentEvent, by: Handling = handling()) {
    this.events = [opening];
    this.with = by;
    this.nowMs = opening.atMs;
  }

  get incident(): Incident {
    if (this.#folded?.length !== this.events.length) this.#folded = { length: this.events.length, incident: foldIncident(logOf(this.events)) };
    return this.#folded.incident;
  }

  /** Something done by a person, now or earlier; false = refused. */
  act(body: IncidentBody, atMs = this.nowMs): boolean {
    const event = act(atMs, body);
    if (contradictionsOf(logOf([...this.events, event])).length > 0) return false;
    this.events.push(event);
    return true;
  }

  /** What the program does when it looks. */
  look(): void {
    for (let duties = dutiesOf(this.incident, this.with, this.nowMs); duties.length > 0; duties = dutiesOf(this.incident, this.with, this.nowMs)) {
      for (const duty of duties) {
        this.events.push(...duty.events);
        this.done.push({ key: duty.key, kind: duty.kind, atMs: this.nowMs, dueAtMs: duty.dueAtMs, duty });
      }
    }
  }

  /** Looks whenever something is due, until then. */
  liveUntil(atMs: number): void {
    this.look();
    for (let next = nextDutyAtMs(this.incident, this.with, this.nowMs); next !== null && next <= atMs; next = nextDutyAtMs(this.incident, this.with, this.nowMs)) {
      // A millisecond earlier nothing was due.
      if (dutiesOf(this.incident, this.with, next - 1).length > 0) throw new Error('something was due before it was said to be');
      this.nowMs = next;
      this.look();
    }
    this.nowMs = atMs;
    this.look();
  }

  /** Kind or rule, and minutes after the detection. */
  told(): string[] {
    const begun = this.events[0]?.atMs ?? 0;
    return this.done.map(({ kind, duty, atMs }) => `${duty.telling?.rule?.id ?? kind} ${(atMs - begun) / MINUTE}`);
  }
}

describe('what is due', () => {
  test('warnings, the breach, the conference and the crisis cell, each at its minute', () => {
    const life = new Life(openedAt(MONDAY, { targetMinutes: 30 }));
    life.liveUntil(MONDAY + 90 * MINUTE);
    expect(life.told()).toEqual(['warn 15', 'warn 24', 'breach 30', 'conference 60', 'crisis 60']);
    expect(life.incident).toMatchObject({ warnedShares: [0.5, 0.8], breachNotedAtMs: MONDAY + 30 * MINUTE, conferences: [{ calledAtMs: MONDAY + 60 * MINUTE, startsAtMs: MONDAY + 75 * MINUTE, place: '', participants: [] }], crisis: { members: [] } });
  });

  test('a pause stops the target, not the conference', () => {
    const life = new Life(openedAt(MONDAY, { targetMinutes: 30 }));
    life.liveUntil(MONDAY + 10 * MINUTE);
    life.act({ kind: 'clock-paused', reason: 'attente du client' });
    life.liveUntil(MONDAY + 100 * MINUTE);
    life.act({ kind: 'clock-resumed', note: '' });
    life.liveUntil(MONDAY + 109 * MINUTE);
    expect(life.told()).toEqual(['conference 60', 'crisis 60', 'warn 105']);
  });

  test('service is back before: none of it; what was said late takes nothing back', () => {
    const quick = new Life(openedAt(MONDAY, { targetMinutes: 30 }));
    quick.liveUntil(MONDAY + 10 * MINUTE);
    quick.act({ kind: 'resolved', note: '' });
    quick.liveUntil(MONDAY + 30 * DAY);
    expect(quick.told()).toEqual([]);
    const late = new Life(openedAt(MONDAY, { targetMinutes: 30 }));
    late.liveUntil(MONDAY + 40 * MINUTE);
    late.act({ kind: 'resolved', note: 'depuis longtemps' }, MONDAY + 20 * MINUTE);
    late.liveUntil(MONDAY + 30 * DAY);
    expect(late.told()).toEqual(['warn 15', 'warn 24', 'breach 30']);
    expect(targetClock(late.incident, null, late.nowMs)).toMatchObject({ usedMs: 20 * MINUTE, breachedAtMs: MONDAY + 30 * MINUTE });
  });

  test('a program that was away notes the breach at its instant, and calls no conference for what is over', () => {
    const life = new Life(openedAt(MONDAY, { targetMinutes: 30 }));
    life.act({ kind: 'resolved', note: '' }, MONDAY + 90 * MINUTE);
    life.nowMs = MONDAY + 200 * MINUTE;
    life.look();
    expect(life.told()).toEqual(['breach 200']);
    expect(life.incident.breachNotedAtMs).toBe(MONDAY + 30 * MINUTE);
    // Still under way: all of it at once, each once.
    const open = new Life(openedAt(MONDAY, { targetMinutes: 30 }));
    open.nowMs = MONDAY + 200 * MINUTE;
    open.look();
    expect(open.told()).toEqual(['warn 200', 'warn 200', 'breach 200', 'conference 200', 'crisis 200']);
    expect(open.incident).toMatchObject({ warnedShares: [0.5, 0.8], breachNotedAtMs: MONDAY + 30 * MINUTE });
  });

  test('an incident that is entered afterwards waits ten minutes for its end, and is no breach when that was in time', () => {
    const enteredAtMs = MONDAY + 3 * HOUR;
    const opening = openedAt(MONDAY, { targetMinutes: 15, enteredAt: new Date(enteredAtMs).toISOString() });
    const entered = foldIncident(logOf([opening]));
    expect(dutiesOf(entered, handling(), enteredAtMs + 10 * MINUTE - 1)).toEqual([]);
    expect(nextDutyAtMs(entered, handling(), enteredAtMs)).toBe(enteredAtMs + 10 * MINUTE);
    expect(dutiesOf(entered, handling(), enteredAtMs + 10 * MINUTE).map(({ kind }) => kind)).toEqual(['warn', 'warn', 'breach', 'conference', 'crisis']);
    const resolved = foldIncident(logOf([opening, act(MONDAY + 9 * MINUTE, { kind: 'resolved', note: '' })]));
    expect(dutiesOf(resolved, handling(), enteredAtMs + DAY)).toEqual([]);
    expect(targetClock(resolved, null, enteredAtMs + DAY).breachedAtMs).toBeNull();
    // Nor is anybody told that nobody has it in hand, while it is being entered.
    const rules = handling({ rules: SHIPPED_RULES });
    expect(dutiesOf(entered, rules, enteredAtMs + 10 * MINUTE - 1).map(({ telling }) => telling?.moment)).toEqual(['opened']);
    expect(dutiesOf(entered, rules, enteredAtMs + 10 * MINUTE).filter(({ telling }) => telling?.moment === 'unacknowledged')).toHaveLength(2);
    // Entered while its target still runs: everything at its time.
    const soon = foldIncident(logOf([openedAt(MONDAY, { targetMinutes: 15, enteredAt: new Date(MONDAY + 14 * MINUTE).toISOString() })]));
    expect(dutiesOf(soon, handling(), MONDAY + 15 * MINUTE).map(({ kind }) => kind)).toEqual(['breach']);
  });

  test('contacts are invited as persons of the incident; the program does it once, whoever does it', () => {
    const [awa, ocm] = [person('Awa', { email: 'awa@example.org' }), person('DSI', { party: 'client' })];
    const rules = ruleSetSchema.parse({ contacts: [{ ...awa, crisis: true, conference: true }, { ...ocm, conference: true }], onCall: [], rules: [] });
    const life = new Life(openedAt(MONDAY, { targetMinutes: 30 }), handling({ rules }));
    life.liveUntil(MONDAY + 60 * MINUTE);
    expect(life.incident).toMatchObject({ persons: expect.arrayContaining([ocm, awa]), conferences: [{ participants: [awa.id, ocm.id] }], crisis: { members: [awa.id] } });
    expect(life.done.find(({ kind }) => kind === 'conference')?.duty.telling).toMatchObject({ moment: 'invitation', people: [awa, ocm] });
    const ids = life.events.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const again = new Life(openedAt(MONDAY, { targetMinutes: 30 }), handling({ rules }));
    again.liveUntil(MONDAY + 60 * MINUTE);
    expect(again.events.slice(1).map(({ id }) => id)).toEqual(ids.slice(1));
  });

  test('members of the crisis cell are those who were chosen: a person who was added by hand is invited to the conference, and no member', () => {
    const [awa, ocm] = [person('Awa'), person('DSI', { party: 'client' })];
    const rules = ruleSetSchema.parse({ contacts: [{ ...awa, crisis: true }], onCall: [], rules: [] });
    const life = new Life(openedAt(MONDAY, { targetMinutes: 1000 }), handling({ rules }));
    life.act({ kind: 'person-added', person: ocm });
    life.liveUntil(MONDAY + 60 * MINUTE);
    expect(life.incident).toMatchObject({ conferences: [{ participants: [ocm.id] }], crisis: { members: [awa.id] } });
    // Somebody chooses him.
    life.act({ kind: 'crisis-member-added', person: ocm.id });
    expect(life.incident.crisis?.members).toEqual([awa.id, ocm.id]);
  });

  test('whoever takes part in a conference that a person calls is invited, whatever the rules say, and not to one that is over', () => {
    const [awa, ocm] = [person('Awa', { email: 'awa@example.org' }), person('DSI', { party: 'client', email: 'dsi@example.org' })];
    const calling = (calledAtMs: number, startsAtMs: number, participants: string[]): Life => {
      const life = new Life(openedAt(MONDAY, { targetMinutes: 1000 }), handling({ type: { breakdown: false } }));
      for (const each of [awa, ocm]) life.act({ kind: 'person-added', person: each });
      life.liveUntil(MONDAY + 2 * HOUR);
      life.act({ kind: 'conference-called', conference: randomUUID(), startsAt: new Date(startsAtMs).toISOString(), place: '', participants }, calledAtMs);
      life.liveUntil(MONDAY + 5 * HOUR);
      return life;
    };
    const now = MONDAY + 2 * HOUR;
    expect(calling(now, now + HOUR, [ocm.id]).done).toMatchObject([{ kind: 'invite', atMs: now, duty: { telling: { moment: 'invitation', rule: null, people: [ocm] }, events: [{ body: { kind: 'told', recipients: ['DSI'] } }] } }]);
    expect(calling(now, now - 29 * MINUTE, [ocm.id, awa.id]).done).toMatchObject([{ kind: 'invite', duty: { telling: { people: expect.arrayContaining([awa, ocm]) } } }]);
    expect(calling(MONDAY + HOUR, now - 30 * MINUTE, [ocm.id]).done).toEqual([]);
    expect(calling(now, now + HOUR, []).done).toEqual([]);
  });

  test('a breach that was none is taken back where it was told, once; days later it is only written down', () => {
    const [awa, ocm] = [person('Awa', { email: 'awa@example.org' }), person('DSI', { party: 'client', email: 'dsi@example.org' })];
    const rules = ruleSetSchema.parse({ ...SHIPPED_RULES, contacts: [awa, ocm] });
    const ending = (afterMinutes: number, known: RuleSet): Life => {
      const life = new Life(openedAt(MONDAY, { targetMinutes: 30 }), handling({ rules: known, type: { breakdown: false } }));
      life.liveUntil(MONDAY + 35 * MINUTE);
      life.events.push(act(MONDAY + 28 * MINUTE, { kind: 'resolved', note: '' }, 'vigie'));
      life.nowMs = MONDAY + afterMinutes * MINUTE;
      life.liveUntil(MONDAY + 10 * DAY);
      return life;
    };
    const of = (life: Life): object[] => life.done.filter(({ kind }) => kind === 'withdraw');
    const soon = ending(35, rules);
    expect(of(soon)).toMatchObject([{ atMs: MONDAY + 35 * MINUTE, duty: { telling: { moment: 'breach-withdrawn', people: expect.arrayContaining([expect.objectContaining({ id: awa.id }), expect.objectContaining({ id: ocm.id })]), webhooks: [] }, events: [{ body: { kind: 'remarked', textFr: expect.stringContaining('parti à Awa, DSI') } }] } }]);
    expect(of(ending(3 * 1440, rules))).toMatchObject([{ duty: { telling: null } }]);
    expect(of(ending(35, SHIPPED_RULES))).toMatchObject([{ duty: { telling: null, events: [{ body: { textEn: expect.stringMatching(/noted\.$/) } }] } }]);
  });

  test('a breach that was taken back and stands after all is told again', () => {
    const rules = ruleSetSchema.parse({ ...SHIPPED_RULES, contacts: [person('Awa', { email: 'awa@example.org' })] });
    const life = new Life(openedAt(MONDAY, { targetMinutes: 30 }), handling({ rules, type: { breakdown: false } }));
    life.liveUntil(MONDAY + 35 * MINUTE);
    life.events.push(act(MONDAY + 28 * MINUTE, { kind: 'resolved', note: '' }, 'vigie'));
    life.liveUntil(MONDAY + 40 * MINUTE);
    life.act({ kind: 'reopened', reason: 'encore' });
    life.liveUntil(MONDAY + 60 * MINUTE);
    const toldOf = life.done.flatMap(({ atMs, duty: { kind, telling } }) => (kind === 'withdraw' || telling?.moment === 'breached' ? [`${kind} ${(atMs - MONDAY) / MINUTE}`] : []));
    expect([...new Set(toldOf)]).toEqual(['tell 30', 'withdraw 35', 'tell 40']);
  });

  test('what is no breakdown calls no conference', () => {
    const life = new Life(openedAt(MONDAY, { targetMinutes: 30 }), handling({ type: { breakdown: false } }));
    life.liveUntil(MONDAY + 10 * DAY);
    expect(life.told()).toEqual(['warn 15', 'warn 24', 'breach 30']);
  });

  test('reports are reminded of each hour until the cell is closed, not the ones that are written', () => {
    const life = new Life(openedAt(MONDAY, { targetMinutes: 1000 }));
    life.liveUntil(MONDAY + 115 * MINUTE);
    life.act({ kind: 'crisis-report', hour: 1, text: 'un' });
    life.act({ kind: 'crisis-report', hour: 2, text: 'deux' });
    life.liveUntil(MONDAY + 295 * MINUTE);
    life.act({ kind: 'crisis-ended', note: '' });
    life.liveUntil(MONDAY + 400 * MINUTE);
    expect(life.told()).toEqual(['conference 60', 'crisis 60', 'remind-report 110', 'remind-report 230', 'remind-report 290']);
    expect(life.incident.crisis?.remindedHours).toEqual([1, 3, 4]);
  });

  test('signatures are reminded of, as often as the settings say, and no more when all have signed', () => {
    const [awa, ocm, silent] = [person('Awa', { email: 'awa@example.org' }), person('DSI', { email: 'dsi@example.org' }), person('Sans adresse')];
    const [document, sha256] = [randomUUID(), 'a'.repeat(64)];
    const made = (): Life => {
      const life = new Life(openedAt(MONDAY, { targetMinutes: 1000 }), handling({ type: { breakdown: false } }));
      for (const each of [awa, ocm, silent]) life.act({ kind: 'person-added', person: each });
      life.act({ kind: 'resolved', note: '' });
      life.act({ kind: 'report-made', document, sha256, signers: [awa.id, ocm.id, silent.id] });
      return life;
    };
    const nobody = made();
    nobody.liveUntil(MONDAY + 60 * DAY);
    expect(nobody.done.map(({ kind, atMs }) => [kind, (atMs - MONDAY) / DAY])).toEqual([3, 6, 9, 12].map((day) => ['remind-signatures', day]));
    const one = made();
    one.act({ kind: 'signed', document, person: awa.id, sha256, typedName: 'Awa' });
    one.liveUntil(MONDAY + 4 * DAY);
    one.act({ kind: 'signed', document, person: ocm.id, sha256, typedName: 'DSI' });
    one.liveUntil(MONDAY + 60 * DAY);
    // Whom no mail reaches is not said to have been reminded.
    expect(one.done.map(({ duty }) => duty.telling?.people)).toEqual([[ocm]]);
    expect(one.incident.timeline.flatMap(({ body }) => (body.kind === 'signature-reminded' ? body.persons : []))).toEqual([ocm.id]);
    // It goes on: its report is withdrawn, and nobody is reminded of it.
    const again = made();
    again.liveUntil(MONDAY + DAY);
    again.act({ kind: 'reopened', reason: 'encore' });
    again.liveUntil(MONDAY + 60 * DAY);
    expect([again.incident.document, again.told().filter((each) => each.startsWith('remind'))]).toEqual([null, []]);
  });

  test('a rule that waits for longer than a report is late tells of it all the same, at its minute', () => {
    const rule = (id: string, afterMinutes: number) => ({ id, labelFr: id, labelEn: id, moment: 'report-overdue', afterMinutes, recipients: [] });
    const life = new Life(openedAt(MONDAY, { targetMinutes: 5000 }), handling({ rules: ruleSetSchema.parse({ contacts: [], onCall: [], rules: [rule('tout-de-suite', 0), rule('apres-90', 90)] }) }));
    life.liveUntil(MONDAY + 250 * MINUTE);
    life.act({ kind: 'crisis-report', hour: 2, text: 'en retard' });
    life.liveUntil(MONDAY + 335 * MINUTE);
    // The cell opened after 60 minutes: its reports are due after 120, 180, 240, 300. The second one came late, but before 90 minutes had passed.
    expect(life.told().filter((each) => /^(tout|apres)/.test(each))).toEqual(['tout-de-suite 120', 'tout-de-suite 180', 'apres-90 210', 'tout-de-suite 240', 'tout-de-suite 300', 'apres-90 330']);
  });

  test('who has no address is not said to have been told', () => {
    const [awa, silent] = [person('Awa', { email: 'awa@example.org' }), person('Sans adresse')];
    const life = new Life(openedAt(MONDAY), handling({ rules: { ...SHIPPED_RULES, contacts: ruleSetSchema.parse({ contacts: [awa, silent], onCall: [], rules: [] }).contacts } }));
    life.look();
    expect(life.incident.timeline.flatMap(({ body }) => (body.kind === 'told' ? body.recipients : []))).toEqual(['Awa']);
  });

  test('who is told when: levels that wait tell nobody once it is acknowledged, and each tells once', () => {
    const life = new Life(openedAt(MONDAY, { targetMinutes: 30 }), handling({ rules: SHIPPED_RULES, type: { breakdown: false } }));
    life.liveUntil(MONDAY + 10 * MINUTE);
    life.act({ kind: 'acknowledged', note: '' });
    life.liveUntil(MONDAY + 50 * MINUTE);
    life.act({ kind: 'resolved', note: '' });
    life.liveUntil(MONDAY + 51 * MINUTE);
    life.act({ kind: 'reopened', reason: 'encore' });
    life.liveUntil(MONDAY + 52 * MINUTE);
    life.act({ kind: 'resolved', note: '' });
    life.act({ kind: 'closed', note: '' }, life.nowMs + MINUTE);
    life.liveUntil(MONDAY + 100 * DAY);
    expect(life.told().filter((each) => !/^(warn|breach) /.test(each))).toEqual(['opened 0', 'unacknowledged-5 5', 'warned 15', 'warned 24', 'breached 30', 'breached-client 30', 'resolved 50', 'reopened 51', 'resolved 52', 'closed 53']);
    // Nobody is configured: that stands in the log.
    expect(life.incident.timeline.flatMap(({ body }) => (body.kind === 'told' ? body.recipients : []))).toEqual([]);
    const minor = new Life(openedAt(MONDAY, { severity: 4, targetMinutes: 1000 }), handling({ rules: SHIPPED_RULES, type: { breakdown: false } }));
    minor.liveUntil(MONDAY + 60 * MINUTE);
    expect(minor.told()).toEqual(['opened 0', 'unacknowledged-15 15']);
  });

  test('what is overdue is told: reports, progress, actions, the REX', () => {
    const life = new Life(openedAt(MONDAY, { targetMinutes: 5000 }), handling({ rules: SHIPPED_RULES }));
    life.act({ kind: 'acknowledged', note: '' });
    life.liveUntil(MONDAY + 70 * MINUTE);
    life.act({ kind: 'long-interruption-declared', cause: 'fire', note: '' });
    life.act({ kind: 'action-added', action: randomUUID(), list: 'plan', text: 'x', owner: 'Awa', dueAt: new Date(MONDAY + 3 * HOUR).toISOString() });
    life.liveUntil(MONDAY + 125 * MINUTE);
    life.act({ kind: 'crisis-report', hour: 1, text: 'en retard' });
    life.act({ kind: 'crisis-report', hour: 2, text: 'tôt' });
    life.liveUntil(MONDAY + 235 * MINUTE);
    life.act({ kind: 'crisis-report', hour: 3, text: 'à temps' });
    life.act({ kind: 'crisis-ended', note: '' });
    life.liveUntil(MONDAY + 30 * DAY);
    expect(life.told().filter((each) => !each.startsWith('warn'))).toEqual([
      'opened 0', 'conference 60', 'crisis 60', 'conference 60', 'crisis 60', 'long-interruption 70', 'remind-report 110', 'report-overdue 120', 'action-overdue 180', 'remind-report 230', 'progress-overdue 310', 'breach 5000', 'breached 5000', 'breached-client 5000', `rex-overdue ${235 + 7 * 1440}`,
    ]);
  });

  test("each progress report of a long interruption goes to the client's IT, once", () => {
    const life = new Life(openedAt(MONDAY, { targetMinutes: 5000 }), handling({ rules: SHIPPED_RULES, type: { breakdown: false } }));
    life.act({ kind: 'long-interruption-declared', cause: 'fire', note: '' });
    for (const minute of [30, 90]) {
      life.liveUntil(MONDAY + minute * MINUTE);
      life.act({ kind: 'progress-reported', text: `minute ${minute}` });
    }
    life.liveUntil(MONDAY + 3 * HOUR);
    expect(life.told().filter((each) => each.startsWith('progress'))).toEqual(['progress 30', 'progress 90']);
    expect(SHIPPED_RULES.rules.find(({ id }) => id === 'progress')?.recipients).toContainEqual({ kind: 'party', party: 'client' });
  });

  test('that service is back is told to every party, however late somebody says so', () => {
    const log = logOf([openedAt(MONDAY), act(MONDAY + 10 * MINUTE, { kind: 'resolved', note: '' })]);
    const nowMs = MONDAY + 5 * DAY;
    const keys = (recordedAtMs: number): string[] => dutiesOf(foldIncident(log.map((event) => (event.body.kind === 'resolved' ? { ...event, recordedAtMs } : event))), handling({ rules: SHIPPED_RULES }), nowMs).map(({ key }) => key);
    expect(keys(nowMs - HOUR)).toEqual([`tell resolved ${MONDAY + 10 * MINUTE}`]);
    expect(keys(MONDAY + HOUR)).toEqual([]);
  });

  test('a rule that is made today says nothing of last week, and one that is switched off nothing at all', () => {
    const life = new Life(openedAt(MONDAY, { targetMinutes: 5000 }), handling({ type: { breakdown: false } }));
    life.liveUntil(MONDAY + 2 * DAY);
    const rules = (on: boolean): RuleSet => ruleSetSchema.parse({ contacts: [], onCall: [], rules: [{ id: 'neuf', labelFr: 'n', labelEn: 'n', on, moment: 'opened', recipients: [] }] });
    expect(dutiesOf(life.incident, { ...life.with, rules: rules(true) }, life.nowMs)).toEqual([]);
    const [duty] = dutiesOf(life.incident, { ...life.with, rules: rules(true) }, MONDAY + HOUR);
    expect(duty?.key).toBe('tell neuf ');
    expect(dutiesOf(life.incident, { ...life.with, rules: rules(false) }, MONDAY + HOUR)).toEqual([]);
  });
});

describe('months of incidents', () => {
  const office: Calendar = { id: 'bureau', zone: 'Europe/Paris', weekdays: Object.fromEntries(['1', '2', '3', '4', '5', '6', '7'].map((day) => [day, [{ from: '00:30', to: '12:00' }, { from: '13:00', to: '22:00' }]])), holidays: ['2026-05-01'] };

  test.each([['Europe/Paris', office], ['Africa/Douala', { ...office, zone: 'Africa/Douala' }], ['no calendar', null]] as const)('%s: every duty exactly once, when it is due, whatever people do and however long the program is away', (_, calendar) => {
    const random = seeded(20260329);
    const kinds: Record<string, number> = {};
    // From March to November: the clocks change twice.
    for (let start = Date.parse('2026-03-26T18:00:00Z'); start < Date.parse('2026-11-01T00:00:00Z'); start += Math.floor((5 + random() * 5) * DAY)) {
      const life = new Life(openedAt(start, { targetMinutes: 10 + Math.floor(random() * 3000), severity: random() < 0.5 ? 1 : 3 }), handling({ rules: SHIPPED_RULES, calendar }));
      const away: [number, number][] = [];
      while (life.nowMs < start + 3 * DAY) {
        const from = life.nowMs;
        const rest = Math.floor((random() < 0.8 ? random() * 3 * HOUR : random() * 1.5 * DAY) / 1000) * 1000 + 1000;
        if (random() < 0.1) {
          away.push([from, from + rest]);
          life.nowMs += rest;
          life.look();
        } else life.liveUntil(from + rest);
        doSomething(life, random);
        life.look();
        if (dutiesOf(life.incident, life.with, life.nowMs).length > 0) throw new Error('something is still due');
      }
      expect(contradictionsOf(logOf(life.events))).toEqual([]);
      expect(new Set(life.done.map(({ key }) => key)).size).toBe(life.done.length);
      for (const { kind, atMs, dueAtMs } of life.done) {
        kinds[kind] = (kinds[kind] ?? 0) + 1;
        // On time, unless the program was away, or a person only said or did then what makes it due.
        const caused = life.events.some((event) => event.by !== 'vigie' && event.atMs <= atMs && atMs - event.atMs < 1);
        expect(atMs === dueAtMs || caused || away.some(([from, to]) => from <= dueAtMs && atMs <= to)).toBe(true);
      }
      const { incident } = life;
      const clock = targetClock({ ...incident, breachNotedAtMs: null }, calendar, life.nowMs);
      expect(incident.breachNotedAtMs).toBe(clock.breachedAtMs);
      const lasted = (incident.reopenings[0]?.resolvedAtMs ?? incident.resolvedAtMs ?? Infinity) - incident.detectedAtMs;
      const mustMeet = lasted > HOUR && away.every(([from]) => from > start + HOUR);
      expect(incident.conferences.length).toBeGreaterThanOrEqual(mustMeet ? 1 : 0);
      expect(incident.conferences.length).toBeLessThanOrEqual(1);
    }
    for (const kind of ['warn', 'breach', 'conference', 'crisis', 'remind-report', 'tell']) expect(kinds[kind]).toBeGreaterThan(10);
  });
});

function doSomething(life: Life, random: () => number): void {
  const { incident } = life;
  const crisis = incident.crisis?.endedAtMs === null ? incident.crisis : null;
  const choices: IncidentBody[] = [
    { kind: 'acknowledged', note: '' }, { kind: 'mitigated', note: '' }, { kind: 'clock-paused', reason: 'x' }, { kind: 'clock-resumed', note: '' }, { kind: 'clock-resumed', note: '' }, { kind: 'commented', text: 'x' },
    { kind: 'action-added', action: randomUUID(), list: 'plan', text: 'x', owner: 'Awa', dueAt: new Date(life.nowMs + Math.floor(random() * DAY)).toISOString() },
    ...(random() < 0.3 ? [{ kind: 'resolved', note: '' } as const, { kind: 'reopened', reason: 'x' } as const, { kind: 'closed', note: '' } as const] : []),
    ...(crisis ? [{ kind: 'crisis-report', hour: Math.max(1, Math.round((life.nowMs - crisis.openedAtMs) / HOUR)), text: 'x' } as const, { kind: 'crisis-ended', note: '' } as const] : []),
  ];
  const chosen = choices[Math.floor(random() * choices.length)];
  if (chosen) life.act(chosen);
}

/** Mulberry32. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
