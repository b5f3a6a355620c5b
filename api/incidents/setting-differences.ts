import { z } from 'zod';

/** What one version of a setting changed. */
export interface SettingDifference {
  /** A field; a list and the id of the item; an object and the name in it. */
  path: string[];
  /** Null = it was not there. */
  before: unknown;
  after: unknown;
}

const objectSchema = z.record(z.string(), z.unknown());
const itemsSchema = z.array(z.looseObject({ id: z.string() }));

/** Fields that differ. Lists of things with ids are compared thing by thing, objects name by name; the version differs always. */
export function settingDifferences(before: unknown, after: unknown): SettingDifference[] {
  const [earlier, later] = [objectOf(before), objectOf(after)];
  return namesOf(earlier, later).filter((name) => name !== 'version').flatMap((name): SettingDifference[] => {
    const [was, is] = [partsOf(earlier[name]), partsOf(later[name])];
    if (was === null || is === null) return same(earlier[name], later[name]) ? [] : [{ path: [name], before: earlier[name] ?? null, after: later[name] ?? null }];
    return namesOf(was, is).filter((part) => !same(was[part], is[part])).map((part) => ({ path: [name, part], before: was[part] ?? null, after: is[part] ?? null }));
  });
}

/** Its parts by name; null = it has none, and differs as a whole. What is not there has no parts yet. */
function partsOf(value: unknown): Record<string, unknown> | null {
  if (value === undefined) return {};
  const items = itemsSchema.safeParse(value);
  // An empty list is one of things, too.
  if (items.success) return Object.fromEntries(items.data.map((item) => [item.id, item]));
  return Array.isArray(value) ? null : (objectSchema.safeParse(value).data ?? null);
}

function objectOf(value: unknown): Record<string, unknown> {
  return objectSchema.safeParse(value).data ?? {};
}

function namesOf(a: object, b: object): string[] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])];
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
}

/** A database gives the names of an object back in an order of its own; what an older version had no field for is as if it were empty. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value ?? null;
  return Object.fromEntries(Object.entries(value).filter(([, part]) => part != null).toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([name, part]) => [name, sorted(part)]));
}
