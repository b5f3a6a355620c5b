import { getOperationAST } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Metrics } from './metrics.ts';

/** Counts by kind only: operation names come from clients, and would make a metric each. */
export function countOperations(metrics: Pick<Metrics, 'operation'>): Plugin {
  return {
    onExecute: ({ args }) => {
      const kind = getOperationAST(args.document, args.operationName)?.operation ?? 'unknown';
      return {
        onExecuteDone: ({ result }) => metrics.operation(kind, 'errors' in result && result.errors ? 'error' : 'ok'),
      };
    },
    onSubscribe: () => ({
      onSubscribeResult: ({ result }) => metrics.operation('subscription', 'errors' in result && result.errors ? 'error' : 'ok'),
    }),
  };
}
