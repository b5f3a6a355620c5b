interface Place { byQuarter: boolean; at: number; tenant: string; site: string; campaign: string; medium: string; queue: string; agent: string }
/** A call, or a leg of one, as the definitions speak of it. */
export interface Contact extends Place {
  kind: 'contact';
  offered: boolean; closed: boolean; ivrOnly: boolean; ivrResolved: boolean; queued: boolean; answered: boolean; abandoned: boolean;
  noAgent: boolean; overflowed: boolean; rerouted: boolean; wait: number; totalWait: number; target: number; short: number;
  done: boolean; talk: number; hold: number; wrapup: number; transferred: boolean; agentHungUp: boolean; taken: boolean; refused: boolean;
}
export interface Slice extends Place { kind: 'slice'; state: string; ms: number; productive: boolean }
export interface Outcome extends Place { kind: 'outcome'; reached: boolean; qualified: boolean; outcome: string }
/** An outbound call; its result in a word, '' while nothing is known. */
export interface Dial extends Place { kind: 'dial'; result: string; over: boolean; talk: number }
export interface Repeat extends Place { kind: 'repeat'; hours: number }
export type Item = Contact | Slice | Outcome | Dial | Repeat;

export interface Formula { over: 'calls' | 'slices' | 'agents' | 'outcomes' | 'dials' | 'dialOutcomes' | 'repeats'; callsOnly?: boolean; value: (items: Item[]) => number | null }

type Test<T> = (item: T) => boolean;
const count = <T>(items: T[], test: Test<T>): number => items.filter((item) => test(item)).length;
const total = <T>(items: T[], value: (item: T) => number, test: Test<T> = () => true): number => items.reduce((sum, item) => sum + (test(item) ? value(item) : 0), 0);
const ratio = (above: number, below: number): number | null => (below === 0 ? null : above / below);

const contacts = (items: Item[]): Contact[] => items.filter((item) => item.kind === 'contact');
const calls = (value: (items: Contact[]) => number | null, callsOnly = false): Formula => ({ over: 'calls', callsOnly, value: (items) => value(contacts(items)) });
const agents = (value: (items: Contact[]) => number | null): Formula => ({ over: 'agents', value: (items) => value(contacts(items)) });
const time = (value: (ms: (state: string) => number, logged: number, taken: number, productive: number) => number | null): Formula => ({
  over: 'slices',
  value: (items) => {
    const slices = items.filter((item) => item.kind === 'slice');
    return value((state) => total(slices, (slice) => slice.ms, (slice) => slice.state === state), total(slices, (slice) => slice.ms),
      count(contacts(items), (contact) => contact.taken), total(slices, (slice) => slice.ms, (slice) => slice.state === 'pause' && slice.productive));
  },
});
const outcomes = (value: (items: Outcome[]) => number | null): Formula => ({ over: 'outcomes', value: (items) => value(items.filter((item) => item.kind === 'outcome')) });
const dials = (value: (items: Dial[]) => number | null): Formula => ({ over: 'dials', value: (items) => value(items.filter((item) => item.kind === 'dial')) });
const ended = (...results: string[]): Formula => dials((all) => count(all, ({ result }) => results.includes(result)));
const dialOutcomes = (value: (items: Outcome[]) => number | null): Formula => ({ ...outcomes(value), over: 'dialOutcomes' });
const repeats = (hours: number): Formula => ({
  over: 'repeats', callsOnly: true,
  value: (items) => { const known = items.filter((item) => item.kind === 'repeat'); return ratio(count(known, (call) => call.hours <= hours), known.length); },
});

