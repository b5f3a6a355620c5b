import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { minifyIntrospection, outputIntrospectionFile } from '@gql.tada/internal';
import { buildSchema, introspectionFromSchema } from 'graphql';

const header = '// Written from api/schema.graphql by `npx tsx dashboard/graphql/write-introspection.ts`; a test checks it.\n';

/** The committed introspection types (`introspection.d.ts`) for the printed schema. */
export function printIntrospection(): string {
  const sdl = readFileSync(join(import.meta.dirname, '..', '..', 'api', 'schema.graphql'), 'utf8');
  const introspection = minifyIntrospection(introspectionFromSchema(buildSchema(sdl)));
  return header + outputIntrospectionFile(introspection, { fileType: '.d.ts', shouldPreprocess: true });
}
