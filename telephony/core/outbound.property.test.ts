import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MemoryContacts, type MemoryContact } from '../dialer/memory-contacts.ts';
import { STANDARD_PEOPLE } from '../dialer/called-people.ts';
import { outboundSchema } from '../outbound-configuration.ts';
import type { Line } from '../media.ts';
import { END_REASONS } from '../rows.ts';
import { DID, outboundFloor, OUTBOUND_QUEUE, someContacts, type OutboundFloor } from '../testing/outbound-floor.ts';
import { agent } from '../testing/configuration.ts';
import { START_MS } from '../testing/floor.ts';

const AGENTS = 4;
const HOUR_MS = 3_600_000;
const MODES = ['manual', 'preview', 'progressive', 'predictive'] as const;
const ZONES = ['Europe/Paris', 'Asia/Tokyo', 'America/New_York', 'Africa/Douala'] as const;
/** Monday to Friday 10-13 and 14-20 h by the called party's clock, but on the Tuesday. */
const calendar = { id: 'jour', zone: 'Europe/Paris', weekdays: Object.fromEntries(['1', '2', '3', '4', '5'].map((day) => [day, [{ from: '10:00', to: '13:00' }, { from: '14:00', to: '20:00' }]])), holidays: ['2026-01-06'] };

const action = fc.record({ what: fc.nat(11), who: fc.nat(AGENTS - 1), which: fc.nat(49), waitMs: fc.oneof(fc.constant(0), fc.nat(4000), fc.nat(60_000), fc.nat(3 * HOUR_MS)) });
const life = fc.record({
  seed: fc.nat(1000), mode: fc.nat(3), level: fc.constantFrom(1, 3, 8), detection: fc.boolean(), e1Links: fc.constant(1), maximumLines: fc.constantFrom(null, 2, 7),
  contacts: fc.constantFrom(0, 5, 60, 200), forbidden: fc.array(fc.nat(199), { maxLength: 20 }), attempts: fc.constantFrom(1, 2, 4), skew: fc.oneof(fc.nat(23), fc.constantFrom(1, 6, 7)), hasty: fc.boolean(),
  actions: fc.array(action, { maxLength: 60, size: 'max' }),
});
type Life = typeof life extends fc.Arbitrary<infer Value> ? Value : never;

interface Lived { floor: OutboundFloor; contacts: readonly MemoryContact[]; broken: string[]; seen: Set<string>; lines: Line[]; forbiddenAtMs: Map<string, number> }

function live({ seed, mode, level, detection, e1Links, maximumLines, contacts: count, forbidden, attempts, skew, hasty, actions }: Life): Lived {
  // Some numbers stand twice in the file.
  const contacts = someContacts(count).map((contact, i) => ({ ...contact, zone: ZONES[i % 4] ?? ZONES[0], number: i % 17 === 16 ? '+33699999999' : contact.number, priority: i % 3 }));
  const doNotCall = forbidden.flatMap((i) => contacts[i]?.number ?? []);
  const forbiddenAtMs = new Map(doNotCall.map((number) => [number, 0]));
  const broken: string[] = [];
  const seen = new Set<string>();
  const lines: Line[] = [];
  const floor = outboundFloor({
    agents: AGENTS, seed, level, e1Links, contacts, doNotCall, startMs: START_MS + skew * HOUR_MS,
    behaviour: { ...STANDARD_PEOPLE, personShare: 0.5, talkMeanSeconds: 40, wrapupMeanSeconds: 10 },
    settings: { mode: MODES[mode] ?? 'predictive', machineDetection: detection, maximumLines, calendar: 'jour', attempts: [{ most: attempts, days: 2 }], recycling: { 'no-answer': { afterSeconds: 600, most: 3 }, busy: { afterSeconds: 60, most: 5 }, cancelled: { afterSeconds: 30, most: 9 } } },
    configuration: { calendars: [calendar], agents: Array.from({ length: AGENTS }, (_, i) => agent(i + 1, [[OUTBOUND_QUEUE, 5], [101, 5]])) },
    events: { dialed: (call) => void lines.push(call.line), nuisance: (call) => void (floor.clock.nowMs() - call.startedMs < 2000 && broken.push('a drop before 2 s')) },
  });
  const agents = Array.from({ length: AGENTS }, (_, i) => floor.automaton.agent(i + 1)).filter((view) => view !== null);
  for (const given of actions) {
    const { who, which } = given;
    // In haste, most is left to run, and it is cut in the middle of it.
    const what = hasty && given.what > 8 && which % 4 > 0 ? 7 : given.what;
    const waitMs = hasty ? given.waitMs % 15_000 : given.waitMs;
    const view = agents[who];
    if (!view) continue;
    const number = view.number;
    const command = (...args: Parameters<typeof floor.automaton.command>): void => void (floor.automaton.command(...args).ok && seen.add(args[0].kind));
    if (view.state === 'logged_out') command({ kind: 'login', agent: number });
    if (view.state === 'pause' && what < 9) command({ kind: 'ready', agent: number });
    else if (what === 0) command({ kind: 'dial-number', agent: number, campaign: DID, number: which < 10 ? `+3369900000${which}` : (contacts[which % Math.max(1, contacts.length)]?.number ?? '+33699000000') });
    else if (what === 1) command({ kind: 'hang-up', agent: number });
    else if (what === 2) command({ kind: 'skip-contact', agent: number });
    else if (what === 3) command({ kind: 'pause', agent: number, reason: 'pause' });
    else if (what === 4) command({ kind: 'change-dialing', supervisor: 'chef', campaign: DID, change: { mode: MODES[which % 4] ?? 'manual' } });
    else if (what === 5) command({ kind: which % 2 === 0 ? 'stop-campaign' : 'pause-campaign', supervisor: 'chef', campaign: DID });
    else if (what === 6) command({ kind: 'start-campaign', supervisor: 'chef', campaign: DID });
    else if (what === 7 && view.call) command({ kind: 'call-back', agent: number, callId: view.call.id, atMs: floor.clock.nowMs() + which * 60_000 + 1, own: which % 2 === 0 });
    else if (what === 8 && view.call) command({ kind: 'qualify', agent: number, callId: view.call.id, group: 0, num: which % 2 === 0 ? 100 : 91, detail: 0, comments: '' });
    else if (what === 9) command({ kind: 'logout', agent: number });
    else if (what === 10 && view.state === 'talk') command({ kind: 'transfer', agent: number, mode: which % 2 === 0 ? 'blind' : 'consulted', to: { queue: 101 } });
    else if (what === 11 && contacts.length > 0) {
      const forbid = contacts[which % contacts.length]?.number ?? '';
      if (!forbiddenAtMs.has(forbid)) forbiddenAtMs.set(forbid, floor.clock.nowMs());
      floor.contacts.forbid(forbid);
    }
    const until = floor.clock.nowMs() + waitMs;
    for (let step = 0; step < 20 && floor.clock.nowMs() < until; step += 1) {
      floor.clock.run(Math.min(until, floor.clock.nowMs() + Math.max(700, waitMs / 20)));
      const problem = problemOf(floor, agents);
      if (problem) broken.push(problem);
    }
    floor.clock.run(until);
  }
  return { floor, contacts, broken, seen, lines, forbiddenAtMs };
}

