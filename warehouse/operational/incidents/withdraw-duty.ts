import { dutyEvent, type Duty, type Handling, type Telling } from './duty.ts';
import type { Incident } from './incident.ts';
import { recipientsOf } from './recipients.ts';

const DAY = 86_400_000;

/** Says that a breach was none, to those too who were told of it; days later it is only written down. */
export function toWithdraw(incident: Incident, handling: Handling, nowMs: number): Duty[] {
  const { number, breachWithdrawn, timeline } = incident;
  if (!breachWithdrawn) return [];
  const { notedAtMs, endedAtMs } = breachWithdrawn;
  const key = withdrawKey(endedAtMs);
  const { names, telling } = toldOfBreach(incident, handling, nowMs);
  const seconds = Math.max(1, Math.round((notedAtMs - endedAtMs) / 1000));
  const after = seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
  const [sentFr, sentEn] = names.length === 0 ? ['', ''] : [` Un message de dépassement était déjà parti à ${names.join(', ')}.`, ` A message of the breach had gone to ${names.join(', ')} already.`];
  const writtenMs = timeline.findLast(({ body, atMs }) => body.kind === 'resolved' && atMs === endedAtMs)?.recordedAtMs ?? 0;
  const isNews = writtenMs + DAY > nowMs && telling.people.length + telling.webhooks.length > 0;
  return [{
    key, kind: 'withdraw', dueAtMs: notedAtMs, telling: isNews ? telling : null,
    events: [dutyEvent(number, key, nowMs, {
      kind: 'remarked',
      textFr: `Le dépassement du délai cible est retiré : la condition avait cessé avant l’échéance, ${after} avant qu’il soit noté.${sentFr}`,
      textEn: `The breach of the target is withdrawn: the condition had ended before the target passed, ${after} before the breach was noted.${sentEn}`,
    })],
  }];
}

/** @param endedAtMs when the condition had ended. */
export function withdrawKey(endedAtMs: number): string {
  return `withdraw ${endedAtMs}`;
}

/** By name as the log has it; as people and webhooks where the rules still have them. */
function toldOfBreach({ timeline, persons }: Incident, { rules }: Handling, nowMs: number): { names: string[]; telling: Telling } {
  const names = new Set<string>();
  const people = new Map<string, Telling['people'][number]>();
  const webhooks = new Set<string>();
  for (const { body } of timeline) {
    if (body.kind !== 'told' || body.moment !== 'breached') continue;
    for (const name of body.recipients) names.add(name);
    const rule = rules.rules.find(({ id }) => id === body.rule);
    const found = rule ? recipientsOf(rule, rules, { persons }, nowMs) : { people: [], webhooks: [] };
    for (const person of found.people) if (names.has(person.name)) people.set(person.id, person);
    for (const name of found.webhooks) if (names.has(name)) webhooks.add(name);
  }
  return { names: [...names].toSorted(), telling: { moment: 'breach-withdrawn', rule: null, level: 1, people: [...people.values()], webhooks: [...webhooks] } };
}
