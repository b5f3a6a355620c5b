'use client';
import { useQuery, type AnyVariables, type CombinedError, type TypedDocumentNode, type UseQueryExecute } from 'urql';
import { useLasting } from '../parts/use-lasting.ts';

/** So long the answer to another question stays in view: a quick server's page does not flicker. */
const HELD_MS = 700;

interface Question<Data, Variables> { query: TypedDocumentNode<Data, Variables>; variables: Variables; pause?: boolean }

export interface Answer<Data> {
  /** Of the question, or for a moment of the one before. */
  data: Data | undefined;
  /** Of the question alone. */
  error: CombinedError | undefined;
  fetching: boolean;
  ask: UseQueryExecute;
}

/**
 * `useQuery` gives the last answer until the next one comes, whatever it was asked. A warehouse may take seconds: then figures of one day
 * would stand under the date of another. Here an answer goes with its question.
 * @param alike whether the answer to another question may be in view at all; else it goes at once.
 */
export function useAnswer<Data, Variables extends AnyVariables>({ query, variables, pause }: Question<Data, Variables>, alike?: (asked: Variables, answered: Variables) => boolean): Answer<Data> {
  const [{ data, error, fetching, operation }, ask] = useQuery({ query, variables, pause });
  const own = operation !== undefined && JSON.stringify(operation.variables) === JSON.stringify(variables);
  const late = useLasting(operation !== undefined && !own, HELD_MS);
  const held = own || (!late && operation !== undefined && (alike?.(variables, operation.variables) ?? true));
  return { data: held ? data : undefined, error: own ? error : undefined, fetching, ask };
}
