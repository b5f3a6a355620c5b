import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { printIntrospection } from './print-introspection.ts';

test('the introspection types are those of the printed schema', () => {
  const committed = readFileSync(join(import.meta.dirname, 'introspection.d.ts'), 'utf8');
  expect({ ok: committed === printIntrospection(), otherwise: 'npx tsx dashboard/graphql/write-introspection.ts' }).toMatchObject({ ok: true });
});
