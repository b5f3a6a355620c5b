import type pg from 'pg';
import { z } from 'zod';
import { readSqlFile } from '../../sql-files.ts';
import { copyText, copyValue, type ServerFiles } from './copy-text.ts';
import { inTransaction } from './in-transaction.ts';
import { readKnownNumbers, type KnownNumbers } from './known-numbers.ts';

/** A file of contacts, as it is known before its rows. */
export interface NewCallFile {
  campaign: string;
  tenant: string;
  name: string;
  format: 'csv' | 'xlsx';
  /** Of delimited text; it is written back in the same form. */
  delimiter: string | null;
  header: readonly string[];
  /** Field of a contact → column. */
  mapping: Readonly<Record<string, string>>;
  by: string;
}

/** A row that became no contact. */
export interface RejectedRow { line: number; reason: string; detail: string | null; cells: readonly string[] | null }

export const CONTACT_STATES = ['new', 'in-progress', 'call-back', 'follow-up', 'done', 'exhausted', 'excluded'] as const;
export type ContactState = (typeof CONTACT_STATES)[number];

/** A file with what has become of it. */
export interface CallFile extends NewCallFile {
  id: number;
  status: 'loading' | 'checked' | 'ready' | 'paused';
  /** rows = accepted + rejected. */
  rows: number;
  accepted: number;
  rejected: number;
  /** ISO, UTC. */
  loadedAt: string;
  /** Contacts by state; they add up to `accepted`. */
  states: Record<ContactState, number>;
  /** Contacts that were dialed at least once, and that were spoken to. */
  attempted: number;
  reached: number;
}

/** An import that was not touched for so long was killed. */
const LEFT_BEHIND = "status in ('loading', 'checked') and touched_at < now() - interval '10 minutes'";
/** Any fixed number: imports of one campaign compare in turn. */
const COMPARE_LOCK = 4_700_010;
const FOLD_FROM = 500;
const CONTACT_COLUMNS = 'contacts (file, lane, line, number, second_number, name, language, due_at, fields)';
const COMPARE = readSqlFile('contacts/compare.sql');

const fileSchema = z.object({
  id: z.number(), campaign: z.string(), tenant: z.string(), name: z.string(), format: z.enum(['csv', 'xlsx']), delimiter: z.string().nullable(),
  header: z.array(z.string()), mapping: z.record(z.string(), z.string()), status: z.enum(['loading', 'checked', 'ready', 'paused']),
  rows: z.number(), accepted: z.number(), rejected: z.number(), loaded_by: z.string(), loaded_at: z.date(), counts: z.record(z.string(), z.number()),
});
const reasonSchema = z.array(z.object({ reason: z.string(), rows: z.number(), examples: z.array(z.object({ line: z.number(), detail: z.string() })) }));
const rejectedSchema = z.array(z.object({ line: z.number(), reason: z.string(), detail: z.string().nullable(), cells: z.array(z.string()).nullable() }));

/** The files of contacts: their loading, their state at any time, and the rows that were refused. */
export class CallFiles {
  readonly #pool: pg.Pool;
  readonly #files: ServerFiles | null;

  constructor(pool: pg.Pool, files: ServerFiles | null) {
    this.#pool = pool;
    this.#files = files;
  }

