import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { printedSchema, SCHEMA_FILE } from './print-schema.ts';

test('the committed schema.graphql is the schema (write it with npm run schema)', () => {
  expect(readFileSync(SCHEMA_FILE, 'utf8')).toBe(printedSchema());
});
