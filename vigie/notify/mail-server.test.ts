import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import type { SMTPServerOptions } from 'smtp-server';
import type { Attachment } from '../../warehouse/operational/notifications/notification.ts';
import { answer, openMailBox, type MailBox } from './fixtures/mail-box.ts';
import { invitation } from './invitation.ts';
import { createMailServer, type Mail } from './mail-server.ts';

const FROM = { name: 'Vigie Éveillée', address: 'vigie@example.org' };
const mail = (more: Partial<Mail> = {}): Mail => ({ delivery: '6f1c', recipient: 'awa@example.org', subject: 'Panne', about: null, text: 'Plus rien', html: null, attachments: [], ...more });

let box: MailBox | null = null;
afterEach(async () => {
  await box?.close();
  box = null;
});
async function sendTo(options: SMTPServerOptions, more: Partial<Mail> = {}, login: { user: string; password: string } | null = null): ReturnType<ReturnType<typeof createMailServer>['send']> {
  box = await openMailBox(options);
  return createMailServer({ host: '127.0.0.1', port: box.port, secure: false, login, from: FROM }).send(mail(more));
}

describe('a mail', () => {
  test('arrives with accents, a long subject, an invitation and files as they were', async () => {
    const subject = `Incident n° 12 – « Coupure totale » à Douala, ${'très '.repeat(30)}grave — cellule de crise à 14 h 00`;
    const pdf: Attachment = { name: 'Rapport d’incident n° 12.pdf', type: 'application/pdf', content: new Uint8Array(1000).map((_, index) => index) };
    const ics = invitation({ uid: 'incident-12@vigie', startMs: 0, endMs: 1_800_000, nowMs: 0, summary: 'Conférence', organizer: FROM, attendees: [{ name: 'Awa', address: 'awa@example.org' }] });
    const line = 'é'.repeat(2000);
    const delivery = await sendTo({}, { subject, text: `Première ligne\n.\n${line}\n`, html: '<p>Plus rien – ça coupe</p>', attachments: [pdf, ics], about: { kind: 'incident', id: '12' } });
    expect(delivery).toEqual({ kind: 'sent', receipt: '250 OK queued as 4F2A' });
    const { raw = '', from, to } = box?.received[0] ?? {};
    expect([from, to]).toEqual(['vigie@example.org', ['awa@example.org']]);
    // No line of a message may be longer than 998 octets.
    expect(Math.max(...raw.split('\r\n').map((each) => Buffer.byteLength(each)))).toBeLessThanOrEqual(998);
    expect(decodedHeader(raw, 'Subject')).toBe(subject);
    expect(decodedHeader(raw, 'From')).toBe('Vigie Éveillée <vigie@example.org>');
    expect(raw).toMatch(/^Message-ID: <6f1c@example\.org>\r$/im);
    expect(raw).toMatch(/^References: <incident\.12\.vigie@example\.org>\r$/im);
    expect(raw).toMatch(/^Auto-Submitted: auto-generated\r$/im);
    expect(raw).toMatch(/^Content-Type: text\/calendar; charset=utf-8; method=REQUEST/im);
    expect(raw.replaceAll('\r\n', '')).toContain(Buffer.from(pdf.content).toString('base64'));
    expect(raw.replaceAll('\r\n', '')).toContain(Buffer.from(ics.content).toString('base64'));
    expect(raw.replaceAll('\r\n', '')).toContain(Buffer.from(`Première ligne\r\n.\r\n${line}\r\n`).toString('base64'));
  });

  test('without a subject it is about, it begins no thread; what stands in an address goes to nobody else', async () => {
    await sendTo({}, { recipient: 'awa@example.org', subject: 'a\r\nBcc: all@example.org' });
    const { raw = '', to } = box?.received[0] ?? {};
    expect(to).toEqual(['awa@example.org']);
    expect(raw).not.toMatch(/^(References|Bcc):/im);
  });
});