function problemOf({ automaton, media }: OutboundFloor, agents: readonly NonNullable<ReturnType<OutboundFloor['automaton']['agent']>>[]): string | null {
  const held = new Set<object>();
  for (const view of agents) {
    const withCall = ['ringing', 'talk', 'hold', 'dialing'].includes(view.state);
    if (withCall !== (view.call !== null)) return `agent ${view.number} is ${view.state} ${view.call ? 'with' : 'without'} a call`;
    if ((view.state === 'preview') !== (view.preview !== null)) return `agent ${view.number} is ${view.state} and looks at ${view.preview ? 'a' : 'no'} contact`;
    if (!view.call) continue;
    if (held.has(view.call)) return `call ${view.call.number} is with two agents`;
    held.add(view.call);
  }
  const busy = media.occupation().reduce((sum, { busyChannels }) => sum + busyChannels, 0);
  return busy === automaton.openCalls ? null : `${busy} channels for ${automaton.openCalls} calls`;
}

function expectLawful({ floor, contacts, broken, forbiddenAtMs }: Lived, attempts: number): void {
  expect(broken).toEqual([]);
  const zoneOf = new Map(contacts.map(({ id, zone }) => [id, zone]));
  const startsOf = new Map<string, number[]>();
  for (const { atMs, number, contact } of floor.dials) {
    const forbidden = forbiddenAtMs.get(number);
    expect(forbidden !== undefined && atMs > forbidden).toBe(false);
    expect(isOpen(atMs, zoneOf.get(contact) ?? calendar.zone)).toBe(true);
    startsOf.set(number, [...(startsOf.get(number) ?? []), atMs]);
  }
  for (const starts of startsOf.values()) {
    for (const [i, startMs] of starts.entries()) expect((starts[i + attempts] ?? Infinity) - startMs).toBeGreaterThan(48 * HOUR_MS);
  }
}

/** As `Intl` sees it, not as the core does. */
function isOpen(atMs: number, timeZone: string): boolean {
  const text = new Intl.DateTimeFormat('en-GB', { timeZone, weekday: 'short', hour: '2-digit', hourCycle: 'h23', day: '2-digit' }).formatToParts(atMs);
  const part = (type: string): string => text.find((each) => each.type === type)?.value ?? '';
  const hour = Number(part('hour'));
  return !['Sat', 'Sun'].includes(part('weekday')) && part('day') !== '06' && hour >= 10 && hour < 20 && hour !== 13;
}

