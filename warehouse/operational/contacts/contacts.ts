import type pg from 'pg';
import { z } from 'zod';
import { heardInstead } from '../../../telephony/rows.ts';
import { readSqlFile } from '../../sql-files.ts';
import { fromE164, toE164 } from './e164.ts';
import { inTransaction } from './in-transaction.ts';
import { nextStep, type Outcome } from './next-step.ts';
import type { DialingRules } from './rules.ts';

export interface TakeRequest {
  campaign: string;
  /** Who takes them, and answers for them until the lease is over. */
  dialer: string;
  atMs: number;
  most: number;
  leaseMs: number;
  /** Agents at work: call-backs that they promised are among what may be taken. */
  agents: readonly number[];
  rules: DialingRules;
}

/** A contact that its taker dials, reports or gives back. */
export interface TakenContact {
  /** The Indice of the rows. */
  id: number;
  attempt: number;
  /** E.164. */
  number: string;
  secondNumber: string | null;
  name: string | null;
  language: string | null;
  zone: string;
  priority: number;
  /** Who promised to call; null = anyone may. */
  agent: number | null;
  /** Before this one. */
  attempts: number;
  fields: Record<string, string>;
}

/** An attempt of which more may be known elsewhere. */
export interface UnsettledAttempt {
  contact: number;
  campaign: string;
  tenant: string;
  /** E.164. */
  number: string;
  /** When it was taken, or else dialed. */
  startedMs: number;
  /** Null = its end is not known. */
  callId: string | null;
}

/** One number that an agent dials by hand. */
export interface NumberRequest extends Pick<TakeRequest, 'campaign' | 'dialer' | 'atMs' | 'leaseMs' | 'rules'> {
  tenant: string;
  /** E.164. */
  number: string;
  /** Where it is taken to be when it stands in no file. */
  zone: string;
}

export interface AttemptReport extends Omit<Outcome, 'sameResult' | 'status'> {
  /** 0 = a number of no file. */
  contact: number;
  number?: string;
  dialer: string;
  /** The call's id; the same again replaces what was said before. */
  callId: string;
  startedMs: number;
  agent: number | null;
  status: { group: number; num: number; detail: number } | null;
}

/** Rounds of a take in which contacts turn out not to be allowed, and others are looked for instead. */
const MOST_ROUNDS = 8;
/** When a number that another campaign is dialing right now is looked at again. */
const BUSY_ELSEWHERE_MS = 5 * 60_000;

const SQL = { take: readSqlFile('contacts/take.sql'), takeNumber: readSqlFile('contacts/take-number.sql'), forbidden: readSqlFile('contacts/forbidden.sql'), giveBack: readSqlFile('contacts/give-back.sql'), answers: readSqlFile('contacts/answers.sql'), unsettled: readSqlFile('contacts/unsettled.sql') };

const takenSchema = z.object({
  id: z.coerce.number(), attempt: z.coerce.number(), number: z.string(), second_number: z.string().nullable(), name: z.string().nullable(), language: z.string().nullable(),
  place: z.string(), priority: z.number(), agent: z.number().nullable(), attempts: z.number(), fields: z.record(z.string(), z.string()).nullable(),
});

