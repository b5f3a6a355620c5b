import type { Engine } from '../engine.ts';
import { readSqlFolder } from '../sql-files.ts';

/** Puts the facts of `sql/views/` into the database, for those who read it with SQL. After the migrations, at every opening. */
export async function createViews(engine: Pick<Engine, 'execute'>): Promise<void> {
  for (const { sql } of readSqlFolder('views')) await engine.execute({ sql });
}