const queued: Test<Contact> = (item) => item.queued;
const answered: Test<Contact> = (item) => item.answered;
const abandoned: Test<Contact> = (item) => item.abandoned;
const done: Test<Contact> = (item) => item.done;
const inTarget: Test<Contact> = (item) => item.answered && item.wait <= item.target;
const goneInTarget: Test<Contact> = (item) => item.abandoned && item.wait <= item.target;
const goneShort: Test<Contact> = (item) => item.abandoned && item.wait <= item.short;
const goneLate: Test<Contact> = (item) => item.abandoned && item.wait > item.short;
const positive: Test<Outcome> = (item) => item.outcome === 'positive' || item.outcome === 'appointment';
const argued: Test<Outcome> = (item) => item.outcome === 'argued' || positive(item);
const wasReached: Test<Dial> = ({ result }) => result === 'passed' || result === 'nuisance';
const talked: Test<Dial> = ({ result, over }) => result === 'passed' && over;

/** The wait that nine of ten do not exceed, among waits rounded as the histogram says. */
function percentile(items: Contact[]): number | null {
  const waits = items.filter((item) => item.queued).map(({ wait }) => {
    if (wait < 120) return wait;
    return wait < 600 ? Math.floor(wait / 10) * 10 + 5 : Math.min(Math.floor(wait / 60) * 60 + 30, 7170);
  }).toSorted((a, b) => a - b);
  return waits[Math.ceil((waits.length * 9) / 10) - 1] ?? null;
}