/** Whom a dialer may dial, and what became of it. Safe with several dialers at once. */
export class Contacts {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  /**
   * Takes contacts that may be dialed now: within their hours, attempts and lock-outs, not on the do-not-call list. A number that is taken
   * is given to nobody else before it is reported or given back, or its lease is over and {@link expire} has said so.
   */
  take(request: TakeRequest): Promise<TakenContact[]> {
    return inTransaction(this.#pool, async (client) => {
      const allowed: number[] = [];
      for (let round = 0; round < MOST_ROUNDS && allowed.length < request.most; round++) {
        const tried = await this.#takeOnce(client, { ...request, most: request.most - allowed.length });
        allowed.push(...tried.allowed);
        if (tried.seen === 0) break;
      }
      return readTaken(client, allowed, anybodysBy(request));
    });
  }

  async #takeOnce(client: pg.PoolClient, { campaign, dialer, atMs, most, leaseMs, agents, rules }: TakeRequest): Promise<{ seen: number; allowed: number[] }> {
    const at = new Date(atMs);
    const { rows } = await client.query<{ attempt: string | null }>({
      name: 'take', text: SQL.take,
      values: [campaign, at, most, dialer, new Date(atMs + leaseMs), rules.hours === null ? null : JSON.stringify(rules.hours), JSON.stringify(rules.holidays), agents, new Date(atMs + BUSY_ELSEWHERE_MS), anybodysBy({ atMs, rules })],
    });
    const begun = rows.flatMap(({ attempt }) => (attempt === null ? [] : [Number(attempt)]));
    if (begun.length === 0) return { seen: rows.length, allowed: [] };
    const forbidden = await client.query<{ id: string; until: Date | number; listed: boolean }>({ name: 'forbidden', text: SQL.forbidden, values: [begun, at, JSON.stringify(rules.attempts), rules.lockoutSeconds] });
    const refused = new Set(forbidden.rows.map(({ id }) => Number(id)));
    if (refused.size > 0) await postpone(client, forbidden.rows);
    return { seen: rows.length, allowed: begun.filter((attempt) => !refused.has(attempt)) };
  }

  /** Takes this number, by the rules of {@link take} but for the hours; as the campaign's contact where its files have it, whatever is to come of that one. */
  takeNumber({ campaign, tenant, dialer, number, atMs, leaseMs, zone, rules }: NumberRequest): Promise<TakenContact | 'do-not-call' | 'busy' | 'not-now'> {
    return inTransaction(this.#pool, async (client) => {
      const at = new Date(atMs);
      const begun = await client.query<{ id: string; contact: string }>(SQL.takeNumber, [campaign, tenant, fromE164(number), at, dialer, new Date(atMs + leaseMs)]);
      const attempt = begun.rows[0];
      if (!attempt) return 'busy';
      const forbidden = await client.query<{ listed: boolean }>({ name: 'forbidden', text: SQL.forbidden, values: [[attempt.id], at, JSON.stringify(rules.attempts), rules.lockoutSeconds] });
      if (forbidden.rows[0]) {
        await client.query(SQL.giveBack, [[attempt.id]]);
        return forbidden.rows[0].listed ? 'do-not-call' : 'not-now';
      }
      const [known] = await readTaken(client, [Number(attempt.id)], at);
      return known ?? { id: 0, attempt: Number(attempt.id), number, secondNumber: null, name: null, language: null, zone, priority: 0, agent: null, attempts: 0, fields: {} };
    });
  }

  /** Contacts that were not dialed: as if they had never been taken. */
  async giveBack(attempts: readonly number[]): Promise<void> {
    await this.#pool.query(SQL.giveBack, [attempts]);
  }

  /** A dialer that is alive keeps what it has; what it was given and never heard of is not among it. */
  async renew(attempts: readonly number[], untilMs: number): Promise<void> {
    await this.#pool.query('update contact_attempts set lease_until = $2 where id = any($1::bigint[]) and ended_at is null and lease_until < $2', [attempts, new Date(untilMs)]);
  }

  /**
   * Ends as `interrupted` what a dialer that died had in its hands: by name, when it starts again, or every campaign's attempt whose
   * lease is over. They may have been dialed, so they count. Gives their number.
   */
  async interrupt(which: { dialer: string } | { leaseOverOf: string }, atMs: number, rulesOf: (campaign: string) => DialingRules): Promise<number> {
    return inTransaction(this.#pool, async (client) => {
      const at = new Date(atMs);
      const { rows } = 'dialer' in which
        ? await client.query<{ id: string; contact: string; campaign: string }>("select id, contact, campaign from contact_attempts where dialer = $1 and ended_at is null order by id for update", [which.dialer])
        : await client.query<{ id: string; contact: string; campaign: string }>('select id, contact, campaign from contact_attempts where campaign = $1 and ended_at is null and lease_until < $2 order by id for update skip locked', [which.leaseOverOf, at]);
      for (const { id, contact, campaign } of rows) {
        await client.query("update contact_attempts set ended_at = $2, result = 'interrupted' where id = $1", [id, at]);
        await moveContact(client, Number(contact), Number(id), { result: 'interrupted', endedMs: atMs, status: null, callBack: null }, rulesOf(campaign));
      }
      return rows.length;
    });
  }

  /** What a dialer has in its hands, and talks since then of which its agents have said nothing. */
  async unsettled(dialer: string, sinceMs: number): Promise<UnsettledAttempt[]> {
    const { rows } = await this.#pool.query<{ contact: string; campaign: string; tenant: string; number: string; started_at: Date; call_id: string | null }>(SQL.unsettled, [dialer, new Date(sinceMs)]);
    return rows.map(({ contact, campaign, tenant, number, started_at, call_id }) => ({ contact: Number(contact), campaign, tenant, number: toE164(number), startedMs: started_at.getTime(), callId: call_id }));
  }

  /**
   * Keeps what became of an attempt, and moves its contact on. Whom an agent had is told by the agent's status: a machine is a machine, and has its
   * rule. A report that comes after the lease, or again, replaces what stood there; false = nobody knows of such an attempt.
   */
  async report(report: AttemptReport, rules: DialingRules): Promise<boolean> {
    return inTransaction(this.#pool, async (client) => {
      const attempt = await attemptOf(client, report);
      if (attempt === null) return false;
      const { status } = report;
      const result = (report.result === 'passed' ? heardInstead(status) : null) ?? report.result;
      await client.query(
        'update contact_attempts set started_at = $2, ended_at = $3, result = $4, call_id = $5, agent = $6, status_group = $7, status_num = $8, status_detail = $9 where id = $1',
        [attempt, new Date(report.startedMs), new Date(report.endedMs), result, report.callId, report.agent, status?.group ?? null, status?.num ?? null, status?.detail ?? null]);
      await moveContact(client, report.contact, attempt, { ...report, result }, rules);
      return true;
    });
  }

  /** A contact that an agent in preview passed over: given back, and looked at again later. */
  async skip(attempt: number, untilMs: number): Promise<void> {
    await inTransaction(this.#pool, async (client) => {
      const { rows } = await client.query<{ contact: string; number: string }>('select contact, number from contact_attempts where id = $1 and ended_at is null', [attempt]);
      await client.query(SQL.giveBack, [[attempt]]);
      await client.query('update contacts set due_at = greatest(due_at, $3) where id = $1 and number = $2', [rows[0]?.contact ?? null, rows[0]?.number ?? null, new Date(untilMs)]);
    });
  }

  /** Numbers that a dialer holds and that nobody may dial any more. */
  async withdrawn(dialer: string): Promise<string[]> {
    const { rows } = await this.#pool.query<{ number: string }>('select number from contact_attempts as attempt join do_not_call using (tenant, number) where dialer = $1 and ended_at is null', [dialer]);
    return rows.map(({ number }) => toE164(number));
  }

  /**
   * Live answers and the nuisance calls among them, by campaign: minute of the epoch, answers, nuisance calls, and again. Of dials since an
   * instant, and of earlier ones of these ids.
   */
  async answersSince(sinceMs: number, calls: readonly string[] = []): Promise<Record<string, number[]>> {
    const { rows } = await this.#pool.query<{ campaign: string; minute: number; answers: number; nuisances: number }>(SQL.answers, [new Date(sinceMs), calls]);
    const answers: Record<string, number[]> = {};
    for (const { campaign, minute, answers: count, nuisances } of rows) (answers[campaign] ??= []).push(minute, count, nuisances);
    return answers;
  }

  /** Adds numbers that a tenant's campaigns must not dial; contacts that wait are excluded at once. Gives how many were new. */
  async forbid(tenant: string, numbers: readonly string[], source: string): Promise<number> {
    const sorted = [...new Set(numbers.map(fromE164))].sort((a, b) => a - b);
    return inTransaction(this.#pool, (client) => forbidNumbers(client, tenant, sorted, source));
  }
}

