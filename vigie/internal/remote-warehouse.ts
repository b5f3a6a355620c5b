import { ask } from './ask.ts';
import { CORE_METHODS, CORE_PATH, INTERNAL_METHODS, INTERNAL_PATH, type CoreQuestions, type InternalWarehouse, type Place } from './calls.ts';

/** The warehouse of a running server. Errors come back with class and code. */
export function remoteWarehouse(server: Place): InternalWarehouse {
  // Names and signatures are those of INTERNAL_METHODS, and the server is the same program.
  return remote(INTERNAL_METHODS, INTERNAL_PATH, () => server) as InternalWarehouse;
}

/** What ingest answers the core. @param place looked for at each question: ingest may have come back elsewhere. */
export function remoteQuestions(place: () => Place): CoreQuestions {
  // As above, with CORE_METHODS.
  return remote(CORE_METHODS, CORE_PATH, place) as CoreQuestions;
}

function remote(methods: readonly string[], path: string, place: () => Place): object {
  return Object.fromEntries(methods.map((method) => [method, async (...args: unknown[]) => ask(place(), path + method, args)]));
}
