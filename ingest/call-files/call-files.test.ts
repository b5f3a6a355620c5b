import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { embeddedStoreOf } from '../../warehouse/operational/fixtures/embedded-store.ts';
import type { CallFile } from '../../warehouse/operational/contacts/call-files.ts';
import { hostileFiles } from './fixtures/hostile-files.ts';
import { workbookRow, writeWorkbook } from './fixtures/workbook.ts';
import { importCallFile, type CallFileImport } from './import-call-file.ts';
import { previewCallFile } from './preview.ts';
import { CallFileRefused } from './refusal.ts';
import { refusalInWords } from './words.ts';
import { writeRejected } from './write-rejected.ts';
import { xlsxRows } from './xlsx-rows.ts';

const { store, folder } = await embeddedStoreOf('call-files');
let made = 0;

function file(content: string | Buffer, name = `${++made}.csv`): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const load = (path: string, options: Partial<CallFileImport> = {}): Promise<CallFile> =>
  importCallFile(store.callFiles, { path, campaign: `F${++made}`, tenant: 'ocm', country: 'FR', zone: 'Europe/Paris', by: 'essai', ...options });

const workbook = (sheet: string, more: Record<string, string> = {}): Promise<string> => writeWorkbook(join(folder, `${++made}.xlsx`), sheet, more);