describe('what a server says', () => {
  test.each([
    ['greylisting', 451, { kind: 'refused', again: 'later' }],
    ['an unknown recipient', 550, { kind: 'refused', again: 'never' }],
    ['that it closes', 421, { kind: 'unreachable' }],
  ])('%s', async (_, code, expected) => {
    const delivery = await sendTo({ onRcptTo: (_address, _session, callback) => callback(answer(code, `5.1.1 words of ${code}`)) });
    expect(delivery).toMatchObject({ ...expected, error: expect.stringContaining(`${code} 5.1.1 words of ${code}`) });
  });

  test('of the message itself, after it was sent', async () => {
    const delivery = await sendTo({ onData: (stream, _session, callback) => void stream.resume().on('end', () => callback(answer(554, 'looks like spam'))) });
    expect(delivery).toMatchObject({ kind: 'refused', again: 'never', error: expect.stringContaining('554 looks like spam') });
  });

  test('of the sender: it is set right in the configuration, no mail is at fault', async () => {
    expect(await sendTo({ onMailFrom: (_address, _session, callback) => callback(answer(553, 'sender not owned')) })).toMatchObject({ kind: 'unreachable', error: expect.stringContaining('553 sender not owned') });
  });

  test('of the password: the doors are closed, and the password is not told', async () => {
    const login = { user: 'vigie', password: 'Pa$$-w0rd' };
    const refusing: SMTPServerOptions = { authOptional: false, allowInsecureAuth: true, onAuth: (auth, _session, callback) => callback(answer(535, `5.7.8 bad ${auth.password ?? ''}`)) };
    const delivery = await sendTo(refusing, {}, login);
    expect(delivery).toMatchObject({ kind: 'unreachable', error: expect.stringContaining('535 5.7.8 bad …') });
    expect(JSON.stringify(delivery)).not.toContain(login.password);
  });

  test('with the right password it is let in', async () => {
    const login = { user: 'vigie', password: 'Pa$$-w0rd' };
    const taking: SMTPServerOptions = { authOptional: false, allowInsecureAuth: true, onAuth: ({ username, password }, _session, callback) => (username === login.user && password === login.password ? callback(null, { user: username }) : callback(answer(535, 'no'))) };
    expect(await sendTo(taking, {}, login)).toMatchObject({ kind: 'sent' });
  });

  test('nothing of encryption: to another machine the password is not told in the clear', async () => {
    let told = false;
    box = await openMailBox({ authOptional: false, allowInsecureAuth: true, onAuth: (_auth, _session, callback) => { told = true; callback(null, { user: 'vigie' }); } });
    // Not known as this machine, though it is.
    const delivery = await createMailServer({ host: '0.0.0.0', port: box.port, secure: false, login: { user: 'vigie', password: 'Pa$$-w0rd' }, from: FROM }).send(mail());
    expect([delivery.kind, told]).toEqual(['unreachable', false]);
  });

  test('whom nobody vouches for is not let have the mail', async () => {
    box = await openMailBox({ secure: true, disabledCommands: [] });
    expect(await createMailServer({ host: '127.0.0.1', port: box.port, secure: true, login: null, from: FROM }).send(mail())).toMatchObject({ kind: 'unreachable', error: expect.stringMatching(/certificate/i) });
  });

  test('of a message that is too large, before it is sent', async () => {
    expect(await sendTo({ onMailFrom: (_address, _session, callback) => callback(answer(552, 'too large')) })).toMatchObject({ kind: 'refused', again: 'never' });
  });
});

describe('no server', () => {
  let server: Server | null = null;
  const sockets = new Set<Socket>();
  afterEach(() => {
    for (const socket of sockets) socket.destroy();
    server?.close();
  });
  const raw = async (onSocket: (socket: Socket) => void): Promise<number> => {
    server = createServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => undefined);
      onSocket(socket);
    });
    await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    return typeof address === 'object' && address ? address.port : 0;
  };
  const send = (port: number, signal?: AbortSignal): ReturnType<ReturnType<typeof createMailServer>['send']> => createMailServer({ host: '127.0.0.1', port, secure: false, login: null, from: FROM }).send(mail(), signal);

  test('where nobody listens', async () => {
    const port = await raw(() => undefined);
    await new Promise((resolve) => server?.close(resolve));
    expect(await send(port)).toMatchObject({ kind: 'unreachable', error: expect.stringContaining('ECONNREFUSED') });
  });

  test('where it greets with a refusal', async () => {
    expect(await send(await raw((socket) => socket.write('554 no service here\r\n')))).toMatchObject({ kind: 'unreachable', error: expect.stringContaining('554 no service here') });
  });

  test('where it breaks off in the middle: it was asked', async () => {
    const port = await raw((socket) => {
      socket.write('220 here\r\n');
      socket.on('data', (data) => (/^(EHLO|MAIL|RCPT)/.test(data.toString()) ? socket.write('250 OK\r\n') : socket.destroy()));
    });
    expect(await send(port)).toMatchObject({ kind: 'refused', again: 'later' });
  });

  test('where it says nothing, the program can end', async () => {
    const port = await raw(() => undefined);
    expect(await send(port, AbortSignal.timeout(50))).toMatchObject({ kind: 'refused', again: 'later' });
  });
});

function decodedHeader(raw: string, name: string): string {
  const folded = new RegExp(`^${name}: (?<value>.*(?:\\r\\n[ \\t].*)*)`, 'im').exec(raw)?.groups?.['value'] ?? '';
  const unfolded = folded.replaceAll(/\r\n(?=[ \t])/g, '').replaceAll(/\?=\s+=\?/g, '?==?');
  return unfolded.replaceAll(/=\?utf-8\?(?<kind>[QB])\?(?<text>[^?]*)\?=/gi, (_match, kind: string, text: string) =>
    kind.toUpperCase() === 'B' ? Buffer.from(text, 'base64').toString() : Buffer.from(text.replaceAll('_', ' ').replaceAll(/=([0-9A-F]{2})/gi, (_code, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))), 'latin1').toString());
}
