import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const named = z.object({ name: z.string() });

/** The folder that holds the project's package.json: the same from sources and from `dist/`. */
export function projectRoot(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    const file = join(folder, 'package.json');
    if (existsSync(file) && named.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data?.name === 'vigie') return folder;
    if (folder === dirname(folder)) throw new Error('no package.json of vigie above this program');
  }
}
