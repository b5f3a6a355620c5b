import { z } from 'zod';
import { mappingSchema } from './mapping-schema.ts';

/** The text of `mapping.schema.json`, for editors; printed by `node --import tsx ingest/mapping/print-schema.ts > ingest/mapping/mapping.schema.json`. */
export function printSchema(): string {
  return `${JSON.stringify(z.toJSONSchema(mappingSchema, { io: 'input' }), null, 2)}\n`;
}

if (import.meta.url === `file://${process.argv[1] ?? ''}`) process.stdout.write(printSchema());
