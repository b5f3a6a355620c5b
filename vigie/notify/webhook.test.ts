import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import { callWebhook, signatureOf } from './webhook.ts';

let server: Server | null = null;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

interface Received { headers: IncomingMessage['headers']; body: string; method: string }

/** A real HTTP server that answers so. */
async function answering(answer: (response: ServerResponse) => void): Promise<{ url: string; received: Received[] }> {
  const received: Received[] = [];
  server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk)).on('end', () => {
      received.push({ headers: request.headers, body, method: request.method ?? '' });
      answer(response);
    });
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const bound = server.address();
  return { url: `http://127.0.0.1:${typeof bound === 'object' && bound ? bound.port : 0}/hook?x=1`, received };
}

const SECRET = 'a-secret-of-the-hook';
const call = (url: string, longestMs = 5000): ReturnType<typeof callWebhook> => callWebhook({ name: 'hook', url, secret: SECRET }, { delivery: '6f1c', body: { état: 'ouvert' } }, { longestMs });
const status = (code: number, headers: Record<string, string> = {}, body = 'words') => (response: ServerResponse): void => void response.writeHead(code, headers).end(body);

describe('a webhook', () => {
  test('is called with JSON that its receiver can check', async () => {
    const { url, received } = await answering(status(200, {}, '{"ok":true}'));
    expect(await call(url)).toEqual({ kind: 'sent', receipt: '200 OK {"ok":true}' });
    const [{ headers, body, method } = { headers: {}, body: '', method: '' }] = received;
    expect({ method, body, type: headers['content-type'], id: headers['webhook-id'] }).toEqual({ method: 'POST', body: '{"état":"ouvert"}', type: 'application/json', id: '6f1c' });
    const seconds = Number(headers['webhook-timestamp']);
    expect(Math.abs(Date.now() / 1000 - seconds)).toBeLessThan(60);
    expect(headers['webhook-signature']).toBe(signatureOf(SECRET, '6f1c', seconds, body));
    expect(headers['webhook-signature']).not.toBe(signatureOf(SECRET, '6f1c', seconds, body.replace('ouvert', 'fermé')));
  });

  test('is signed as Standard Webhooks show it', () => {
    // The example of their reference implementation.
    expect(signatureOf('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'msg_p5jXN8AQM9LWM0D4loKWxJek', 1_614_265_330, '{"test": 2432232314}')).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
  });

  test.each([
    [500, 'later'], [503, 'later'], [429, 'later'], [408, 'later'], [400, 'never'], [404, 'never'], [410, 'never'],
  ])('answer %d: tried again %s', async (code, again) => {
    const { url } = await answering(status(code));
    expect(await call(url)).toMatchObject({ kind: 'refused', again, error: expect.stringMatching(new RegExp(`^${code} .* words$`)) });
  });

  test('that is not there any more is not looked for elsewhere', async () => {
    const { url, received } = await answering(status(302, { location: '/other' }));
    expect(await call(url)).toMatchObject({ kind: 'refused', again: 'never', error: expect.stringContaining('elsewhere') });
    expect(received).toHaveLength(1);
  });

  test('says when it wants to be called again', async () => {
    const { url } = await answering(status(429, { 'retry-after': '120' }));
    expect(await call(url)).toMatchObject({ again: 'later', afterMs: 120_000 });
  });

  test('that does not answer in time may have got it; that answers half has', async () => {
    const silent = await answering(() => undefined);
    expect(await call(silent.url, 100)).toEqual({ kind: 'refused', error: 'no answer within 0.1 s', again: 'later', hung: true });
    server?.closeAllConnections();
    server?.close();
    const half = await answering((response) => {
      response.writeHead(200).write('half');
    });
    expect(await call(half.url, 1500)).toMatchObject({ kind: 'sent' });
  });

  test('where nobody listens was not asked', async () => {
    const { url } = await answering(status(200));
    await new Promise((resolve) => server?.close(resolve));
    expect(await call(url)).toMatchObject({ kind: 'unreachable', error: expect.stringContaining('ECONNREFUSED') });
  });
});