/** When a call-back must have been due for anybody to take it. */
function anybodysBy({ atMs, rules }: Pick<TakeRequest, 'atMs' | 'rules'>): Date {
  return new Date(atMs - rules.ownCallBackSeconds * 1000);
}

async function readTaken(client: pg.PoolClient, attempts: number[], anybodys: Date): Promise<TakenContact[]> {
  if (attempts.length === 0) return [];
  const { rows } = await client.query(
    `select contact.id, attempt.id as attempt, contact.number, second_number, name, language, zone.places[1] as place, priority, case when was_due_at > $2 then contact.agent end as agent, contact.attempts, fields
     from contact_attempts as attempt join contacts as contact on contact.number = attempt.number and contact.id = attempt.contact
     join contact_lanes as lane on lane.file = contact.file and lane.lane = contact.lane join calling_zones as zone on zone.zone = lane.zone
     where attempt.id = any($1::bigint[]) order by attempt.was = 'call-back' desc, priority desc, was_due_at, contact.id`, [attempts, anybodys]);
  return z.array(takenSchema).parse(rows).map((row) => ({
    id: row.id, attempt: row.attempt, number: toE164(row.number), secondNumber: row.second_number === null ? null : toE164(row.second_number), name: row.name, language: row.language,
    zone: row.place, priority: row.priority, agent: row.agent, attempts: row.attempts - 1, fields: row.fields ?? {},
  }));
}

