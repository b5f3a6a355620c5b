import type { Kysely, Transaction } from 'kysely';
import { z } from 'zod';
import type { StoreSchema } from './schema.ts';

/** An entry of the journal: one per version. */
export interface ConfigurationChange {
  version: number;
  /** ISO, UTC. */
  at: string;
  by: string;
  subject: ChangeSubject;
  /** What was asked. */
  change: unknown;
  /** What stood there, of a subject without periods of validity. */
  before: unknown;
}
export const CHANGE_SUBJECTS = ['first-configuration', 'queue', 'agent', 'pause-reason', 'calendar'] as const;
export type ChangeSubject = (typeof CHANGE_SUBJECTS)[number];
export type JournalEntry = Pick<ConfigurationChange, 'version' | 'by' | 'subject' | 'change'> & { before?: unknown };

/** Stands in the journal where no person is behind a change. */
export const THE_PROGRAM = 'vigie';

/** Writes an entry, in the transaction of its change: one is not kept without the other. */
export async function note(store: Transaction<StoreSchema>, { version, by, subject, change, before = null }: JournalEntry): Promise<void> {
  await store.insertInto('configuration_changes').values({ version, changed_by: by, subject, change: JSON.stringify(change), before: before === null ? null : JSON.stringify(before) }).execute();
}

/** The newest first. */
export async function readJournal(store: Kysely<StoreSchema>, limit: number): Promise<ConfigurationChange[]> {
  const rows = await store.selectFrom('configuration_changes').selectAll().orderBy('version', 'desc').limit(limit).execute();
  return rows.map((row) => ({ version: row.version, at: row.changed_at.toISOString(), by: row.changed_by, subject: subjectSchema.parse(row.subject), change: row.change, before: row.before }));
}

const subjectSchema = z.enum(CHANGE_SUBJECTS);
