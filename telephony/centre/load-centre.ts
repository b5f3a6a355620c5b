import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { centreSchema, type Centre } from './centre-schema.ts';

/** Reads and checks a centre's file; without a path, the one that Vigie brings along. @throws Error that lists everything wrong with the file. */
export function loadCentre(path = shippedCentre()): Centre {
  return parseCentre(readFileSync(path, 'utf8'), path);
}

/** @throws Error that lists everything wrong, each with its place in the file. */
export function parseCentre(text: string, name: string): Centre {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new Error(`${name} is not JSON: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
  const result = centreSchema.safeParse(value);
  if (!result.success) throw new Error(`${name} does not describe a centre:\n${z.prettifyError(result.error)}`, { cause: result.error });
  return result.data;
}

/** The file stays beside its source: compiled code looks for it from the project's root. */
function shippedCentre(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (;;) {
    const file = join(folder, 'telephony/centre/centre.json');
    if (existsSync(file)) return file;
    if (dirname(folder) === folder) throw new Error(`telephony/centre/centre.json was not found above ${import.meta.url}`);
    folder = dirname(folder);
  }
}