/** They were not to be taken: they go back, and wait until they may be. */
async function postpone(client: pg.PoolClient, forbidden: { id: string; until: Date | number; listed: boolean }[]): Promise<void> {
  const ids = forbidden.map(({ id }) => id);
  const { rows } = await client.query<{ id: string; contact: string; number: string }>('select id, contact, number from contact_attempts where id = any($1::bigint[])', [ids]);
  await client.query(SQL.giveBack, [ids]);
  for (const { id, contact, number } of rows) {
    const reason = forbidden.find((entry) => entry.id === id);
    if (reason?.listed) await client.query("update contacts set state = 'excluded' where id = $1 and number = $2", [contact, number]);
    else await client.query('update contacts set due_at = $3 where id = $1 and number = $2', [contact, number, reason?.until]);
  }
}

/** The attempt that a report is about: known by its call, else under way, else given up when its lease was over. */
async function attemptOf(client: pg.PoolClient, { callId, contact, number, dialer }: AttemptReport): Promise<number | null> {
  const { rows } = await client.query<{ id: string }>(
    `select id from contact_attempts
     where call_id = $1 or (contact = $2 and ($2 <> 0 or number = $4) and dialer = $3 and call_id is null and (ended_at is null or result = 'interrupted'))
     order by call_id is null, ended_at is not null, id desc limit 1 for update`, [callId, contact, dialer, number === undefined ? null : fromE164(number)]);
  return rows[0] ? Number(rows[0].id) : null;
}

/** Only the newest attempt moves its contact, and none that has begun another meanwhile. */
async function moveContact(client: pg.PoolClient, contact: number, attempt: number, outcome: Omit<Outcome, 'sameResult'>, rules: DialingRules): Promise<void> {
  // What is no contact has nowhere to go, but for the do-not-call list.
  const { rows } = contact === 0 ? { rows: [] } : await client.query<{ same: number }>('select count(*)::integer as same from contact_attempts where contact = $1 and result = $2', [contact, outcome.result]);
  const next = nextStep(rules, { ...outcome, sameResult: rows[0]?.same ?? 0 });
  const [due, agent] = [next.state === 'follow-up' || next.state === 'call-back' ? new Date(next.dueMs) : null, next.state === 'call-back' ? next.agent : null];
  await client.query(
    `update contacts set state = $3, due_at = coalesce($4, due_at), agent = $5, reached = exists (select from contact_attempts where contact = $1 and result = 'passed')
     where id = $1 and last_attempt = $2 and number = (select number from contact_attempts where id = $2)`,
    [contact, attempt, next.state, due, agent]);
  if (next.state !== 'excluded') return;
  const { rows: numbers } = await client.query<{ tenant: string; number: string }>('select tenant, number from contact_attempts where id = $1', [attempt]);
  for (const { tenant, number } of numbers) await forbidNumbers(client, tenant, [number], 'agent');
}

async function forbidNumbers(client: pg.PoolClient, tenant: string, numbers: readonly (string | number)[], source: string): Promise<number> {
  const { rowCount } = await client.query('insert into do_not_call (tenant, number, source) select $1, number, $3 from unnest($2::bigint[]) as number on conflict do nothing', [tenant, numbers, source]);
  await client.query(
    "update contacts set state = 'excluded' from call_files as file where contacts.number = any($2::bigint[]) and contacts.state in ('new', 'follow-up', 'call-back') and file.id = contacts.file and file.tenant = $1",
    [tenant, numbers]);
  return rowCount ?? 0;
}
