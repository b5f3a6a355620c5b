import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

/** Where the embedded database reads a file from: its own directory, as this process and as it itself sees it. */
export interface ServerFiles { folder: string; seenAs: string }

let made = 0;

/**
 * COPY of rows in PostgreSQL's text format. A server takes them from the connection; the embedded database does not understand
 * that part of the protocol, and reads a file in its own directory instead.
 */
export async function copyText(client: pg.ClientBase, target: string, text: string | Buffer, files: ServerFiles | null): Promise<void> {
  if (files === null) {
    await pipeline(Readable.from([text]), client.query(copyFrom(`copy ${target} from stdin`)));
    return;
  }
  const name = `copy-${process.pid}-${++made}.tmp`;
  const path = join(files.folder, name);
  try {
    await writeFile(path, text, { mode: 0o600 });
    await client.query(`copy ${target} from ${pg.escapeLiteral(`${files.seenAs}/${name}`)}`);
  } finally {
    await rm(path, { force: true });
  }
}

const SPECIAL = /[\\\t\n\r\b\f\v]/;
const ESCAPES: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r', '\b': '\\b', '\f': '\\f', '\v': '\\v' };

/** A value of the text format; null is `\N`. */
export function copyValue(value: string | number | null): string {
  if (value === null) return '\\N';
  if (typeof value === 'number') return String(value);
  return SPECIAL.test(value) ? value.replaceAll(/[\\\t\n\r\b\f\v]/g, (character) => ESCAPES[character] ?? character) : value;
}
