// @vitest-environment happy-dom
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { reference } from '../graphql/fixtures/reference.ts';
import { drawAsking, goTo, seriousFindings } from '../parts/testing.tsx';
import { CallFilesPage } from './call-files-page.tsx';
import type { CallFile, Upload } from './call-files-query.ts';
import { DoNotCallCard } from './do-not-call-card.tsx';
import { SendCard } from './send-card.tsx';
import type { SendFile } from './send-file.ts';

afterEach(cleanup);

const file = (more: Partial<CallFile> = {}): CallFile => ({ id: '1', name: 'prospects.csv', campaign: '9000', tenant: 'ocm', status: 'READY', rows: 120, accepted: 100, rejected: 20, loadedAt: '2026-03-02T08:00:00Z', attempted: 40, reached: 25, penetration: 0.4, states: { new: 60, inProgress: 1, callBack: 3, followUp: 6, done: 25, exhausted: 4, excluded: 1 }, ...more });
const upload = (more: Partial<Upload> = {}): Upload => ({
  id: 'u1', name: 'liste.csv', campaign: '9000', bytes: 1_234_567, format: 'csv', encoding: 'windows-1252', delimiter: ';', country: 'CM', import: null,
  columns: [{ name: 'Nom', field: 'NAME', examples: ['Awa', 'Paul'] }, { name: 'Tél', field: 'NUMBER', examples: ['650000001'] }, { name: 'Ville', field: null, examples: [] }],
  rows: [{ line: 2, cells: ['Awa', '650000001', 'Douala'], number: '+237650000001', zone: 'Africa/Douala', reason: null, words: null }, { line: 3, cells: ['Paul', 'zz', ''], number: null, zone: null, reason: 'invalid-number', words: 'numéro de téléphone invalide' }],
  check: { done: true, rows: 1000, contacts: 990, failed: false, refusal: null, reasons: [{ reason: 'invalid-number', words: 'numéro de téléphone invalide', rows: 10, examples: [{ line: 3, detail: 'zz' }] }] },
  ...more,
});
const campaigns = [{ id: '9000', name: 'Fidélisation', tenant: 'ocm', site: 'douala', direction: 'OUTBOUND' as const }, { id: '8900', name: 'Accueil', tenant: 'ocm', site: 'douala', direction: 'INBOUND' as const }];
const answers = { Reference: () => ({ ...reference, campaigns }), CallFiles: () => ({ callFiles: [file()] }), DoNotCall: () => ({ doNotCallCount: 12_345 }), Countries: () => ({ countriesWithNumbers: ['FR', 'CM'] }) };

test('each file shows where its contacts stand, in words too; an opened one why rows were rejected and what attempts came to', async () => {
  goTo('/call-files');
  const { container, asked } = drawAsking(<CallFilesPage />, { ...answers,
    CallFile: () => ({ callFile: { id: '1', reasons: [{ reason: 'do-not-call', words: "sur la liste d’opposition", rows: 20, examples: [{ line: 7, detail: '+237650000009' }] }], results: [{ result: 'no-answer', attempts: 33 }, { result: 'passed', attempts: 25 }] } }),
    PauseFile: () => ({ result: { __typename: 'CallFile', id: '1', status: 'PAUSED' } }) });
  const row = await screen.findByTestId('call-file');
  expect(within(row).getByRole('img').getAttribute('aria-label')?.replaceAll(/\s/g, ' ')).toBe('terminés 25 (25,0 %), en cours 1 (1,0 %), rappels 3 (3,0 %), relances 6 (6,0 %), épuisés 4 (4,0 %), exclus 1 (1,0 %), nouveaux 60 (60,0 %)');
  expect(row.textContent).toContain('Fidélisation');
  fireEvent.click(within(row).getByRole('button', { name: /prospects/ }));
  await screen.findByText('sans réponse');
  expect(screen.getByTestId('file-details').textContent).toContain('ligne 7 : +237650000009');
  expect(screen.getByRole('link', { name: 'Télécharger les lignes rejetées' }).getAttribute('href')).toBe('/files/rejected/1?language=fr');
  // What was dialed is not deleted.
  expect(screen.queryByRole('button', { name: 'Supprimer' })).toBeNull();
  fireEvent.click(screen.getByRole('button', { name: 'Mettre en pause' }));
  await waitFor(() => { expect(asked).toContainEqual({ operation: 'PauseFile', variables: { id: '1', paused: true } }); });
  expect(await seriousFindings(container)).toEqual([]);
});

