import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { RowKind } from '../../../telephony/rows.ts';
import { projectRoot } from '../../../warehouse/sql-files.ts';

const mapping = z.looseObject({ columns: z.record(z.string(), z.unknown()) });

/** The shipped mapping of a stream, with a column for the medium, which a core of telephone calls does not write. */
export function withMedium(kind: RowKind): object {
  const shipped = mapping.parse(JSON.parse(readFileSync(join(projectRoot(), 'ingest', 'mappings', `${kind}.json`), 'utf8')));
  return kind === 'od-actions' ? shipped : { ...shipped, columns: { ...shipped.columns, medium: 'Medium' } };
}
