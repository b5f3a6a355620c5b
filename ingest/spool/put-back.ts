import { readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { ROW_KINDS } from '../../telephony/rows.ts';
import { makeFolder, SOURCE_PATTERN, syncFolder, type Layout } from './layout.ts';
import { ignoreMissing } from './recover-segment.ts';

const aboutSchema = z.object({ source: z.string().regex(SOURCE_PATTERN), kind: z.enum(ROW_KINDS) });

/**
 * Brings segments back that were set aside, once their cause is away: whoever moved a segment's three files into
 * `set-aside/again/` finds it loaded after the next start. The name stays, so that one that was loaded after all
 * is answered from the ledger, and rows that came another way are known by their keys. Gives what stays where it is.
 */
export async function putBack(layout: Layout): Promise<string[]> {
  const again = join(layout.setAside, 'again');
  const files = await readdir(again).catch((error: NodeJS.ErrnoException) => {
    ignoreMissing(error);
    return [];
  });
  const left: string[] = [];
  for (const file of files.filter((name) => name.endsWith('.json'))) {
    const name = file.slice(0, -'.json'.length);
    const about = aboutSchema.safeParse(parse(await readFile(join(again, file), 'utf8')));
    if (!about.success) {
      left.push(`${file} in set-aside/again does not tell the source and kind of its segment`);
      continue;
    }
    const folder = join(layout.streams, about.data.source, about.data.kind);
    await makeFolder(folder);
    // The rows come last: without their frames they would be taken for damaged.
    await rename(join(again, `${name}.sum`), join(folder, `${name}.sum`)).catch(ignoreMissing);
    await rename(join(again, `${name}.ndjson`), join(folder, `${name}.ndjson`)).catch(ignoreMissing);
    await syncFolder(folder);
    await rm(join(again, file));
  }
  return left;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