test('a file that nobody was dialed of is deleted, after a question', async () => {
  goTo('/call-files');
  const { asked } = drawAsking(<CallFilesPage />, { ...answers, CallFiles: () => ({ callFiles: [file({ attempted: 0, rejected: 0 })] }), CallFile: () => ({ callFile: { id: '1', reasons: [], results: [] } }), DeleteFile: () => ({ result: { __typename: 'CommandRefused', code: 'dialed', reason: '' } }) });
  fireEvent.click(await screen.findByRole('button', { name: /prospects/ }));
  fireEvent.click(await screen.findByRole('button', { name: 'Supprimer' }));
  expect(asked.map(({ operation }) => operation)).not.toContain('DeleteFile');
  screen.getByText('Supprimer ce fichier et ses contacts ?');
  fireEvent.click(screen.getByRole('button', { name: 'Supprimer' }));
  expect((await screen.findByRole('alert')).textContent).toContain('ont été appelés entre-temps');
});

test('before anything is imported: what the file is, what each column is, what is wrong with it', async () => {
  goTo('/call-files?upload=u1');
  const { container, asked } = drawAsking(<CallFilesPage />, { ...answers, Upload: () => ({ callFileUpload: upload() }), MapUpload: () => ({ result: { __typename: 'CallFileRefusal', code: 'column-twice', reason: 'une colonne sert deux fois (Nom)' } }), ImportUpload: () => ({ result: { __typename: 'CallFileUpload', id: 'u1' } }) });
  const look = await screen.findByTestId('look');
  expect(look.textContent?.replaceAll(/\s/g, ' ')).toContain('CSV · WINDOWS-1252 · séparé par des points-virgules · 3 colonnes · 1,2 Mo');
  expect(screen.getByTestId('verdict').textContent).toMatch(/990 contacts sur 1.000 lignes/u);
  expect(screen.getByTestId('reasons').textContent).toContain('10numéro de téléphone invalideligne 3 : zz');
  const columns = within(look).getAllByRole('table')[0];
  expect([...(columns?.querySelectorAll('tbody tr') ?? [])].map((row) => row.querySelector('td:last-child')?.textContent?.trim())).toEqual(['sans problème', 'À regarder 10 lignes écartées', '']);
  fireEvent.click(screen.getByRole('combobox', { name: 'Ce qu’est la colonne Ville' }));
  fireEvent.click(screen.getAllByRole('option', { name: 'le nom', hidden: true }).at(-1) ?? document.body);
  await waitFor(() => { expect(asked).toContainEqual({ operation: 'MapUpload', variables: { upload: 'u1', mapping: [{ field: 'NUMBER', column: 'Tél' }, { field: 'NAME', column: 'Ville' }], country: 'CM', language: 'fr' } }); });
  expect((await screen.findByText('une colonne sert deux fois (Nom)')).closest('[role=alert]')).not.toBeNull();
  const button = await screen.findByRole('button', { name: 'Importer 990 contacts' });
  await waitFor(() => { expect(button.hasAttribute('disabled')).toBe(false); });
  fireEvent.click(button);
  await waitFor(() => { expect(asked).toContainEqual({ operation: 'ImportUpload', variables: { upload: 'u1' } }); });
  expect(await seriousFindings(container)).toEqual([]);
});

test('an upload that another process has is told so, and asked for again', async () => {
  goTo('/call-files?upload=u1');
  let [elsewhere, looks] = [false, 0];
  const { asked } = drawAsking(<CallFilesPage />, { ...answers, Upload: () => {
    looks += 1;
    return looks === 2 ? 'ELSEWHERE' : { callFileUpload: upload(looks > 2 ? { name: 'de-retour.csv' } : {}) };
  }, ImportUpload: () => {
    elsewhere = true;
    return 'ELSEWHERE';
  } });
  const button = await screen.findByRole('button', { name: 'Importer 990 contacts' });
  fireEvent.click(button);
  expect((await screen.findAllByText(/Un autre processus du serveur a ce fichier/))[0]?.closest('[role=alert]')).not.toBeNull();
  expect(elsewhere).toBe(true);
  await screen.findByText(/de-retour\.csv/, undefined, { timeout: 10_000 });
  expect(asked.filter(({ operation }) => operation === 'ImportUpload')).toHaveLength(1);
});

