import {
  defaultFieldResolver, getOperationAST, getVariableValues, isLeafType, isListType, isNonNullType, isObjectType, Kind,
  type ExecutionArgs, type FieldNode, type GraphQLLeafType, type GraphQLObjectType, type GraphQLOutputType, type GraphQLSchema,
} from 'graphql';
import type { AnswerBytes } from './answer-bytes.ts';
import { collectFields, type SelectionParts } from './selection.ts';

/**
 * Writes a subscription's answers as JSON bytes, straight from the published value: the same as
 * `JSON.stringify` of what graphql-js makes of it. An object in a list is written once, for all scopes,
 * documents and ticks that select the same of it: published objects never change.
 */
export interface Projections {
  /** Null = the selection asks for something else than plain properties: graphql-js must execute it. */
  compile(args: ExecutionArgs): Projection | null;
}

/** Writes one answer; false = graphql-js has something to say about this value (an error, mostly), and what was written is to be thrown away. */
export type Projection = (payload: unknown, out: AnswerBytes) => boolean;

/** Resolves a subscription's field to what was published, whatever its arguments; projections know it by its identity. */
export const asPublished = <T>(payload: T): T => payload;

/** Equal selections have equal keys and are one writer. */
interface Writer {
  key: string;
  /** Its text is short, and no part of it is worth remembering: it is written together with its neighbours. */
  short: boolean;
  text(value: unknown): string;
  write(value: unknown, out: AnswerBytes): void;
  /** The same for an item of a list: an object's bytes are remembered as long as it lives. */
  writeItem(value: unknown, out: AnswerBytes): void;
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
      return share(parts.schema, `[${item.key}]`, () => listOf(item));
    }
    if (isLeafType(type)) return leafOf(type);
    if (isObjectType(type)) return objectWriter(parts, type, nodes);
    throw new NotPlain('an abstract type');
  };

  const objectWriter = (parts: SelectionParts, type: GraphQLObjectType, nodes: readonly FieldNode[]): Writer => {
    if (type.isTypeOf) throw new NotPlain('a type that asks the value');
    const members = membersOf(parts, type, nodes, (field) => field.args.length === 0 && (field.resolve ?? defaultFieldResolver) === defaultFieldResolver);
    const key = `${type.name}{${members.map(({ prefix, name, writer }) => `${prefix}${name}:${writer?.key ?? ''}`).join(' ')}}`;
    return share(parts.schema, key, () => objectOf(key, members));
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
    return (payload, out) => {
      out.text('{"data":');
      writeObject(members, () => payload, out);
      out.text('}');
      return true;
    };
  };

  return {
    compile: (args) => {
      const projection = plainly(() => compile(args));
      return projection && ((payload, out) => plainly(() => projection(payload, out)) ?? false);
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

function objectOf(key: string, members: readonly Member[]): Writer {
  const written = new WeakMap<object, Buffer>();
  const text = (value: unknown): string => textOfObject(members, reader(value));
  return orNull({
    key,
    short: members.every(({ writer }) => writer?.short ?? true),
    text,
    write: (value, out) => writeObject(members, reader(value), out),
    writeItem: (value, out) => {
      const item = plainObject(value);
      let bytes = written.get(item);
      if (!bytes) written.set(item, (bytes = Buffer.from(text(item))));
      out.bytes(bytes);
    },
  });
}

function textOfObject(members: readonly Member[], read: (name: string) => unknown): string {
  let text = '';
  for (const { prefix, name, writer } of members) text += `${text === '' ? '{' : ','}${prefix}${writer ? writer.text(read(name)) : ''}`;
  return text === '' ? '{}' : `${text}}`;
}

/** Short members go into one text: each writing of its own costs more than what is written. */
function writeObject(members: readonly Member[], read: (name: string) => unknown, out: AnswerBytes): void {
  let text = '{';
  for (const [index, { prefix, name, writer }] of members.entries()) {
    text += index === 0 ? prefix : `,${prefix}`;
    if (!writer) continue;
    if (writer.short) text += writer.text(read(name));
    else {
      out.text(text);
      writer.write(read(name), out);
      text = '';
    }
  }
  out.text(`${text}}`);
}

function listOf(item: Writer): Writer {
  const each = (list: unknown, write: (value: unknown, comma: string) => void): void => {
    if (!Array.isArray(list)) throw new NotPlain('a list of another kind');
    // Not for…of or map: holes are nulls.
    for (let index = 0; index < list.length; index += 1) write(list[index], index === 0 ? '' : ',');
  };
  const write: Writer['write'] = (list, out) => {
    out.text('[');
    each(list, (value, comma) => {
      if (comma !== '') out.text(comma);
      item.writeItem(value, out);
    });
    out.text(']');
  };
  return orNull({
    key: `[${item.key}]`,
    short: false,
    text: (list) => {
      let text = '';
      each(list, (value, comma) => (text += `${comma}${item.text(value)}`));
      return `[${text}]`;
    },
    write,
    writeItem: write,
  });
}

function leafOf(type: GraphQLLeafType): Writer {
  const text = (value: unknown): string => {
    if (typeof value === 'object' || typeof value === 'function') throw new NotPlain(`a ${type.name} of another kind`);
    const leaf: unknown = type.serialize(value);
    if (typeof leaf !== 'string' && typeof leaf !== 'number' && typeof leaf !== 'boolean') throw new NotPlain(`a ${type.name} of another kind`);
    return JSON.stringify(leaf);
  };
  const write: Writer['write'] = (value, out) => out.text(text(value));
  return orNull({ key: type.name, short: true, text, write, writeItem: write });
}

function nonNull(writer: Writer): Writer {
  const present = (value: unknown): unknown => {
    if (value === null || value === undefined) throw new NotPlain('null');
    return value;
  };
  return {
    key: `${writer.key}!`,
    short: writer.short,
    text: (value) => writer.text(present(value)),
    write: (value, out) => writer.write(present(value), out),
    writeItem: (value, out) => writer.writeItem(present(value), out),
  };
}

function orNull(writer: Writer): Writer {
  const absent = (value: unknown): boolean => value === null || value === undefined;
  return {
    key: writer.key,
    short: writer.short,
    text: (value) => (absent(value) ? 'null' : writer.text(value)),
    write: (value, out) => (absent(value) ? out.text('null') : writer.write(value, out)),
    writeItem: (value, out) => (absent(value) ? out.text('null') : writer.writeItem(value, out)),
  };
}

function plainObject(value: unknown): object {
  if (typeof value !== 'object' || value === null || value instanceof Error || typeof property(value, 'then') === 'function') throw new NotPlain('no plain object');
  return value;
}

function reader(value: unknown): (name: string) => unknown {
  const object = plainObject(value);
  return (name) => property(object, name);
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
