import type { Engine, QueryRequest } from '../../engine.ts';

/**
 * DuckDB keeps rows in the order of their file, and of several files in the order of the list, while this
 * setting is on. The stage needs that: lines are counted by it, and of two equal versions the later line wins.
 */
export async function keepOrder(engine: Pick<Engine, 'execute'>): Promise<void> {
  await engine.execute({ sql: 'SET SESSION preserve_insertion_order = true' });
}

/**
 * Inserts rows whose order says nothing. As soon as a statement joins anything the engine can keep an order only
 * by working on one thread: without it the same statement takes all of them. Only the writer's own session is set;
 * after an error its transaction is void and takes no setting, so whoever needs an order asks for it.
 */
export async function insertUnordered(engine: Pick<Engine, 'execute'>, insert: QueryRequest): Promise<void> {
  await engine.execute({ sql: 'SET SESSION preserve_insertion_order = false' });
  await engine.execute(insert);
  await keepOrder(engine);
}
