import { describe, expect, test } from 'vitest';
import { parseConfiguration } from '../configuration.ts';
import { parseSender, parseSmtpUrl, parseWebhooks } from './addresses.ts';

describe('a mail server', () => {
  test.each([
    ['smtp://mail.example.org', { host: 'mail.example.org', port: 587, secure: false, login: null }],
    ['smtps://mail.example.org/', { host: 'mail.example.org', port: 465, secure: true, login: null }],
    ['smtp://vigie%40example.org:p%40ss%3A%2F%25@10.0.0.1:25', { host: '10.0.0.1', port: 25, secure: false, login: { user: 'vigie@example.org', password: 'p@ss:/%' } }],
    ['smtp://[::1]:2525', { host: '::1', port: 2525, secure: false, login: null }],
  ])('%s', (text, expected) => {
    expect(parseSmtpUrl(text)).toEqual(expected);
  });

  test.each(['mail.example.org', 'http://mail.example.org', 'smtp://', 'smtp://user@host', 'smtp://a:secret@host/path', 'smtp://a:secret@host?tls=no', 'smtp://a:se%cret@host', 'smtp://a:se#cret@host'])('%s is none, and is not repeated', (text) => {
    expect(() => parseSmtpUrl(text)).toThrow(/expected|go together|begins no escape/);
    expect(() => parseSmtpUrl(text)).not.toThrow(/secret/);
  });
});

test.each([
  ['vigie@example.org', { name: 'Vigie', address: 'vigie@example.org' }],
  ['Vigie de nuit <vigie@example.org>', { name: 'Vigie de nuit', address: 'vigie@example.org' }],
  ['"Vigie, Douala" <vigie@example.org>', { name: 'Vigie, Douala', address: 'vigie@example.org' }],
  ['<vigie@example.org>', { name: 'Vigie', address: 'vigie@example.org' }],
])('the sender %s', (text, expected) => {
  expect(parseSender(text)).toEqual(expected);
});

test.each(['Vigie', 'a@b <c>', 'a@b, c@d', 'Vigie <a@b>\nBcc: c@d'])('%j is no sender', (text) => {
  expect(() => parseSender(text)).toThrow('Vigie <vigie@example.org> is expected');
});

test('webhooks: https, or http on this machine', () => {
  expect(parseWebhooks('teams=https://example.org/hook?token=a%2Cb, own=http://127.0.0.1:8080/x')).toEqual([{ name: 'teams', url: 'https://example.org/hook?token=a%2Cb' }, { name: 'own', url: 'http://127.0.0.1:8080/x' }]);
  expect(parseWebhooks('')).toEqual([]);
  expect(() => parseWebhooks('a=https://b,https://secret')).toThrow(/^part 2: name=url is expected/);
  expect(() => parseWebhooks('a=http://example.org/secret')).toThrow('the webhook "a": an address with https is expected, or with http on this machine');
  expect(() => parseWebhooks('a=https://u:secret@example.org')).toThrow('the webhook "a": user and password');
  expect(() => parseWebhooks('a=https://b,a=https://c')).toThrow('the webhook "a" was named before');
});

test('what goes together is set together, and no secret is repeated', () => {
  const parse = (given: Record<string, string>): unknown => parseConfiguration(given, '/').notify;
  expect(parse({ VIGIE_SMTP_URL: 'smtp://m', VIGIE_MAIL_FROM: 'v@example.org', VIGIE_WEBHOOKS: 'a=https://b', VIGIE_WEBHOOK_SECRETS: 'a:0123456789abcdef' })).toEqual({
    mail: { host: 'm', port: 587, secure: false, login: null, from: { name: 'Vigie', address: 'v@example.org' } }, webhooks: [{ name: 'a', url: 'https://b', secret: '0123456789abcdef' }],
  });
  expect(parse({})).toEqual({ mail: null, webhooks: [] });
  expect(() => parse({ VIGIE_SMTP_URL: 'smtp://m' })).toThrow('VIGIE_SMTP_URL: set VIGIE_MAIL_FROM too');
  expect(() => parse({ VIGIE_WEBHOOKS: 'a=https://b' })).toThrow('the webhook "a" has no secret');
  expect(() => parse({ VIGIE_WEBHOOK_SECRETS: 'a:0123456789abcdef' })).toThrow('there is no webhook "a"');
  expect(() => parse({ VIGIE_SMTP_URL: 'smtp://a:hush@host/x' })).not.toThrow(/hush/);
});
