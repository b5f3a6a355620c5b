import {
  defaultFieldResolver, getOperationAST, getVariableValues, isLeafType, isListType, isNonNullType, isObjectType, Kind,
  type ExecutionArgs, type FieldNode, type GraphQLLeafType, type GraphQLObjectType, type GraphQLOutputType, type GraphQLSchema,
} from 'graphql';
import { collectFields, type SelectionParts } from './selection.ts';

/**
 * Writes a subscription's answers as JSON text, straight from the published value: the same bytes as
 * `JSON.stringify` of what graphql-js makes of it. An object of the same identity and selection is
 * written once, for all scopes and ticks: published objects never change.
 */
export interface Projections {
  /** Null = the selection asks for something else than plain properties: graphql-js must execute it. */
  compile(args: ExecutionArgs): Projection | null;
}

/** The text of one answer; null = graphql-js has something to say about this value (an error, mostly). */
export type Projection = (payload: unknown) => string | null;

/** Resolves a subscription's field to what was published, whatever its arguments; projections know it by its identity. */
export const asPublished = <T>(payload: T): T => payload;

/** Equal selections have equal keys and are one writer. */
interface Writer {
  key: string;
  write(value: unknown): string;
}

/** Writers are shared as long as the table holds them; a full one is begun anew. */
const MAX_WRITERS = 1000;

class NotPlain extends Error {}

export function createProjections(): Projections {
  const schemas = new WeakMap<GraphQLSchema, Map<string, Writer>>();

  const share = (schema: GraphQLSchema, key: string, make: () => Writer): Writer => {
    let table = schemas.get(schema);
    if (!table || table.size >= MAX_WRITERS) schemas.set(schema, (table = new Map()));
    let writer = table.get(key);
    if (!writer) table.set(key, (writer = make()));
    return writer;
  };

  const fieldWriter = (parts: SelectionParts, type: GraphQLOutputType, nodes: readonly FieldNode[]): Writer => {
    if (isNonNullType(type)) return nonNull(fieldWriter(parts, type.ofType, nodes));
    if (isListType(type)) {
      const item = fieldWriter(parts, type.ofType, nodes);
      return share(parts.schema, `[${item.key}]`, () => listWriter(item));
    }
    if (isLeafType(type)) return leafWriter(type);
    if (isObjectType(type)) return objectWriter(parts, type, nodes);
    throw new NotPlain('an abstract type');
  };

  const objectWriter = (parts: SelectionParts, type: GraphQLObjectType, nodes: readonly FieldNode[]): Writer => {
    if (type.isTypeOf) throw new NotPlain('a type that asks the value');
    const members = membersOf(parts, type, nodes, (field) => field.args.length === 0 && (field.resolve ?? defaultFieldResolver) === defaultFieldResolver);
    const key = `${type.name}{${members.map(({ prefix, name, writer }) => `${prefix}${name}:${writer?.key ?? ''}`).join(' ')}}`;
    return share(parts.schema, key, () => ({ key, write: orNull(once((value) => writeObject(members, (name) => property(value, name)))) }));
  };

  const membersOf = (parts: SelectionParts, type: GraphQLObjectType, nodes: readonly Pick<FieldNode, 'selectionSet'>[], plain: (field: Field) => boolean): Member[] =>
    [...collectFields(parts, type, nodes.flatMap(({ selectionSet }) => selectionSet ?? []))].map(([alias, fieldNodes]) => {
      const name = fieldNodes[0]?.name.value ?? '';
      const prefix = `"${alias}":`;
      if (name === '__typename') return { prefix: `${prefix}${JSON.stringify(type.name)}`, name, writer: null };
      const field = type.getFields()[name];
      if (!field || !plain(field)) throw new NotPlain(`${type.name}.${name}`);
      return { prefix, name, writer: fieldWriter(parts, field.type, fieldNodes) };
    });

  const compile = ({ schema, document, operationName, variableValues, fieldResolver }: ExecutionArgs): Projection | null => {
    const operation = getOperationAST(document, operationName);
    const root = schema.getSubscriptionType();
    if (!operation || operation.operation !== 'subscription' || !root || root.isTypeOf || fieldResolver) return null;
    const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], variableValues ?? {});
    if (!coerced) return null;
    const fragments = new Map(document.definitions.flatMap((each) => (each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each] as const] : [])));
    const members = membersOf({ schema, fragments, variables: coerced }, root, [operation], (field) => field.resolve === asPublished);
    return (payload) => `{"data":${writeObject(members, () => payload)}}`;
  };

  return {
    compile: (args) => {
      const projection = plainly(() => compile(args));
      return projection && ((payload) => plainly(() => projection(payload)));
    },
  };
}

type Field = ReturnType<GraphQLObjectType['getFields']>[string];

/** A chosen field: `"name":` and its writer, or the whole text where it is always the same. */
interface Member {
  prefix: string;
  name: string;
  writer: Writer | null;
}

function writeObject(members: readonly Member[], read: (name: string) => unknown): string {
  let text = '';
  for (const { prefix, name, writer } of members) text += `${text === '' ? '{' : ','}${prefix}${writer ? writer.write(read(name)) : ''}`;
  return text === '' ? '{}' : `${text}}`;
}

function listWriter(item: Writer): Writer {
  return {
    key: `[${item.key}]`,
    write: orNull(once((list) => {
      if (!Array.isArray(list)) throw new NotPlain('a list of another kind');
      let text = '';
      // Not for…of or map: holes are nulls.
      for (let index = 0; index < list.length; index += 1) text += `${index === 0 ? '[' : ','}${item.write(list[index])}`;
      return text === '' ? '[]' : `${text}]`;
    })),
  };
}

function leafWriter(type: GraphQLLeafType): Writer {
  return {
    key: type.name,
    write: orNull((value) => {
      if (typeof value === 'object' || typeof value === 'function') throw new NotPlain(`a ${type.name} of another kind`);
      const leaf: unknown = type.serialize(value);
      if (typeof leaf !== 'string' && typeof leaf !== 'number' && typeof leaf !== 'boolean') throw new NotPlain(`a ${type.name} of another kind`);
      return JSON.stringify(leaf);
    }),
  };
}

function nonNull({ key, write }: Writer): Writer {
  return {
    key: `${key}!`,
    write: (value) => {
      if (value === null || value === undefined) throw new NotPlain('null');
      return write(value);
    },
  };
}

function orNull(write: Writer['write']): Writer['write'] {
  return (value) => (value === null || value === undefined ? 'null' : write(value));
}

/** Remembers an object's text as long as the object lives. */
function once(write: (value: object) => string): Writer['write'] {
  const texts = new WeakMap<object, string>();
  return (value) => {
    if (typeof value !== 'object' || value === null || value instanceof Error || typeof property(value, 'then') === 'function') throw new NotPlain('no plain object');
    let text = texts.get(value);
    if (text === undefined) texts.set(value, (text = write(value)));
    return text;
  };
}

/** As the default resolver reads it; it would call a function, and leafs and objects refuse one. */
function property(value: object, name: string): unknown {
  return Reflect.get(value, name);
}

/** Null for whatever is not plain, and for a scalar's refusal: graphql-js says it in its own words. */
function plainly<T>(make: () => T | null): T | null {
  try {
    return make();
  } catch {
    return null;
  }
}
