import type pg from 'pg';
import { z } from 'zod';

/** What a new file's rows are compared with while they are read: whatever is not in it is compared when they are all in. */
export interface KnownNumbers {
  /** The campaign's other files, and the numbers of their contacts. */
  files: readonly number[];
  inCampaign: Float64Array;
  /** The tenant's do-not-call list; what came on it since may be missing. */
  listed: Float64Array;
  since: Date;
}

/** Beyond this they would take more memory than an import may have: 16 bytes each, and twice that in a set that grows. */
const MOST = 2_000_000;
/** A number is listed at the begin of its transaction, and seen at the end of it: none takes so long. */
const OVERLAP = "interval '1 hour'";

const sizeSchema = z.object({ files: z.array(z.number()).nullable(), contacts: z.coerce.number(), listed: z.number(), since: z.date() });

/** The numbers that a campaign's files and its tenant's list hold; null = too many to be held. */
export async function readKnownNumbers(pool: pg.Pool, campaign: string, tenant: string): Promise<KnownNumbers | null> {
  const { rows } = await pool.query(
    `select array_agg(id) as files, coalesce(sum(accepted), 0) as contacts, now() - ${OVERLAP} as since,
       (select count(*)::integer from (select from do_not_call where tenant = $2 limit $3) as entries) as listed
     from call_files where campaign = $1 and status in ('ready', 'paused')`, [campaign, tenant, MOST]);
  const { files, contacts, listed, since } = sizeSchema.parse(rows[0]);
  if (contacts + listed >= MOST) return null;
  return {
    files: files ?? [], since,
    inCampaign: files === null ? new Float64Array() : await numbers(pool, 'contacts where file = any($1::integer[])', files),
    listed: listed === 0 ? new Float64Array() : await numbers(pool, 'do_not_call where tenant = $1', tenant),
  };
}

/** As one value of eight bytes a number: a row for each would take ten times as long. */
async function numbers(pool: pg.Pool, from: string, value: unknown): Promise<Float64Array> {
  const { rows } = await pool.query(`select string_agg(int8send(number), ''::bytea) as bytes from ${from}`, [value]);
  const bytes = z.instanceof(Buffer).nullable().parse(rows[0]?.bytes) ?? Buffer.alloc(0);
  return Float64Array.from({ length: bytes.length / 8 }, (_, index) => bytes.readUInt32BE(index * 8) * 0x1_0000_0000 + bytes.readUInt32BE(index * 8 + 4));
}
