import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { projectRoot } from '../warehouse/sql-files.ts';

const packageSchema = z.object({ integrity: z.string().optional(), optionalDependencies: z.record(z.string(), z.string()).default({}) });
const { packages } = z.object({ packages: z.record(z.string(), packageSchema) }).parse(JSON.parse(readFileSync(`${projectRoot()}/package-lock.json`, 'utf8')));

/** As Node looks for it: beside, then in each folder upward. */
function find(name: string, from: string): string | undefined {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    const place = `${folder === '' ? '' : `${folder}/`}node_modules/${name}`;
    if (packages[place]) return place;
    if (folder === '') return undefined;
  }
}

test('the lock holds the binaries of every platform, and every package with its checksum', () => {
  const platforms = Object.entries(packages).flatMap(([from, { optionalDependencies }]) => Object.keys(optionalDependencies).map((name) => ({ from, name })));
  expect(platforms.length).toBeGreaterThan(50);
  expect(platforms.filter(({ from, name }) => find(name, from) === undefined)).toEqual([]);
  for (const word of ['linux', 'darwin', 'win32']) expect(platforms.some(({ name }) => name.includes(word))).toBe(true);
  expect(Object.entries(packages).filter(([place, { integrity }]) => place !== '' && integrity === undefined).map(([place]) => place)).toEqual([]);
});
