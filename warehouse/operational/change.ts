import type { Insertable, Transaction } from 'kysely';
import type { Agent, Calendar, PauseReason, Queue } from '../../telephony/configuration.ts';
import type { StoreSchema } from './schema.ts';

/** What changes from an instant on (UTC ISO); what is not named stays. */
export interface QueueChange extends Partial<Omit<Queue, 'number' | 'tenant' | 'validFrom' | 'validTo'>> { number: number; from: string }
/** Only the limit: what a reason is called, and whether it is work, is the same in all its periods. */
export interface PauseReasonChange extends Pick<PauseReason, 'code' | 'limitSeconds'> { from: string }
export interface AgentChange extends Partial<Pick<Agent, 'name' | 'site' | 'teams' | 'skills'>> { number: number; from: string }

type Store = Transaction<StoreSchema>;

/** Ends the queue's period at `from` and begins the changed one; a period that begins there is changed itself. */
export async function changeQueueRow(store: Store, change: QueueChange): Promise<void> {
  const from = new Date(change.from);
  const { id, ...current } = (await periodAt(store, 'queues', change.number, from)) ?? unknown(`queue ${change.number}`, change.from);
  const changed: Insertable<StoreSchema['queues']> = {
    ...current,
    name: change.name ?? current.name,
    medium: change.medium ?? current.medium,
    priority: change.priority ?? current.priority,
    target_seconds: change.targetSeconds ?? current.target_seconds,
    target_service_level: change.targetServiceLevel ?? current.target_service_level,
    target_abandonment_rate: change.targetAbandonmentRate ?? current.target_abandonment_rate,
    short_abandon_seconds: change.shortAbandonSeconds ?? current.short_abandon_seconds,
    maximum_wait_seconds: change.maximumWaitSeconds === undefined ? current.maximum_wait_seconds : change.maximumWaitSeconds,
    overflow_queue: change.overflowQueue === undefined ? current.overflow_queue : change.overflowQueue,
    calendar: change.calendar === undefined ? current.calendar : change.calendar,
    no_agent_rule: change.noAgentRule ?? current.no_agent_rule,
    ring_timeout_seconds: change.ringTimeoutSeconds ?? current.ring_timeout_seconds,
    maximum_wrapup_seconds: change.maximumWrapupSeconds === undefined ? current.maximum_wrapup_seconds : change.maximumWrapupSeconds,
    ring_limit_seconds: change.ringLimitSeconds === undefined ? current.ring_limit_seconds : change.ringLimitSeconds,
    talk_limit_seconds: change.talkLimitSeconds === undefined ? current.talk_limit_seconds : change.talkLimitSeconds,
    hold_limit_seconds: change.holdLimitSeconds === undefined ? current.hold_limit_seconds : change.holdLimitSeconds,
    wrapup_limit_seconds: change.wrapupLimitSeconds === undefined ? current.wrapup_limit_seconds : change.wrapupLimitSeconds,
    valid_from: from,
  };
  if (current.valid_from?.getTime() === from.getTime()) await store.updateTable('queues').set(changed).where('id', '=', id).execute();
  else {
    await store.updateTable('queues').set({ valid_to: from }).where('id', '=', id).execute();
    await store.insertInto('queues').values(changed).execute();
  }
}

/** As {@link changeQueueRow}; teams and skills belong to the period. */
export async function changeAgentRow(store: Store, change: AgentChange): Promise<void> {
  const from = new Date(change.from);
  const { id, ...current } = (await periodAt(store, 'agents', change.number, from)) ?? unknown(`agent ${change.number}`, change.from);
  const teams = change.teams ?? (await store.selectFrom('agent_teams').select('team').where('agent_id', '=', id).orderBy('position').execute()).map((row) => row.team);
  const skills = change.skills ?? (await store.selectFrom('agent_skills').select(['queue', 'level']).where('agent_id', '=', id).execute());
  const changed = { ...current, name: change.name ?? current.name, site: change.site ?? current.site, valid_from: from };
  let period = id;
  if (current.valid_from?.getTime() === from.getTime()) {
    await store.updateTable('agents').set(changed).where('id', '=', id).execute();
    await store.deleteFrom('agent_teams').where('agent_id', '=', id).execute();
    await store.deleteFrom('agent_skills').where('agent_id', '=', id).execute();
  } else {
    await store.updateTable('agents').set({ valid_to: from }).where('id', '=', id).execute();
    period = (await store.insertInto('agents').values(changed).returning('id').executeTakeFirstOrThrow()).id;
  }
  if (teams.length > 0) await store.insertInto('agent_teams').values(teams.map((team, position) => ({ agent_id: period, position, team }))).execute();
  if (skills.length > 0) await store.insertInto('agent_skills').values(skills.map(({ queue, level }) => ({ agent_id: period, queue, level }))).execute();
}

/** As {@link changeQueueRow}. */
export async function changePauseReasonRow(store: Store, { code, limitSeconds, from: fromText }: PauseReasonChange): Promise<void> {
  const from = new Date(fromText);
  const { id, ...current } = (await pauseReasonAt(store, code, from)) ?? unknown(`pause reason ${code}`, fromText);
  if (current.valid_from?.getTime() === from.getTime()) await store.updateTable('pause_reasons').set({ limit_seconds: limitSeconds }).where('id', '=', id).execute();
  else {
    await store.updateTable('pause_reasons').set({ valid_to: from }).where('id', '=', id).execute();
    await store.insertInto('pause_reasons').values({ ...current, limit_seconds: limitSeconds, valid_from: from }).execute();
  }
}

/** A calendar has no periods: what it replaces is given back. */
export async function replaceCalendar(store: Store, { id, zone, weekdays, holidays }: Calendar): Promise<{ before: unknown }> {
  const before = await store.selectFrom('calendars').selectAll().where('id', '=', id).executeTakeFirst();
  const values = { zone, weekdays: JSON.stringify(weekdays), holidays: JSON.stringify(holidays) };
  await store.insertInto('calendars').values({ id, ...values }).onConflict((conflict) => conflict.column('id').doUpdateSet(values)).execute();
  return { before: before ?? null };
}

/** The row of a number that is valid at an instant. */
function periodAt<Table extends 'queues' | 'agents'>(store: Store, table: Table, number: number, at: Date) {
  return store.selectFrom<'queues' | 'agents'>(table).selectAll(table).where('number', '=', number)
    .where((row) => row.or([row('valid_from', 'is', null), row('valid_from', '<=', at)]))
    .where((row) => row.or([row('valid_to', 'is', null), row('valid_to', '>', at)]))
    .executeTakeFirst();
}

function pauseReasonAt(store: Store, code: string, at: Date) {
  return store.selectFrom('pause_reasons').selectAll().where('code', '=', code)
    .where((row) => row.or([row('valid_from', 'is', null), row('valid_from', '<=', at)]))
    .where((row) => row.or([row('valid_to', 'is', null), row('valid_to', '>', at)]))
    .executeTakeFirst();
}

function unknown(what: string, from: string): never {
  throw new Error(`${what} is not known at ${from}`);
}
