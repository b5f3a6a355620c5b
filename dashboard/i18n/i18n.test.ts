import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import en from './en.json';
import fr from './fr.json';

const root = join(import.meta.dirname, '..');
const sources = files().map((file) => readFileSync(join(root, file), 'utf8'));

test('French and English have the same keys', () => {
  expect(Object.keys(flat(fr))).toEqual(Object.keys(flat(en)));
});

test.each([['en', en], ['fr', fr]] as const)('%s: no key stands twice, the last one would hide the others', (language, messages) => {
  const path: string[] = [];
  const keys = readFileSync(join(import.meta.dirname, `${language}.json`), 'utf8').split('\n').flatMap((line) => {
    const [, indent = '', key] = /^( +)"([^"]+)":/.exec(line) ?? [];
    if (key === undefined) return [];
    path.splice(indent.length / 2 - 1, path.length, key);
    return [path.join('.')];
  });
  expect(keys).toEqual(expect.arrayContaining(Object.keys(flat(messages))));
  expect(keys.filter((key, at) => keys.indexOf(key) < at)).toEqual([]);
});

test('a message takes the same arguments in both languages', () => {
  const english = flat(en);
  for (const [key, text] of Object.entries(flat(fr))) expect([key, args(text)]).toEqual([key, args(english[key] ?? '')]);
});

test('no message is empty', () => {
  for (const [key, text] of [...Object.entries(flat(fr)), ...Object.entries(flat(en))]) expect([key, text]).not.toEqual([key, '']);
});

test('every key is used', () => {
  const used = sources.map((text) => ({ spaces: matches(text, /useTranslations\('([^']+)'\)/g), keys: new Set(matches(text, /'([\w.-]+)'/g)), patterns: matches(text, /`([\w.$ {}?:'=!&|()[\]-]+)`/g).map(toPattern) }));
  const unused = Object.keys(flat(en)).filter((key) => !used.some(({ spaces, keys, patterns }) => spaces.some((space) => {
    if (!key.startsWith(`${space}.`)) return false;
    const rest = key.slice(space.length + 1);
    return keys.has(rest) || patterns.some((pattern) => pattern.test(rest));
  })));
  expect(unused).toEqual([]);
});

/** Literal keys are also checked by the types (`app-config.ts`); this reads them as text, so that a cast cannot hide one. */
test('every used key exists', () => {
  const known = new Set(Object.keys(flat(en)));
  for (const text of sources) {
    for (const [, space = ''] of text.matchAll(/const t = useTranslations\('([^']+)'\)/g)) {
      for (const key of matches(text, /\bt\('([\w.-]+)'/g)) expect([space, key, matches(text, /useTranslations\('([^']+)'\)/g).some((each) => known.has(`${each}.${key}`))]).toEqual([space, key, true]);
    }
  }
});

function files(): string[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/.test(file) && !/(^|\/)\.next\/|\.test\.|\.d\.ts$/.test(file.replaceAll('\\', '/')));
}

function flat(tree: object, prefix = ''): Record<string, string> {
  return Object.fromEntries(Object.entries(tree).flatMap(([key, value]) => (typeof value === 'string' ? [[`${prefix}${key}`, value]] : Object.entries(flat(value, `${prefix}${key}.`)))));
}

function args(text: string): string[] {
  return [...new Set(matches(text, /\{(\w+)[,}]/g))].toSorted();
}

function matches(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map((match) => match[1] ?? '');
}

/** `state.${each}` matches `state.ready`; a bare `${…}` would match anything and counts for nothing. */
function toPattern(template: string): RegExp {
  const parts = template.split(/\$\{[^}]*\}/);
  if (parts.join('').length < 3) return /^$(?!)/;
  return new RegExp(`^${parts.map((part) => part.replaceAll(/[.?()[\]|-]/g, String.raw`\$&`)).join('[\\w-]+')}$`);
}