export const FORMULAS: Record<string, Formula> = {
  'offered': calls((all) => count(all, (item) => item.offered)),
  'out-of-hours': calls((all) => count(all, (item) => item.closed)),
  'ivr-only': calls((all) => count(all, (item) => item.ivrOnly), true),
  'ivr-containment': calls((all) => ratio(count(all, (item) => item.ivrResolved), count(all, (item) => !item.closed)), true),
  'queued': calls((all) => count(all, queued)),
  'answered': calls((all) => count(all, answered)),
  'answered-in-target': calls((all) => count(all, inTarget)),
  'abandoned': calls((all) => count(all, abandoned)),
  'abandoned-in-target': calls((all) => count(all, goneInTarget)),
  'short-abandoned': calls((all) => count(all, goneShort)),
  'net-abandoned': calls((all) => count(all, goneLate)),
  'no-agent': calls((all) => count(all, (item) => item.noAgent)),
  'overflowed': calls((all) => count(all, (item) => item.overflowed)),
  'rerouted': calls((all) => count(all, (item) => item.rerouted)),
  'abandonment-rate': calls((all) => ratio(count(all, abandoned), count(all, queued))),
  'abandonment-rate-b': calls((all) => ratio(count(all, goneLate), count(all, queued) - count(all, goneShort))),
  'abandonment-rate-c': calls((all) => ratio(count(all, abandoned), count(all, answered) + count(all, abandoned))),
  'service-level': calls((all) => ratio(count(all, inTarget), count(all, queued))),
  'service-level-b': calls((all) => ratio(count(all, inTarget), count(all, queued) - count(all, goneInTarget))),
  'service-level-c': calls((all) => ratio(count(all, inTarget) + count(all, goneInTarget), count(all, queued))),
  'service-level-d': calls((all) => ratio(count(all, inTarget), count(all, queued) - count(all, goneShort))),
  'service-level-e': calls((all) => ratio(count(all, inTarget), count(all, answered))),
  'answer-rate': calls((all) => ratio(count(all, answered), count(all, queued))),
  'asa': calls((all) => ratio(total(all, (item) => item.wait, answered), count(all, answered))),
  'asa-total': calls((all) => ratio(total(all, (item) => item.totalWait, answered), count(all, answered)), true),
  'average-wait': calls((all) => ratio(total(all, (item) => item.wait, queued), count(all, queued))),
  'longest-wait': calls((all) => all.filter((item) => item.queued).reduce<number | null>((longest, item) => Math.max(longest ?? 0, item.wait), null)),
  'wait-p90': calls(percentile),
  'time-to-abandon': calls((all) => ratio(total(all, (item) => item.wait, abandoned), count(all, abandoned))),
  'time-to-abandon-net': calls((all) => ratio(total(all, (item) => item.wait, goneLate), count(all, goneLate))),
  'average-talk': calls((all) => ratio(total(all, (item) => item.talk, done), count(all, done))),
  'average-hold': calls((all) => ratio(total(all, (item) => item.hold, done), count(all, done))),
  'average-hold-held': calls((all) => ratio(total(all, (item) => item.hold, done), count(all, (item) => item.done && item.hold > 0))),
  'average-wrapup': calls((all) => ratio(total(all, (item) => item.wrapup, done), count(all, done))),
  'average-handle': calls((all) => ratio(total(all, (item) => item.talk + item.hold + item.wrapup, done), count(all, done))),
  'transfer-rate': calls((all) => ratio(count(all, (item) => item.done && item.transferred), count(all, done))),
  'agent-hangup-rate': calls((all) => ratio(count(all, (item) => item.done && item.agentHungUp), count(all, done))),
  'repeat-rate-24h': repeats(24),
  'repeat-rate-7d': repeats(168),
  'logged-time': time((_ms, logged) => logged / 1000),
  'ready-time': time((ms) => ms('ready') / 1000),
  'talk-time': time((ms) => ms('talk') / 1000),
  'hold-time': time((ms) => ms('hold') / 1000),
  'wrapup-time': time((ms) => ms('wrapup') / 1000),
  'ringing-time': time((ms) => ms('ringing') / 1000),
  'pause-time': time((ms) => ms('pause') / 1000),
  'productive-pause-time': time((_ms, _logged, _taken, productive) => productive / 1000),
  'occupancy': time((ms) => { const busy = ms('talk') + ms('hold') + ms('wrapup'); return ratio(busy, busy + ms('ready')); }),
  'utilisation': time((ms, logged) => ratio(ms('talk') + ms('hold') + ms('wrapup'), logged)),
  'pause-rate': time((ms, logged) => ratio(ms('pause'), logged)),
  'contacts-per-hour': time((_ms, logged, taken) => ratio(taken, logged / 3_600_000)),
  'contacts-per-productive-hour': time((ms, logged, taken) => ratio(taken, (logged - ms('pause')) / 3_600_000)),
  'talk-minutes-per-hour': time((ms, logged) => ratio(ms('talk') / 60_000, (logged - ms('pause')) / 3_600_000)),
  'agent-contacts': agents((all) => count(all, (item) => item.taken)),
  'offers': agents((all) => count(all, (item) => item.taken || item.refused)),
  'agent-no-answer-rate': agents((all) => ratio(count(all, (item) => item.refused), count(all, (item) => item.taken || item.refused))),
  'qualified': outcomes((all) => count(all, (item) => item.qualified)),
  'argued': outcomes((all) => count(all, argued)),
  'positive': outcomes((all) => count(all, positive)),
  'conversion': outcomes((all) => ratio(count(all, positive), count(all, argued))),
  'dial-attempts': dials((all) => all.length),
  'reached': ended('passed', 'nuisance'),
  'contact-rate': dials((all) => ratio(count(all, wasReached), all.length)),
  'passed': ended('passed'),
  'nuisance-calls': ended('nuisance'),
  'nuisance-rate': dials((all) => ratio(count(all, ({ result }) => result === 'nuisance'), count(all, wasReached))),
  'machines': ended('machine'),
  'dial-busy': ended('busy'),
  'dial-invalid': ended('invalid'),
  'dial-no-answer': ended('no-answer'),
  'dial-average-talk': dials((all) => ratio(total(all, ({ talk }) => talk, talked), count(all, talked))),
  'dial-argued': dialOutcomes((all) => count(all, argued)),
  'dial-positive': dialOutcomes((all) => count(all, positive)),
  'appointments': dialOutcomes((all) => count(all, ({ outcome }) => outcome === 'appointment')),
  'dial-conversion': dialOutcomes((all) => ratio(count(all, positive), count(all, argued))),
  'dialing-time': time((ms) => (ms('preview') + ms('dialing')) / 1000),
  'wait-between-calls': time((ms, _logged, taken) => ratio((ms('ready') + ms('preview') + ms('dialing')) / 1000, taken)),
  'conversion-reached': outcomes((all) => ratio(count(all, positive), count(all, (item) => item.reached))),
};
