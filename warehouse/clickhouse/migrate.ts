import type { ClickHouseEngine } from './engine.ts';

export async function applyMigrations(engine: ClickHouseEngine): Promise<{ applied: string[] }> {
  throw new Error(`there are no migrations for ${engine.database} yet`);
}
