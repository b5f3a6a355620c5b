// @vitest-environment happy-dom
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { messagesOf } from '../i18n/messages.ts';
import { draw, seriousFindings } from '../parts/testing.tsx';
import { isOutside } from './is-outside.ts';
import { SignPage } from './sign-page.tsx';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const TOKEN = 'a'.repeat(43);
const HASH = 'c0ffee'.padEnd(64, '0');
const words = { fr: messagesOf('fr').sign, en: messagesOf('en').sign };
interface Door { status: number; body: unknown }
const request = (more: object = {}): Door => ({ status: 200, body: {
  incident: 12, title: 'Coupure de courant', detectedAt: '2026-03-02T09:00:00Z', resolvedAt: '2026-03-02T10:00:00Z', name: 'Jane', party: 'client', language: 'fr', sha256: HASH, madeAt: '2026-03-02T11:00:00Z',
  expiresAt: '2026-03-16T11:00:00Z', signedAt: null, signers: [{ name: 'Awa', party: 'site', signedAt: '2026-03-02T12:00:00Z' }, { name: 'Jane', party: 'client', signedAt: null }], ...more,
} });
const refused = (code: string, more: object = {}): Door => ({ status: 404, body: { code, message: 'Non.', ...more } });

/** Draws the page on a server that answers so (null: not at all); gives what it was asked. */
function page(answers: { look: () => Door | null; sign?: () => Door | null }, language: 'fr' | 'en' = 'fr') {
  const asked: { method: string; url: string; headers: unknown; body: unknown }[] = [];
  vi.stubGlobal('fetch', async (url: string, init: RequestInit = {}) => {
    const { method = 'GET', headers, body } = init;
    asked.push({ method, url, headers, body: typeof body === 'string' ? JSON.parse(body) : body });
    const door = method === 'GET' ? answers.look() : (answers.sign?.() ?? null);
    if (!door) throw new TypeError('failed to fetch');
    return new Response(typeof door.body === 'string' ? door.body : JSON.stringify(door.body), { status: door.status });
  });
  return { ...draw(<SignPage token={TOKEN} words={words} />, language), asked };
}

test('is read and signed with what was shown, by a name that was typed', async () => {
  let signed: Door | null = request({ signedAt: '2026-03-03T09:00:00Z' });
  const { container, asked } = page({ look: () => request(), sign: () => signed });
  expect(await screen.findByRole('heading', { level: 1, name: 'Coupure de courant' })).toBeTruthy();
  const link = screen.getByTestId('sign-document');
  expect(link.getAttribute('href')).toBe(`/sign/api/${TOKEN}/document`);
  expect(link.getAttribute('rel')).toBe('noreferrer');
  expect(link.textContent).toContain(`SHA-256 ${HASH.slice(0, 16)}…`);
  const button = screen.getByTestId<HTMLButtonElement>('sign-button');
  expect(button.disabled).toBe(true);
  expect(await seriousFindings(container)).toEqual([]);
  fireEvent.change(screen.getByLabelText(/Signature de Jane \(DSI du client\)/), { target: { value: ' Jane Doe ' } });
  // Too often for a minute, or not reached: what was typed stays.
  for (const answer of [refused('busy'), null]) {
    signed = answer;
    fireEvent.click(button);
    expect((await screen.findByRole('alert')).textContent).toContain('recommencez');
    await waitFor(() => expect(button.dataset['loading']).toBeUndefined());
  }
  signed = request({ signedAt: '2026-03-03T09:00:00Z' });
  fireEvent.click(button);
  expect((await screen.findByRole('status')).textContent).toContain('Vous avez signé ce rapport');
  expect(screen.queryByTestId('sign-button')).toBeNull();
  expect(asked.at(-1)).toEqual({ method: 'POST', url: `/sign/api/${TOKEN}`, headers: { 'content-type': 'application/json', 'x-vigie': '1' }, body: { typedName: 'Jane Doe', sha256: HASH } });
  // Nothing of the inside is asked for.
  expect(new Set(asked.map(({ url }) => url))).toEqual(new Set([`/sign/api/${TOKEN}`]));
});

test('speaks the language of whom the link was sent to, whatever the browser speaks', async () => {
  page({ look: () => request({ language: 'en' }) }, 'fr');
  expect((await screen.findByTestId('sign-button')).textContent).toBe('Sign the report');
  expect(screen.getByTestId('sign').lang).toBe('en');
});

test.each([
  ['unknown-link-to-sign', null, 'Ce lien n’est pas connu'], ['expired-link', '2026-03-16T11:00:00Z', 'Ce lien a expiré'], ['changed-document', null, 'Le rapport a été refait'], ['busy', null, 'Trop d’essais'], ['something-new', null, 'Cette page ne peut pas s’afficher'],
])('a link that is %s says so, and what to do', async (code, at, title) => {
  const { container } = page({ look: () => refused(code, at === null ? {} : { at }) });
  expect((await screen.findByRole('heading', { level: 1 })).textContent).toBe(title);
  expect(container.textContent?.includes('2026')).toBe(at !== null);
  expect(screen.queryByTestId('sign-button')).toBeNull();
});

test.each([['that is away', null, 'Le serveur ne répond pas'], ['that fails', { status: 500, body: 'Something went wrong' }, 'Cette page ne peut pas s’afficher'], ['that says something else', { status: 200, body: {} }, 'Cette page ne peut pas s’afficher']])('a server %s is asked again', async (_name, answer, title) => {
  let door: Door | null = answer;
  page({ look: () => door });
  expect((await screen.findByRole('heading', { level: 1 })).textContent).toBe(title);
  door = request();
  fireEvent.click(screen.getByRole('button'));
  expect(await screen.findByTestId('sign-button')).toBeTruthy();
});

test('a report that was made again while it was read is not signed', async () => {
  page({ look: () => request(), sign: () => refused('changed-document') });
  fireEvent.change(await screen.findByTestId('sign-name'), { target: { value: 'Jane' } });
  fireEvent.click(screen.getByTestId('sign-button'));
  await waitFor(() => expect(screen.getByTestId('sign').dataset['state']).toBe('changed-document'));
});

test('is outside, and nothing else is', () => {
  expect(['/sign/abc', '/sign', '/signs/abc', '/', '/incidents/12', null].map(isOutside)).toEqual([true, false, false, false, false, false]);
});