test('an import tells how far it is, and in the end what came of it', async () => {
  goTo('/call-files?upload=u1');
  let looks = 0;
  drawAsking(<CallFilesPage />, { ...answers, Upload: () => ({ callFileUpload: upload({ import: ++looks === 1 ? { stage: 'READING', rows: 500, file: null, refusal: null } : looks === 2 ? { stage: 'COMPARING', rows: 1000, file: null, refusal: null } : { stage: 'DONE', rows: 1000, file: { id: '7', accepted: 980, rejected: 20 }, refusal: null } }) }) });
  expect((await screen.findByTestId('import')).textContent).toMatch(/500 lignes sur 1.000/u);
  expect(screen.getByRole('button', { name: 'Arrêter l’import' }).hasAttribute('disabled')).toBe(false);
  expect(screen.getByRole('progressbar').getAttribute('aria-valuenow')).toBe('45');
  await screen.findByText(/Comparaison/);
  await screen.findByText('980 contacts prêts à être appelés');
  screen.getByText('20 lignes rejetées');
  expect(screen.getByRole('link', { name: 'Télécharger les lignes rejetées' }).getAttribute('href')).toBe('/files/rejected/7?language=fr');
});

test('without a number’s column nothing is imported; an upload that is gone says what to do', async () => {
  goTo('/call-files?upload=u1');
  const { unmount } = drawAsking(<CallFilesPage />, { ...answers, Upload: () => ({ callFileUpload: upload({ check: null }) }) });
  expect((await screen.findByRole('alert')).textContent).toBe('Choisissez la colonne qui porte le numéro de téléphone.');
  expect(screen.getByRole('button', { name: 'Importer' }).hasAttribute('disabled')).toBe(true);
  unmount();
  drawAsking(<CallFilesPage />, { ...answers, Upload: () => ({ callFileUpload: null }) });
  await screen.findByText('Ce fichier n’est plus là');
});

test('a file is dropped; a refusal keeps the server’s words', async () => {
  const sent: string[] = [];
  let got = '';
  const send: SendFile = (path, { name }, schema) => {
    sent.push(path);
    return { cancel: () => undefined, answer: Promise.resolve(name === 'bon.csv' ? { ok: true, body: schema.parse({ upload: 'u9' }) } : { ok: false, message: 'le fichier est vide' }) };
  };
  drawAsking(<SendCard campaigns={[{ id: '9000', name: 'Fidélisation' }]} loaded chosen={null} onReceived={(id) => { got = id; }} send={send} />, {});
  const drop = (name: string) => fireEvent.drop(screen.getByTestId('drop'), { dataTransfer: { files: [new File(['x'], name)] } });
  drop('vide.csv');
  expect((await screen.findByRole('alert')).textContent).toBe('« vide.csv » n’est pas pris : le fichier est vide. Rien n’en a été gardé.');
  drop('bon.csv');
  await waitFor(() => { expect(got).toBe('u9'); });
  expect(sent[1]).toBe('/files/call-file?campaign=9000&name=bon.csv&language=fr');
});

test('whoever leaves the page while a file is sent sends no more, and another page hears nothing of it', async () => {
  const heard: string[] = [];
  let arrive = (): void => undefined;
  const send: SendFile = (_path, _file, schema) => ({
    cancel: () => void heard.push('cancelled'),
    answer: new Promise((resolve) => { arrive = () => resolve({ ok: true, body: schema.parse({ upload: 'u9' }) }); }),
  });
  const { unmount } = drawAsking(<SendCard campaigns={[{ id: '9000', name: 'Fidélisation' }]} loaded chosen={null} onReceived={(id) => void heard.push(id)} send={send} />, {});
  fireEvent.drop(screen.getByTestId('drop'), { dataTransfer: { files: [new File(['x'], 'long.csv')] } });
  await screen.findByRole('progressbar');
  unmount();
  arrive();
  await new Promise((done) => { setTimeout(done); });
  expect(heard).toEqual(['cancelled']);
});

test('numbers that nobody may dial: what is none stays in the field', async () => {
  const { asked } = drawAsking(<DoNotCallCard tenants={[{ id: 'ocm', name: 'OCM' }]} />, { ...answers, AddDoNotCall: () => ({ result: { added: 1, known: 0, wrong: ['abc'] } }) });
  await screen.findByText(/12.345 numéros/u);
  const field = screen.getByRole('textbox', { name: 'Numéros, un par ligne' });
  fireEvent.change(field, { target: { value: '650000001\n\nabc' } });
  fireEvent.click(screen.getByRole('button', { name: 'Ajouter' }));
  expect((await screen.findByRole('alert')).textContent).toBe('1 numéro ajouté, 1 invalide. Ce qui reste ci-dessous n’est pas un numéro.');
  expect(asked).toContainEqual({ operation: 'AddDoNotCall', variables: { tenant: 'ocm', numbers: ['650000001', 'abc'] } });
  expect(field).toHaveProperty('value', 'abc');
});
