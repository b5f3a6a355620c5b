import { makeOperation, mapExchange, type Exchange } from 'urql';

/** urql asks for `__typename` everywhere. What an answer said may be sent back as it is: inputs know no such field, and a server refuses it. */
export const plainInputExchange: Exchange = mapExchange({
  onOperation: (operation) => (operation.kind === 'mutation' && operation.variables ? makeOperation(operation.kind, { ...operation, variables: plainFields(operation.variables) }) : operation),
});

export function plainFields(fields: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).flatMap(([name, value]: [string, unknown]) => (name === '__typename' ? [] : [[name, plain(value)]])));
}

function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  return typeof value === 'object' && value !== null ? plainFields(value) : value;
}