  /** Begins a file; until {@link finish} nobody dials its contacts. Removes what killed imports left behind. */
  async begin(file: NewCallFile): Promise<number> {
    await this.#removeLeftBehind();
    const { rows } = await this.#pool.query<{ id: number }>(
      'insert into call_files (campaign, tenant, name, format, delimiter, header, mapping, loaded_by) values ($1, $2, $3, $4, $5, $6, $7, $8) returning id',
      [file.campaign, file.tenant, file.name, file.format, file.delimiter, JSON.stringify(file.header), JSON.stringify(file.mapping), file.by]);
    return z.number().parse(rows[0]?.id);
  }

  /** Contacts as lines of COPY's text format, the columns being those of {@link contactLine}. */
  addContacts(file: number, lines: string | Buffer): Promise<void> {
    return this.#copy(file, CONTACT_COLUMNS, lines);
  }

  addRejected(file: number, rows: readonly RejectedRow[]): Promise<void> {
    const lines = rows.map(({ line, reason, detail, cells }) => `${file}\t${line}\t${copyValue(reason)}\t${copyValue(detail)}\t${copyValue(cells === null ? null : JSON.stringify(cells))}\n`);
    return this.#copy(file, 'rejected_rows (file, line, reason, detail, cells)', lines.join(''));
  }

  /** What the rows of a new file can be compared with while they are read; null = too much, {@link compare} does it all. */
  known({ campaign, tenant }: Pick<NewCallFile, 'campaign' | 'tenant'>): Promise<KnownNumbers | null> {
    return readKnownNumbers(this.#pool, campaign, tenant);
  }

  /**
   * Compares the file with the campaign's others and with the do-not-call list, but for what its rows were compared with already; gives
   * the lines that were taken out, whose cells are not known yet.
   */
  async compare(file: number, { campaign, tenant, known = null }: Pick<NewCallFile, 'campaign' | 'tenant'> & { known?: Pick<KnownNumbers, 'files' | 'since'> | null }): Promise<number[]> {
    // A table that has just grown by a million rows looks small to the planner, and the embedded database never looks by itself.
    await this.#pool.query('analyze contacts (file, lane, number, due_at, state), do_not_call');
    return inTransaction(this.#pool, async (client) => {
      await client.query('select pg_advisory_xact_lock($1, hashtext($2))', [COMPARE_LOCK, campaign]);
      const { rows: others } = await client.query<{ id: number }>("select id from call_files where campaign = $1 and id <> $2 and status <> 'loading' and id <> all($3::integer[])", [campaign, file, known?.files ?? []]);
      const since = known?.since ?? '-infinity';
      const { rows: listed } = await client.query('select from do_not_call where tenant = $1 and added_at >= $2 limit 1', [tenant, since]);
      if (others.length + listed.length > 0) await client.query(COMPARE, [file, others.map(({ id }) => id), tenant, since]);
      await client.query("update call_files set status = 'checked', touched_at = now() where id = $1", [file]);
      const { rows } = await client.query<{ line: number }>('select line from rejected_rows where file = $1 and cells is null order by line', [file]);
      return rows.map(({ line }) => line);
    });
  }

  /** The cells of rows that {@link compare} took out: nothing is lost. */
  async keepCells(file: number, rows: readonly { line: number; cells: readonly string[] }[]): Promise<void> {
    await this.#pool.query(
      'update rejected_rows set cells = given.cells from (select * from unnest($2::integer[], $3::jsonb[]) as row (line, cells)) as given where file = $1 and rejected_rows.line = given.line',
      [file, rows.map(({ line }) => line), rows.map(({ cells }) => JSON.stringify(cells))]);
  }

  /** The file is dialed from now on. `lanes` are the zones and priorities of its contacts, by number from 0; `places` where a zone's people may be. */
  async finish(file: number, { rows, lanes, places }: { rows: number; lanes: readonly { zone: string; priority: number }[]; places: ReadonlyMap<string, readonly string[]> }): Promise<CallFile> {
    await inTransaction(this.#pool, async (client) => {
      for (const [zone, list] of places) await client.query('insert into calling_zones (zone, places) values ($1, $2) on conflict (zone) do update set places = excluded.places', [zone, list]);
      // A zone that the database does not know would fail every take: it fails here.
      await client.query('select now() at time zone place from calling_zones, unnest(places) as place where zone = any($1::text[])', [[...places.keys()]]);
      await client.query('insert into contact_lanes (file, zone, priority, lane) select $1, zone, priority, position - 1 from unnest($2::text[], $3::smallint[]) with ordinality as row (zone, priority, position)', [file, lanes.map(({ zone }) => zone), lanes.map(({ priority }) => priority)]);
      const { rows: counted } = await client.query<{ rejected: number }>('select count(*)::integer as rejected from rejected_rows where file = $1', [file]);
      const rejected = counted[0]?.rejected ?? 0;
      await client.query("insert into contact_counts (file, what, number) values ($1, 'new', $2)", [file, rows - rejected]);
      await client.query("update call_files set status = 'ready', rows = $2, accepted = $3, rejected = $4, touched_at = now() where id = $1", [file, rows, rows - rejected, rejected]);
    });
    return this.show(file);
  }

  /** Files, the newest first, each with its state as of now. What a killed import left behind is none. */
  async list(where: { campaign?: string; id?: number } = {}): Promise<CallFile[]> {
    const { rows } = await this.#pool.query(
      `select file.*, coalesce(counts, '{}') as counts, changes from call_files as file
       cross join lateral (
         select jsonb_object_agg(what, number) as counts, sum(changes)::integer as changes
         from (select what, sum(number) as number, count(*) as changes from contact_counts where contact_counts.file = file.id group by what) as sums
       ) as counted
       where ($1::text is null or campaign = $1) and ($2::integer is null or id = $2) and not (${LEFT_BEHIND}) order by id desc`, [where.campaign ?? null, where.id ?? null]);
    for (const { id, changes } of z.array(z.object({ id: z.number(), changes: z.number().nullable() })).parse(rows)) if ((changes ?? 0) >= FOLD_FROM) await this.#fold(id);
    return z.array(fileSchema).parse(rows).map(({ counts, loaded_by: by, loaded_at, ...file }) => ({
      ...file, by, loadedAt: loaded_at.toISOString(), attempted: counts['attempted'] ?? 0, reached: counts['reached'] ?? 0, states: statesOf(counts),
    }));
  }

  /** @throws when there is no such file. */
  async show(id: number): Promise<CallFile> {
    const [file] = await this.list({ id });
    if (!file) throw new Error(`there is no call file ${id}: vigie call-file list shows those there are`);
    return file;
  }

  /** The rows that became no contact, in the file's order, some at a time. */
  async *rejected(file: number, atOnce = 5000): AsyncGenerator<RejectedRow[]> {
    for (let after = 0; ; ) {
      const { rows } = await this.#pool.query('select line, reason, detail, cells from rejected_rows where file = $1 and line > $2 order by line limit $3', [file, after, atOnce]);
      const part = rejectedSchema.parse(rows);
      if (part.length === 0) return;
      yield part;
      after = part.at(-1)?.line ?? Infinity;
    }
  }

  /** Why rows became no contact, the most frequent first, each with its first rows. */
  async reasons(file: number, examples = 3): Promise<{ reason: string; rows: number; examples: { line: number; detail: string }[] }[]> {
    const { rows } = await this.#pool.query(
      `select reason, rows, examples from (select reason, count(*)::integer as rows from rejected_rows where file = $1 group by reason) as counted
       cross join lateral (
         select jsonb_agg(jsonb_build_object('line', line, 'detail', coalesce(detail, '')) order by line) as examples
         from (select line, detail from rejected_rows where file = $1 and rejected_rows.reason = counted.reason order by line limit $2) as shown
       ) as first_rows order by rows desc, reason`, [file, examples]);
    return reasonSchema.parse(rows);
  }

  /** What the attempts at a file's contacts came to, the most frequent first; those under way are not among them. */
  async results(file: number): Promise<{ result: string; attempts: number }[]> {
    const { rows } = await this.#pool.query('select result, count(*)::integer as attempts from contact_attempts where file = $1 and result is not null group by result order by attempts desc, result', [file]);
    return z.array(z.object({ result: z.string(), attempts: z.number() })).parse(rows);
  }

  /** How many numbers a tenant's campaigns must not dial. */
  async listed(tenant: string): Promise<number> {
    const { rows } = await this.#pool.query('select count(*)::integer as listed from do_not_call where tenant = $1', [tenant]);
    return z.array(z.object({ listed: z.number() })).parse(rows)[0]?.listed ?? 0;
  }

  /** A paused file is not dialed; what was taken of it goes on. */
  async setPaused(id: number, paused: boolean): Promise<void> {
    await this.#pool.query("update call_files set status = $2 where id = $1 and status in ('ready', 'paused')", [id, paused ? 'paused' : 'ready']);
  }

  /**
   * Takes a file and its contacts out, where none of them was ever dialed: what was dialed is evidence, and such a file is paused instead.
   * False = it stays.
   */
  async remove(id: number): Promise<boolean> {
    const client = await this.#pool.connect();
    try {
      await client.query('begin');
      const { rowCount } = await client.query("delete from call_files where id = $1 and status in ('ready', 'paused')", [id]);
      // Waits for a dialer that is taking some of them: what it has begun is seen by the next statement.
      await client.query('delete from contacts where file = $1', [id]);
      const { rows: dialed } = await client.query('select from contact_attempts where file = $1 limit 1', [id]);
      const gone = rowCount === 1 && dialed.length === 0;
      await client.query(gone ? 'commit' : 'rollback');
      client.release();
      return gone;
    } catch (error) {
      client.release(error instanceof Error ? error : true);
      throw error;
    }
  }

  /** Takes a file out that is not loaded to its end. */
  async discard(id: number): Promise<void> {
    await inTransaction(this.#pool, async (client) => {
      const { rowCount } = await client.query("delete from call_files where id = $1 and status in ('loading', 'checked')", [id]);
      if (rowCount === 1) await client.query('delete from contacts where file = $1', [id]);
    });
  }

  async #removeLeftBehind(): Promise<void> {
    const { rows } = await this.#pool.query<{ id: number }>(`select id from call_files where ${LEFT_BEHIND}`);
    for (const { id } of rows) await this.discard(id);
  }

  async #copy(file: number, target: string, text: string | Buffer): Promise<void> {
    const client = await this.#pool.connect();
    try {
      await copyText(client, target, text, this.#files);
      await client.query('update call_files set touched_at = now() where id = $1', [file]);
    } finally {
      client.release();
    }
  }

  async #fold(file: number): Promise<void> {
    await this.#pool.query(
      `with gone as (delete from contact_counts where file = $1 returning what, number)
       insert into contact_counts (file, what, number) select $1, what, sum(number) from gone group by what having sum(number) <> 0`, [file]);
  }
}

function statesOf(counts: Record<string, number>): Record<ContactState, number> {
  const of = (state: ContactState): number => counts[state] ?? 0;
  return { new: of('new'), 'in-progress': of('in-progress'), 'call-back': of('call-back'), 'follow-up': of('follow-up'), done: of('done'), exhausted: of('exhausted'), excluded: of('excluded') };
}

export interface ContactLine {
  number: number; secondNumber: number | null; name: string | null; language: string | null; dueMs: number | null;
  /** JSON of the free fields; null = none. */
  fields: string | null;
}

/** One contact as {@link CallFiles.addContacts} takes it. `lane` is the number of its zone and priority. */
export function contactLine(file: number, line: number, lane: number, contact: ContactLine): string {
  const due = contact.dueMs === null ? '-infinity' : new Date(contact.dueMs).toISOString();
  return `${file}\t${lane}\t${line}\t${contact.number}\t${contact.secondNumber ?? '\\N'}\t${copyValue(contact.name)}\t${copyValue(contact.language)}\t${due}\t${copyValue(contact.fields)}\n`;
}
