import { complexityFromQuery } from '@pothos/plugin-complexity';
import { EnvelopArmorPlugin } from '@escape.tech/graphql-armor';
import { getOperationAST, GraphQLError, Kind, NoSchemaIntrospectionCustomRule, type DocumentNode, type GraphQLSchema } from 'graphql';
import type { Plugin } from 'graphql-yoga';

export interface Limits {
  depth: number;
  aliases: number;
  tokens: number;
  directives: number;
  /** Points: a field is 1, a list its expected length, a question to the warehouse 500 or more. */
  cost: number;
}

export const LIMITS: Limits = { depth: 8, aliases: 40, tokens: 3000, directives: 30, cost: 30_000 };
export const MAX_BODY_BYTES = 200_000;

/** What a document may ask for. Depth, aliases, tokens and directives are refused before it is executed. */
export function documentLimits({ depth, aliases, tokens, directives }: Limits): Plugin {
  return EnvelopArmorPlugin({
    maxDepth: { n: depth, ignoreIntrospection: true },
    maxAliases: { n: aliases },
    maxTokens: { n: tokens },
    maxDirectives: { n: directives },
    // Cost is counted below, with the fields' own figures and the variables.
    costLimit: { enabled: false },
    blockFieldSuggestion: { enabled: true },
  });
}

/**
 * What one execution may cost. Not a validation rule: Yoga keeps validations by document, and the cost
 * depends on the variables too.
 */
export function costLimit({ cost }: Limits): Plugin {
  return {
    onExecute: ({ args, setResultAndStopExecution }) => {
      const error = overspent(args, cost);
      if (error) setResultAndStopExecution({ errors: [error] });
    },
    onSubscribe: ({ args, setResultAndStopExecution }) => {
      const error = overspent(args, cost);
      if (error) setResultAndStopExecution({ errors: [error] });
    },
  };
}

/** Clients of other machines need not know the schema. */
export function noIntrospection(): Plugin {
  return { onValidate: ({ addValidationRule }) => addValidationRule(NoSchemaIntrospectionCustomRule) };
}

interface Executed {
  schema: GraphQLSchema;
  document: DocumentNode;
  operationName?: string | null;
  contextValue?: unknown;
  variableValues?: { readonly [name: string]: unknown } | null;
}

function overspent({ schema, document, operationName, contextValue, variableValues }: Executed, limit: number): GraphQLError | null {
  const operation = getOperationAST(document, operationName);
  // The plugin counts a document's first operation: leave it the one that will be executed.
  const executed: DocumentNode = { ...document, definitions: document.definitions.filter((part) => part.kind !== Kind.OPERATION_DEFINITION || part === operation) };
  try {
    const { complexity } = complexityFromQuery(executed, { schema, ctx: isObject(contextValue) ? contextValue : {}, variables: variableValues ?? {} });
    if (complexity <= limit) return null;
    return new GraphQLError(`this asks for ${complexity} points of work, ${limit} are allowed: ask for fewer rows or fields at once`, { extensions: { code: 'TOO_COSTLY' } });
  } catch (error) {
    // Variables that do not fit their types.
    if (error instanceof GraphQLError) return error;
    throw error;
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
