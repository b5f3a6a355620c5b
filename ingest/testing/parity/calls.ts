import type { Dice } from '../../../warehouse/kpi/test-support/dice.ts';
import type { RawCall, RawLeg } from '../../../warehouse/kpi/test-support/raw-rows.ts';
import { Book, clock, digits } from './book.ts';
import type { Row, Stage } from './book.ts';
import { CLOSED_BEFORE, bordersOf, isOneOfTheDays } from './days.ts';
import { TENANTS, siteOfCampaign, thresholdsOf } from './places.ts';

type Fate = 'answered' | 'abandoned' | 'overflowed' | 'no-agent' | 'closed' | 'interrupted' | 'ivr-left' | 'ivr-resolved' | 'waiting' | 'talking' | 'outbound' | 'internal';
const FATES: readonly Fate[] = [
  ...Array.from({ length: 12 }, () => 'answered' as const), 'abandoned', 'abandoned', 'abandoned', 'abandoned', 'overflowed', 'overflowed', 'no-agent', 'closed', 'interrupted',
  'ivr-left', 'ivr-resolved', 'waiting', 'talking', 'outbound', 'outbound', 'outbound', 'internal',
];
/** What became of a dial; `listened`: an agent had the call and told by its status that nobody was there. */
const DIALED = ['passed', 'passed', 'passed', 'passed', 'nuisance', 'nuisance', 'machine', 'listened', 'busy', 'invalid', 'no-answer', 'cancelled', 'given-up', 'interrupted', 'ringing'] as const;
const SYSTEM: Partial<Record<(typeof DIALED)[number], number>> = { nuisance: 89, machine: 93, busy: 90, invalid: 91, 'no-answer': 92, cancelled: 92, 'given-up': 92 };
type Leg = RawLeg & { left_at: number | null };

