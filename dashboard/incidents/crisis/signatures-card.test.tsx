// @vitest-environment happy-dom
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { reference } from '../../graphql/fixtures/reference.ts';
import { drawAsking } from '../../parts/testing.tsx';
import type { IncidentDetails } from '../incident-query.ts';
import { SignaturesCard } from './signatures-card.tsx';

afterEach(cleanup);

const person = (id: string, name: string, signs = true): IncidentDetails['persons'][number] => ({ id, name, email: null, party: 'SITE', role: '', language: 'fr', signs });
const document: NonNullable<IncidentDetails['document']> = {
  id: 'd', sha256: 'c0ffee'.padEnd(64, '0'), madeAt: '2026-03-02T11:00:00Z', path: '/files/incidents/document/d', signaturesPath: '/files/incidents/document/d/signatures', complete: false, overtaken: false, remindedAt: null,
  signatures: [{ person: { id: 'a', name: 'Awa', party: 'SITE' }, signedAt: '2026-03-02T12:00:00Z', typedName: 'Awa N.' }, { person: { id: 'j', name: 'Jane', party: 'CLIENT' }, signedAt: null, typedName: null }],
};
const done = { result: { __typename: 'IncidentActDone', id: 'x', incident: { __typename: 'Incident', number: 7, revision: 9 } } };
const refused = { result: { __typename: 'IncidentActRefused', code: 'no-browser', reason: 'Aucun navigateur n’est installé', by: null, incident: null } };

test('a report is made once it is resolved and somebody signs; why it was not is said', async () => {
  const answers = { Reference: () => reference, MakeIncidentReport: () => refused };
  const { redraw, asked } = drawAsking(<SignaturesCard incident={{ number: 7, state: 'MITIGATED', document: null, persons: [person('a', 'Awa')] }} />, answers);
  expect(screen.queryByRole('button')).toBeNull();
  redraw(<SignaturesCard incident={{ number: 7, state: 'RESOLVED', document: null, persons: [person('a', 'Awa', false)] }} />);
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Établir le rapport' }).disabled).toBe(true);
  redraw(<SignaturesCard incident={{ number: 7, state: 'RESOLVED', document: null, persons: [person('a', 'Awa')] }} />);
  fireEvent.click(screen.getByRole('button', { name: 'Établir le rapport' }));
  expect((await screen.findByRole('alert')).textContent).toContain('Aucun navigateur');
  expect(asked.filter(({ operation }) => operation === 'MakeIncidentReport')).toEqual([{ operation: 'MakeIncidentReport', variables: { number: 7, id: expect.any(String), language: 'fr' } }]);
});

test('links go to all who have not signed, or to one; making it again asks first', async () => {
  const { asked } = drawAsking(<SignaturesCard incident={{ number: 7, state: 'CLOSED', document: { ...document, overtaken: true }, persons: [person('a', 'Awa')] }} />, { Reference: () => reference, SendSignatureLinks: () => done, MakeIncidentReport: () => done });
  const of = (operation: string) => asked.filter((each) => each.operation === operation).map(({ variables }) => variables);
  expect(screen.getByText(/ne figurent pas dans ce rapport/)).toBeTruthy();
  expect(screen.getByRole('link', { name: 'Feuille de signatures' }).getAttribute('href')).toBe(document.signaturesPath);
  fireEvent.click(screen.getByRole('button', { name: 'Envoyer à la signature' }));
  expect(await screen.findByText('Liens envoyés.')).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: 'Renvoyer le lien à Jane' }));
  await waitFor(() => expect(of('SendSignatureLinks')).toEqual([{ number: 7, id: expect.any(String), language: 'fr', persons: null }, { number: 7, id: expect.any(String), language: 'fr', persons: ['j'] }]));
  expect(screen.queryByRole('button', { name: 'Renvoyer le lien à Awa' })).toBeNull();
  fireEvent.click(await screen.findByRole('button', { name: 'Le refaire' }));
  expect(screen.getByText(/Les signatures du précédent disparaissent/)).toBeTruthy();
  expect(of('MakeIncidentReport')).toEqual([]);
  await waitFor(() => expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Établir le rapport' }).disabled).toBe(false));
  fireEvent.click(screen.getByRole('button', { name: 'Établir le rapport' }));
  await waitFor(() => expect(of('MakeIncidentReport')).toHaveLength(1));
});
