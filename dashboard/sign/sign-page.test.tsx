// @vitest-environment happy-dom
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { messagesOf } from '../i18n/messages.ts';
import { drawAsking, seriousFindings } from '../parts/testing.tsx';
import { isOutside } from './is-outside.ts';
import { SignPage } from './sign-page.tsx';

afterEach(cleanup);

const TOKEN = 'a'.repeat(43);
const HASH = 'c0ffee'.padEnd(64, '0');
const words = { fr: messagesOf('fr').sign, en: messagesOf('en').sign };
const request = (more: object = {}) => ({ result: {
  __typename: 'SigningRequest', incident: 12, title: 'Coupure de courant', detectedAt: '2026-03-02T09:00:00Z', resolvedAt: '2026-03-02T10:00:00Z', name: 'Jane', party: 'CLIENT', language: 'fr', sha256: HASH, madeAt: '2026-03-02T11:00:00Z',
  path: '/files/incidents/signing', expiresAt: '2026-03-16T11:00:00Z', signedAt: null, signers: [{ name: 'Awa', party: 'SITE', signedAt: '2026-03-02T12:00:00Z' }, { name: 'Jane', party: 'CLIENT', signedAt: null }], ...more,
} });
const refused = (code: string, at: string | null = null) => ({ result: { __typename: 'SigningRefused', code, at } });
const page = <SignPage token={TOKEN} words={words} />;

test('is read and signed with what was shown, by a name that was typed', async () => {
  let signed: object = request({ signedAt: '2026-03-03T09:00:00Z' });
  const { container, asked } = drawAsking(page, { SigningRequest: () => request(), SignDocument: () => signed });
  expect(await screen.findByRole('heading', { level: 1, name: 'Coupure de courant' })).toBeTruthy();
  const link = screen.getByTestId('sign-document');
  expect(link.getAttribute('href')).toBe(`/files/incidents/signing?token=${TOKEN}`);
  expect(link.getAttribute('rel')).toBe('noreferrer');
  expect(link.textContent).toContain(`SHA-256 ${HASH.slice(0, 16)}…`);
  const button = screen.getByTestId<HTMLButtonElement>('sign-button');
  expect(button.disabled).toBe(true);
  expect(await seriousFindings(container)).toEqual([]);
  fireEvent.change(screen.getByLabelText(/Signature de Jane \(DSI du client\)/), { target: { value: ' Jane Doe ' } });
  // Too often for a minute: what was typed stays.
  signed = refused('busy');
  fireEvent.click(button);
  expect((await screen.findByRole('alert')).textContent).toContain('recommencez');
  signed = request({ signedAt: '2026-03-03T09:00:00Z' });
  fireEvent.click(button);
  expect((await screen.findByRole('status')).textContent).toContain('Vous avez signé ce rapport');
  expect(screen.queryByTestId('sign-button')).toBeNull();
  expect(asked.findLast(({ operation }) => operation === 'SignDocument')).toEqual({ operation: 'SignDocument', variables: { token: TOKEN, typedName: 'Jane Doe', sha256: HASH } });
  // Nothing of the inside is asked for.
  expect(new Set(asked.map(({ operation }) => operation))).toEqual(new Set(['SigningRequest', 'SignDocument']));
});

test('speaks the language of whom the link was sent to, whatever the browser speaks', async () => {
  drawAsking(page, { SigningRequest: () => request({ language: 'en' }) }, 'fr');
  expect((await screen.findByTestId('sign-button')).textContent).toBe('Sign the report');
  expect(screen.getByTestId('sign').lang).toBe('en');
});

test.each([
  ['unknown-link-to-sign', null, 'Ce lien n’est pas connu'], ['expired-link', '2026-03-16T11:00:00Z', 'Ce lien a expiré'], ['changed-document', null, 'Le rapport a été refait'], ['busy', null, 'Trop d’essais'], ['something-new', null, 'Cette page ne peut pas s’afficher'],
])('a link that is %s says so, and what to do', async (code, at, title) => {
  const { container } = drawAsking(page, { SigningRequest: () => refused(code, at) });
  expect((await screen.findByRole('heading', { level: 1 })).textContent).toBe(title);
  expect(container.textContent?.includes('2026')).toBe(at !== null);
  expect(screen.queryByTestId('sign-button')).toBeNull();
});

test('a report that was made again while it was read is not signed', async () => {
  drawAsking(page, { SigningRequest: () => request(), SignDocument: () => refused('changed-document') });
  fireEvent.change(await screen.findByTestId('sign-name'), { target: { value: 'Jane' } });
  fireEvent.click(screen.getByTestId('sign-button'));
  await waitFor(() => expect(screen.getByTestId('sign').dataset['state']).toBe('changed-document'));
});

test('is outside, and nothing else is', () => {
  expect(['/sign/abc', '/sign', '/signs/abc', '/', '/incidents/12', null].map(isOutside)).toEqual([true, false, false, false, false, false]);
});