/** One call's life: what was true in the end, and the versions of its rows on their way. */
export function liveCall(dice: Dice, book: Book, day: number, number: number, before: RawCall | undefined): { call: RawCall; legs: RawLeg[] } {
  const { pick, chance, whole } = dice;
  const customer = pick([1, 1, 1, 1, 1, 1, 2, 2, 2, 77]);
  const tenant = TENANTS[customer] ?? '';
  const at = chance(0.05) && before ? before.started_at : chance(0.25) ? pick(bordersOf(day)) : day + whole(0, 86_399_999);
  const campaign = pick(tenant === 'ocm' ? ['800', '800', '801', '802', ''] : tenant === 'sereno' ? ['810', '800'] : ['800']);
  const place = { tenant, campaign, site: siteOfCampaign(tenant, campaign, at), medium: pick(['voice', 'voice', 'chat']) };
  const aQueue = (): string => pick(tenant === 'ocm' ? ['101', '101', '102', '103', '104'] : ['101']);
  const anAgent = (): string => pick(['1', '2', '3', '4', '9']);
  const id = `${whole(0, 9)}${number.toString(16).toUpperCase().padStart(31, '0')}`;
  const ivr = pick([0, 3, 12, 75]);
  const fate = pick(FATES);
  const dialed = fate === 'outbound' ? pick(DIALED) : null;
  const answeredDial = dialed === 'passed' || dialed === 'listened' || dialed === 'nuisance';
  const firstQueue = answeredDial && chance(0.8) ? aQueue() : ['ivr-left', 'ivr-resolved', 'outbound', 'internal'].includes(fate) || (fate === 'closed' && chance(0.5)) ? '' : aQueue();

  const legs: Leg[] = [];
  /** A stay in a queue, its offers that nobody took first; gives the instant at which it is over. */
  const visit = (from: number, queue: string, outcome: string): number => {
    const entered = from;
    let started = from;
    const add = (differs: Partial<Leg>): void => {
      legs.push({
        ...place, ...thresholdsOf(tenant, queue, started), site: siteOfCampaign(tenant, campaign, started), call_id: id, leg: legs.length + 1, visit: new Set(legs.map((leg) => leg.visit)).size + (legs.at(-1)?.entered_at === entered ? 0 : 1),
        direction: dialed ? 'outbound' : 'inbound', queue, agent: '', entered_at: entered, started_at: started, answered_at: null, left_at: null, outcome, wait_s: 0, talk_s: 0, hold_s: 0, wrapup_s: 0, transferred: false, ended_by_agent: false, ...differs,
      });
    };
    for (let offers = queue === '' ? 0 : pick([0, 0, 0, 0, 0, 1, 2]); offers > 0; offers -= 1) {
      const ring = whole(1, 20);
      add({ agent: anAgent(), outcome: 'rerouted', wait_s: ring, left_at: started + ring * 1000 });
      started += ring * 1000;
    }
    const { target_s, short_abandon_s } = thresholdsOf(tenant, queue, started);
    const wait = queue === '' || outcome === 'closed' ? 0 : pick([0, target_s, target_s + 1, short_abandon_s, short_abandon_s + 1, 119, 120, 599, 600, 7199, 7200, 9000, whole(0, 60), whole(0, 60), whole(0, 60), whole(0, 900), -whole(1, 9)]);
    const end = entered + Math.max(wait, 0) * 1000;
    if (outcome !== 'answered' && outcome !== 'talking') {
      add({ wait_s: wait, left_at: outcome === 'waiting' ? null : end, outcome: outcome === 'waiting' ? 'in-progress' : outcome });
      return end;
    }
    const over = outcome === 'answered';
    const costs = over ? { talk_s: whole(0, 900), hold_s: chance(0.3) ? whole(1, 90) : 0, wrapup_s: whole(0, 60) } : { talk_s: 0, hold_s: 0, wrapup_s: 0 };
    const left = end + (costs.talk_s + costs.hold_s) * 1000;
    add({ agent: anAgent(), outcome: over ? 'answered' : 'in-progress', wait_s: wait, answered_at: end, left_at: over ? left : null, ended_by_agent: over && chance(0.4), ...costs });
    return left;
  };
  const entered = at + ivr * 1000;
  let transferred = '';
  if (fate === 'answered') {
    const left = visit(entered, firstQueue, 'answered');
    if (chance(0.2)) {
      const passing = legs.at(-1);
      if (passing) passing.transferred = true;
      // To a queue, or to an agent without one.
      const to = chance(0.6) ? aQueue() : '';
      transferred = to === '' ? '4' : to;
      visit(left, to, 'answered');
    }
  } else if (answeredDial && firstQueue !== '') visit(entered, firstQueue, dialed === 'nuisance' ? 'abandoned' : 'answered');
  else if (fate === 'overflowed') visit(visit(entered, firstQueue, 'overflowed'), aQueue(), pick(['answered', 'abandoned', 'no-agent']));
  else if (firstQueue !== '') visit(entered, firstQueue, fate);

  const over = fate !== 'waiting' && fate !== 'talking' && dialed !== 'ringing';
  const taken = legs.filter((leg) => leg.answered_at !== null);
  const alone = dialed === 'passed' || dialed === 'listened' || fate === 'internal' ? anAgent() : '';
  const [first, last] = [taken[0]?.agent ?? alone, taken.at(-1)?.agent ?? alone];
  const fates = legs.filter((leg) => leg.outcome !== 'rerouted');
  const abandoned = fates.at(-1)?.outcome === 'abandoned' || dialed === 'nuisance';
  const answered = first !== '' && !abandoned;
  const sum = (of: (leg: Leg) => number): number => legs.reduce((total, leg) => total + of(leg), 0);
  const system = dialed === 'listened' ? pick([91, 93, 93, 96]) : dialed === null ? undefined : SYSTEM[dialed];
  const status = !over || dialed === 'interrupted' ? null : system !== undefined ? { group: 0, num: system, detail: 0 } : answered && chance(0.6) ? { group: 1, num: pick(dialed ? [1, 2, 3, 4] : [1, 2, 3]), detail: pick([0, 0, 7]) } : chance(0.8) ? { group: 0, num: abandoned ? 89 : 101, detail: 0 } : null;
  const qualified = (status?.group ?? 0) > 0;
  const person = whole(0, 70);
  const known = chance(0.8);
  const flag = (value: boolean): boolean | null => (over ? value : null);
  const [firstWait, laterWait] = [fates[0]?.wait_s ?? 0, fates[1]?.wait_s ?? 0];
  const call: RawCall = {
    ...place, call_id: id, started_at: at, row_state: over ? qualified ? 3 : 2 : 1, direction: fate === 'outbound' ? 'outbound' : fate === 'internal' ? 'type-9' : 'inbound',
    last_campaign: chance(0.1) ? '801' : campaign, first_queue: firstQueue, last_queue: fates.findLast((leg) => leg.queue !== '')?.queue ?? firstQueue, first_agent: first, last_agent: last,
    queued: firstQueue !== '' && fate !== 'closed' && (over || first !== ''), answered, closed: flag(fate === 'closed'), no_agent: flag(fates.some((leg) => leg.outcome === 'no-agent')), overflowed: flag(fate === 'overflowed'), abandoned: flag(abandoned),
    wait_s: Math.max(0, firstWait), total_wait_s: Math.max(0, firstWait + laterWait), talk_s: sum((leg) => leg.talk_s ?? 0), hold_s: sum((leg) => leg.hold_s ?? 0), wrapup_s: sum((leg) => leg.wrapup_s ?? 0),
    reroute_s: sum((leg) => (leg.outcome === 'rerouted' ? leg.wait_s ?? 0 : 0)), ...thresholdsOf(tenant, firstQueue, at), caller_key: known ? `person ${person}` : '', ivr_resolved: fate === 'ivr-resolved',
    transferred: transferred !== '' || first !== last, ended_by_agent: taken.at(-1)?.ended_by_agent ?? dialed === 'given-up', status_group: status?.group ?? null, status_num: status?.num ?? null, status_detail: status?.detail ?? null,
    end_reason: !over ? 0 : fate === 'ivr-resolved' ? 3 : dialed === 'cancelled' ? 11 : dialed === 'interrupted' ? 8 : 1,
  };

  const bit = (value: boolean | null): number | null => (value === null ? null : Number(value));
  const dressed = (agent: string): string | number | null => (agent === '' ? pick([0, null, 'S0', '']) : chance(0.3) ? `S${agent}` : Number(agent));
  const numbered = (queue: string | null): string | number | null => (queue === '' || queue === null ? pick([0, -1, '', null]) : Number(queue));
  const number9 = 612_000_000 + person;
  const row: Row = {
    ID: id, CustomerID: customer, CallType: fate === 'outbound' ? 2 : fate === 'internal' ? 9 : 1, ...started(dice, at), Medium: place.medium === 'voice' && chance(0.5) ? null : place.medium, IvrDuration: ivr,
    WaitDuration: firstWait, TotalWaitDuration: firstWait + laterWait, ConvDuration: call.talk_s, HoldDuration: call.hold_s, WrapupDuration: call.wrapup_s, RerouteDuration: call.reroute_s,
    ANI: known ? pick([`+33 ${number9}`, `0033${number9}`, `33${number9}`]) : pick(['', '06XXXXXX12', 'anonymous', '12', null]), FirstCampaign: campaign, LastCampaign: call.last_campaign, FirstQueue: numbered(firstQueue), LastQueue: numbered(call.last_queue),
    FirstAgent: dressed(first), LastAgent: dressed(last), LastTransfer: transferred, Closed: bit(call.closed), NoAgent: bit(call.no_agent), Overflow: bit(call.overflowed), Abandon: bit(call.abandoned),
    CallStatusGroup: call.status_group, CallStatusNum: call.status_num, CallStatusDetail: call.status_detail, EndByAgent: Number(call.ended_by_agent), EndReason: call.end_reason,
  };
  // On a closed day that may be opened again more is late.
  const late = (share: number): Stage => book.stageOf(day, day < CLOSED_BEFORE ? 3 * share : share, dice);
  // Told of at another time first, up to two days away.
  const displaced = chance(0.06) ? whole(-40 * 3_600_000, 40 * 3_600_000) : 0;
  const moved = isOneOfTheDays(at + displaced) ? displaced : 0;
  const nothing = { Closed: null, NoAgent: null, Overflow: null, Abandon: null, CallStatusGroup: null, CallStatusNum: null, CallStatusDetail: null, ConvDuration: 0, HoldDuration: 0, WrapupDuration: 0, EndReason: 0 };
  if (over && (moved !== 0 || chance(0.5))) book.write(late(0.03), 'od-calls', { ...row, ...nothing, ...started(dice, at + moved) });
  if (qualified && chance(0.5)) book.write(late(0.03), 'od-calls', { ...row, CallStatusGroup: 0, CallStatusNum: 101, WrapupDuration: 0 });
  const final = late(0.08);
  book.write(final, 'od-calls', row);
  if (chance(0.03)) book.repeat(final === 3 ? 3 : 2);
  for (const leg of legs) {
    const written = legRow(leg, customer, 0);
    const before = moved === 0 ? { ...written, Outcome: leg.answered_at === null ? 'in-progress' : 'answered', LeftUniversalTime: null, ConvDuration: 0, HoldDuration: 0, WrapupDuration: 0 } : legRow({ ...leg, outcome: 'in-progress' }, customer, moved);
    if (leg.left_at !== null && (moved !== 0 || chance(0.3))) book.write(late(0.03), 'legs', before);
    book.write(late(0.08), 'legs', written);
  }
  return { call, legs };
}

