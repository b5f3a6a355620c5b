import type { Engine } from '../engine.ts';

/** What is deleted by age, with the time that tells it. Closed days keep their rollups. */
const AGED = { calls: 'started_at', legs: 'entered_at', agent_states: 'started_at', quarantine: 'quarantined_at', loads: 'committed_at' };

/** Takes away what is of UTC days before this one. */
export async function forgetBefore(engine: Pick<Engine, 'transaction'>, beforeDay: string): Promise<void> {
  await engine.transaction(async (inside) => {
    for (const [table, column] of Object.entries(AGED)) await inside.execute({ sql: `DELETE FROM store.${table} WHERE ${column} < $before`, parameters: { before: new Date(`${beforeDay}T00:00:00Z`) } });
  });
}