test('whoever is dialed may be dialed then, and every dial has one end', () => {
  const seen = new Set<string>();
  let dials = 0;
  fc.assert(fc.property(life, (given) => {
    const lived = live(given);
    const { floor } = lived;
    lived.seen.forEach((kind) => seen.add(kind));
    dials += floor.dials.length;
    floor.automaton.endDialing();
    for (const line of lived.lines) floor.media.callerHangsUp(line);
    for (let number = 1; number <= AGENTS; number += 1) for (const kind of ['hang-up', 'end-wrapup', 'logout'] as const) floor.automaton.command({ kind, agent: number });
    floor.after(2 * 3600);
    for (let number = 1; number <= AGENTS; number += 1) for (const kind of ['cancel-transfer', 'hang-up', 'end-wrapup', 'logout'] as const) floor.automaton.command({ kind, agent: number });
    floor.after(2 * 3600);
    expectLawful(lived, given.attempts);
    const calls = floor.calls();
    const { counters } = floor.automaton;
    expect([calls.length, counters.dialed, counters.ended]).toEqual([floor.dials.length, floor.dials.length, floor.dials.length]);
    expect(calls.filter((row) => row.Abandon === null || row.EndReason === END_REASONS.inProgress || row.CallType !== 2)).toEqual([]);
    expect(calls.filter(({ Abandon }) => Abandon === 1)).toHaveLength(counters.nuisance);
    expect(calls.filter(({ FirstAgent, Abandon }) => FirstAgent !== 0 && Abandon === 1)).toEqual([]);
    expect(floor.legs().filter(({ CallType, Outcome, LeftUniversalTime }) => CallType !== 2 || Outcome === 'in-progress' || LeftUniversalTime === null)).toEqual([]);
    expect(floor.contacts.states(DID).taken ?? 0).toBe(0);
    expect(Object.values(floor.automaton.queueCounters(101) ?? {}).some((count) => count > 0)).toBe(false);
  }), { numRuns: 50, seed: 20260105, endOnFailure: true });
  expect(dials).toBeGreaterThan(500);
  expect([...seen].sort()).toEqual(['call-back', 'change-dialing', 'dial-number', 'hang-up', 'login', 'logout', 'pause', 'pause-campaign', 'qualify', 'ready', 'skip-contact', 'start-campaign', 'stop-campaign', 'transfer']);
}, 60_000);

test('a core that is cut anywhere leaves nothing in progress, and the next one dials nobody twice for it', () => {
  let cut = 0;
  fc.assert(fc.property(life, (given) => {
    const { floor, contacts } = live({ ...given, attempts: 1, hasty: true, skew: 5 + (given.skew % 4) });
    cut += floor.automaton.openCalls;
    const closing = floor.automaton.closingRows();
    const open = new Set(floor.calls().filter(({ Abandon }) => Abandon === null).map(({ ID }) => ID));
    const closed = new Map(closing.flatMap(({ kind, row }) => (kind === 'od-calls' ? [[row.ID, row] as const] : [])));
    for (const id of open) expect(closed.get(id)).toMatchObject({ CallType: 2, EndReason: END_REASONS.interrupted });
    // The floor dies here; the file's side lives on.
    const before = floor.contacts;
    const next = outboundFloor({
      agents: AGENTS, contacts: [], port: before, startMs: floor.clock.nowMs(), settings: { mode: 'progressive', calendar: 'jour' }, configuration: { calendars: [calendar] },
    });
    expect(before.states(DID).taken ?? 0).toBe(0);
    next.ready(1, 2, 3, 4);
    next.after(6 * 3600);
    const first = new Set(floor.dials.map(({ number }) => number));
    // One attempt in two days: whoever was dialed before the cut is not dialed after it.
    expect(next.dials.filter(({ number }) => first.has(number))).toEqual([]);
    const states = before.states(DID);
    expect(Object.values(states).reduce((sum, count) => sum + count, 0)).toBe(contacts.length);
  }), { numRuns: 30, seed: 20260106, endOnFailure: true });
  expect(cut).toBeGreaterThan(20);
}, 60_000);

test('a store that is away, slow, or answers after the campaign was stopped loses no contact', () => {
  const memory = new MemoryContacts({ [DID]: { settings: outboundSchema.parse({ mode: 'progressive', callerNumber: '1' }), calendar: null, contacts: someContacts(100) } });
  const late: (() => void)[] = [];
  let away = true;
  const floor = outboundFloor({
    agents: 2, settings: { mode: 'progressive' },
    port: {
      begin: (atMs) => memory.begin(atMs), giveBack: (...args) => memory.giveBack(...args), report: (attempt) => memory.report(attempt), skip: (...args) => memory.skip(...args), onWithdrawn: (listener) => memory.onWithdrawn(listener), takeNumber: (...args) => memory.takeNumber(...args),
      take: (request, answer) => (away ? answer(null) : void late.push(() => memory.take(request, answer))),
    },
  });
  floor.ready(1, 2);
  floor.after(30);
  expect(floor.dials).toHaveLength(0);
  away = false;
  floor.after(10);
  expect(late).toHaveLength(1);
  late.pop()?.();
  floor.after(1);
  expect(floor.dials).toHaveLength(2);
  floor.after(600);
  floor.automaton.command({ kind: 'stop-campaign', supervisor: 'chef', campaign: DID });
  late.pop()?.();
  floor.after(120);
  expect(memory.states(DID).taken).toBeUndefined();
});