function legRow(leg: Leg, customer: number, moved: number): Row {
  const time = (at: number | null): string | null => (at === null ? null : clock(at + moved));
  return {
    CallID: leg.call_id, CustomerID: customer, ...leg.direction === 'outbound' ? { CallType: 2 } : {}, Leg: leg.leg, Visit: leg.visit, Queue: leg.queue === '' ? 0 : Number(leg.queue), Agent: leg.agent === '' ? 0 : Number(leg.agent), Campaign: leg.campaign, Medium: leg.medium,
    EnteredUniversalTime: time(leg.entered_at), StartedUniversalTime: time(leg.started_at), AnsweredUniversalTime: time(leg.answered_at), LeftUniversalTime: time(leg.left_at),
    // What is in progress and taken is written as answered without its end.
    Outcome: leg.outcome === 'in-progress' && leg.answered_at !== null && moved === 0 ? 'answered' : leg.outcome, WaitDuration: leg.wait_s, RingDuration: 0, ConvDuration: leg.talk_s, HoldDuration: leg.hold_s, WrapupDuration: leg.wrapup_s,
    Transferred: Number(leg.transferred), EndByAgent: Number(leg.ended_by_agent),
  };
}

/** The start in one of the forms that sources write. */
function started({ chance }: Dice, at: number): Row {
  if (at % 1000 === 0 && chance(0.3)) return { CallUniversalTime: '', CallUniversalTimeString: digits(at).slice(0, 14) };
  return { CallUniversalTime: chance(0.5) ? clock(at) : new Date(at).toISOString(), CallUniversalTimeString: digits(at).slice(0, 14) };
}