describe('a file of contacts', () => {
  test('every row is a contact or comes back with its reason, in the same form, and can be corrected', async () => {
    await store.contacts.forbid('ocm', ['+33612345699'], 'bloctel');
    const path = file([
      'Nom;Téléphone;Fuseau;Priorité;Rappel;Ville',
      'Ève "É";06 12 34 56 78;;9;;"Lyon; 3e"',
      'Sans;;;;;', 'Faux;0012;;;;', '=1+1;0612345679;Mars/Nord;;;', 'P;0612345680;;11;;', 'D;0612345681;;;31/02/2026;', 'Deux;+33612345678;;;;', 'Liste;0612345699;;;;', '', 'Trop;0612345682;;;;x;y',
      'Île;+262692123456;;;01/04/2026 09:30;', 'US;+1 212 555 0123;;;;',
    ].join('\r\n'));
    const loaded = await load(path, { campaign: 'rows' });
    expect(loaded).toMatchObject({ rows: 11, accepted: 3, rejected: 8, states: { new: 3 }, mapping: { number: 'Téléphone', name: 'Nom', zone: 'Fuseau', priority: 'Priorité', 'call-from': 'Rappel' } });
    const out = join(folder, 'rejected.csv');
    await writeRejected(store.callFiles, loaded, out, 'fr');
    const written = readFileSync(out, 'utf8');
    expect(written.startsWith('\u{FEFF}')).toBe(true);
    const lines = written.slice(1).trimEnd().split('\r\n');
    expect(lines[0]).toBe('Nom;Téléphone;Fuseau;Priorité;Rappel;Ville;Ligne;Motif du rejet;Valeur');
    expect(lines.slice(1).map((line) => line.split(';').slice(6, 8))).toEqual([
      ['3', 'pas de numéro'], ['4', 'numéro de téléphone invalide'], ['5', 'fuseau horaire inconnu'], ['6', "la priorité n’est pas un chiffre de 0 à 9"], ['7', 'date invalide (2026-03-31 14:30 ou 31/03/2026 14:30)'],
      ['8', 'numéro déjà présent plus haut dans le fichier'], ['9', "sur la liste d’opposition"], ['11', "plus de cellules que de colonnes dans l’en-tête"],
    ]);
    // What is no formula in the file is none in what comes back.
    expect(lines[3]).toMatch(/^"'=1\+1";/);
    expect(lines[6]).toContain("'+33612345678");
    const corrected = await load(file(written.replace('Mars/Nord', 'Europe/Brussels')), { campaign: 'rows' });
    expect(corrected).toMatchObject({ rows: 8, accepted: 1 });
    const taken = await store.contacts.take({ campaign: 'rows', dialer: 'd', atMs: Date.parse('2026-04-01T08:00:00Z'), most: 10, leaseMs: 1000, agents: [], rules: { hours: null, holidays: [], attempts: [], lockoutSeconds: 0, recycling: {}, followUps: [], ownCallBackSeconds: 0 } });
    expect(taken.map(({ number, name, zone, fields }) => [number, name, zone, fields['Ville'] ?? ''])).toEqual([
      ['+33612345678', 'Ève "É"', 'Europe/Paris', 'Lyon; 3e'], ['+12125550123', 'US', 'America/Adak', ''], ['+33612345679', '=1+1', 'Europe/Brussels', ''], ['+262692123456', 'Île', 'Indian/Reunion', ''],
    ]);
  });

  test.each([['utf-8', (text: string) => Buffer.from(text)], ['utf-8 with a mark', (text: string) => Buffer.from(`\u{FEFF}${text}`)], ['utf-16le', (text: string) => Buffer.from(text, 'utf16le')],
    ['utf-16be with a mark', (text: string) => Buffer.from(`\u{FEFF}${text}`, 'utf16le').swap16()], ['windows-1252', (text: string) => Buffer.from(text, 'latin1')]] as const)('%s is read, whatever the delimiter', async (_, encode) => {
    for (const delimiter of [';', ',', '\t', '|']) {
      const text = [['numéro', 'nom', 'prénom'], ...Array.from({ length: 30 }, (_, index) => [`06123456${10 + index}`, 'Lefèvre', 'Hélène à Orléans'])].map((cells) => cells.join(delimiter)).join('\n');
      const preview = await previewCallFile({ path: file(encode(text)), country: 'FR', zone: 'Europe/Paris', whole: true });
      expect([preview.delimiter, preview.header, preview.counts, preview.rows[0]?.cells]).toEqual([delimiter, ['numéro', 'nom', 'prénom'], { rows: 30, contacts: 30, reasons: {} }, ['0612345610', 'Lefèvre', 'Hélène à Orléans']]);
    }
  });

  const names = (count: number, length: number): string[] => Array.from({ length: count }, (_, index) => `c${index}`.padEnd(length, 'x'));
  test.each([
    ['a column’s name holds a line break of another kind', ['numero', 'Nom\n(complet)'], '"Nom\n(complet)"'],
    ['the header is longer than what is read at once', ['numero', ...names(190, 150)], ''],
    // 16,383 characters and the half of CR LF.
    ['what is read at once ends within a line’s end', ['numero', ...names(100, 160), 'y'.repeat(137), 'z'.repeat(138)], ''],
    ['a quotation mark stands in a name', ['numero', 'taille 5"'], ''],
  ])('lines end as the first one does: %s', async (_, header, quoted) => {
    for (const newline of ['\r\n', '\n', '\r']) {
      const gap = ';'.repeat(header.length - 1);
      const text = [[...header.slice(0, -1), quoted || header.at(-1)].join(';'), `0612345678${gap}Awa`, '', `0612345679${gap}"Zoé${newline}Lou"`, ''].join(newline);
      const preview = await previewCallFile({ path: file(text), country: 'FR', zone: 'Europe/Paris', whole: true });
      expect([preview.header, preview.counts, preview.rows.map(({ cells }) => cells.at(-1))]).toEqual([header, { rows: 2, contacts: 2, reasons: {} }, ['Awa', `Zoé${newline}Lou`]]);
    }
  });

  test('a workbook: numbers, dates, shared texts, gaps; formulas are text', async () => {
    const path = await workbook(
      `${workbookRow('Numéro', 'Nom', 'Rappel')}<row r="2"><c r="A2"><v>33612345670</v></c><c r="B2" t="s"><v>0</v></c><c r="C2" s="1"><v>46113.5</v></c></row>`
      + '<row r="5"><c r="A5" t="n"><v>3.3612345671E10</v></c><c r="B5"><f>1+1</f><v>2</v></c></row><row r="6"><c r="A6"><f>A2</f><v>33612345672</v></c></row>',
      { 'xl/sharedStrings.xml': '<sst><si><r><t>Zo</t></r><r><t>é</t></r><rPh><t>x</t></rPh></si></sst>', 'xl/styles.xml': '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="22"/></cellXfs></styleSheet>' });
    const preview = await previewCallFile({ path, country: 'FR', zone: 'Europe/Paris', whole: true });
    expect(preview.rows.map(({ line, cells, reason }) => [line, cells, reason])).toEqual([
      [2, ['33612345670', 'Zoé', '2026-04-01T12:00'], null], [5, ['33612345671', '=1+1'], null], [6, ['=A2'], 'invalid-number'],
    ]);
    const loaded = await load(path);
    expect(loaded).toMatchObject({ rows: 3, accepted: 2, rejected: 1, format: 'xlsx' });
    const out = join(folder, 'rejected.xlsx');
    await writeRejected(store.callFiles, loaded, out, 'en');
    const written: string[][] = [];
    for await (const { rows } of xlsxRows(out)) written.push(...rows);
    expect(written).toEqual([['Numéro', 'Nom', 'Rappel', 'Row', 'Rejected because', 'Value'], ['=A2', '', '', '6', 'not a valid telephone number', '=A2']]);
  });

  test('rejected rows come back as often as it takes, without the columns that say why', async () => {
    const first = await load(file('numero;Valeur;ligne\n0612;a;b\n06;c;d\n'), { campaign: 'again' });
    const out = (round: number): string => join(folder, `again-${round}.csv`);
    await writeRejected(store.callFiles, first, out(1), 'fr');
    expect(readFileSync(out(1), 'utf8')).toContain('numero;Valeur;ligne;Ligne (2);Motif du rejet;Valeur (2)');
    const plain = await load(file('numero;Ville;\n0612;Lyon\n06;Brest;;x\n'), { campaign: 'again' });
    let loaded = plain;
    for (const [round, language] of [[2, 'fr'], [3, 'en'], [4, 'fr']] as const) {
      await writeRejected(store.callFiles, loaded, out(round), language);
      const text = readFileSync(out(round), 'utf8');
      expect(text.split('\r\n').slice(0, 3).map((line) => line.split(';').length)).toEqual([5, 5, 7]);
      loaded = await load(out(round), { campaign: 'again' });
      expect(loaded).toMatchObject({ header: ['numero', 'Ville'], rows: 2, accepted: 0, rejected: 2 });
    }
    const corrected = await load(file(readFileSync(out(4), 'utf8').replace('0612;', '0612345650;')), { campaign: 'again' });
    expect(corrected).toMatchObject({ header: ['numero', 'Ville'], accepted: 1 });
    const rules = { hours: null, holidays: [], attempts: [], lockoutSeconds: 0, recycling: {}, followUps: [], ownCallBackSeconds: 0 };
    expect((await store.contacts.take({ campaign: 'again', dialer: 'd', atMs: 0, most: 5, leaseMs: 1000, agents: [], rules })).map(({ fields }) => fields)).toEqual([{ Ville: 'Lyon' }]);
  });

  test('hostile files are refused with a reason, and leave nothing behind', async () => {
    const before = await store.callFiles.list();
    for (const { code, path } of [...await hostileFiles(folder), { code: 'no-number-column', path: file('colonne;nom\n0612345678;a') }]) {
      const refused: unknown = await load(path).catch((error: unknown) => error);
      expect([code, refused instanceof CallFileRefused ? refused.code : refused]).toEqual([code, code]);
    }
    await expect(load(file('numero;a\n0612345678;b'), { mapping: { name: 'c' } })).rejects.toMatchObject({ code: 'unknown-column' });
    await expect(load(file('numero;a\n0612345678;b'), { mapping: { name: 'a', language: 'a' } })).rejects.toMatchObject({ code: 'column-twice' });
    expect(await store.callFiles.list()).toEqual(before);
    await expect(load(file(`numero;${'n'.repeat(201)}\n0612345678;a`))).rejects.toMatchObject({ code: 'no-header' });
    expect(refusalInWords(new CallFileRefused('duplicate-column', 'Nom'), 'fr')).toBe('deux colonnes portent le même nom (Nom)');
    expect(refusalInWords(new CallFileRefused('cell-too-long', '12345'), 'en')).toBe('a cell has more than 200,000 characters, in row 12,345');
    expect(refusalInWords(new CallFileRefused('cell-too-long', 'text 3'), 'en')).toBe('a cell has more than 200,000 characters');
  });

  test('one that fails while rows go in is thrown away when they are in', async () => {
    const order: string[] = [];
    const stopped = new AbortController();
    const files = new Proxy(store.callFiles, { get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      return async (...args: unknown[]): Promise<unknown> => {
        order.push(String(name));
        if (name === 'addContacts') {
          stopped.abort();
          await pause(50);
        }
        const answer: unknown = await value.apply(target, args);
        order.push(`${String(name)} done`);
        return answer;
      };
    } });
    const path = file(`numero;note\n${Array.from({ length: 900 }, (_, index) => `06123${10_000 + index};${'x'.repeat(9000)}`).join('\n')}`);
    await expect(importCallFile(files, { path, campaign: 'stopped', tenant: 'ocm', country: 'FR', zone: 'Europe/Paris', by: 'essai', signal: stopped.signal })).rejects.toThrow(/abort/);
    expect(order).toEqual(['begin', 'begin done', 'known', 'known done', 'addContacts', 'addContacts done', 'discard', 'discard done']);
    expect(await store.callFiles.list({ campaign: 'stopped' })).toEqual([]);
  });

  test('what people write in a cell stays what it is', async () => {
    const nasty = ["'); drop table contacts; --", '\\N', '\\.', 'a\tb\\tc', '{"a":1}', 'x\u2028\u{1F600}', '"', '@SUM(A1)'];
    const path = file(`numero;note\n${nasty.map((text, index) => `06123456${10 + index};"${text.replaceAll('"', '""')}"`).join('\n')}`);
    await load(path, { campaign: 'nasty' });
    const rules = { hours: null, holidays: [], attempts: [], lockoutSeconds: 0, recycling: {}, followUps: [], ownCallBackSeconds: 0 };
    const taken = await store.contacts.take({ campaign: 'nasty', dialer: 'd', atMs: 0, most: 20, leaseMs: 1000, agents: [], rules });
    expect(taken.map(({ fields }) => fields['note'])).toEqual(nasty);
  });
});
