import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest';
import { endProcesses, startProcess } from '../fixtures/processes.ts';
import { startHeartbeat } from '../heartbeat.ts';
import { createSteadyClock, machineTime } from '../incidents/steady-clock.ts';
import { openMailBox, type MailBox } from '../notify/fixtures/mail-box.ts';
import { openStandIn, type StandIn } from './fixtures/stand-in.ts';
import { startWatch, type Watch, type WatchOptions } from './watch.ts';
import { watchFile } from './watch-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'vigie-watch-'));
const FROM = { name: 'Vigie', address: 'vigie@example.org' };
const HASTE = { afterMs: { up: 30, blind: 30, down: 30 }, remindMs: 3_600_000 };
const ended: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ended.splice(0).toReversed()) await end();
});
afterAll(async () => {
  await endProcesses();
  rmSync(folder, { recursive: true, force: true });
});

async function opened<T extends { close(): Promise<void> }>(opening: Promise<T>): Promise<T> {
  const it = await opening;
  ended.push(() => it.close());
  return it;
}
function watch(program: StandIn, box: MailBox, name: string, more: Partial<WatchOptions> = {}): Watch {
  const running = startWatch({
    addresses: [program.address], tell: ['awa@example.org', 'hook'], everyMs: 10, file: watchFile(join(folder, name)), clock: createSteadyClock(machineTime), logger: pino({ enabled: false }), patience: HASTE,
    notify: { mail: { host: '127.0.0.1', port: box.port, secure: false, login: null, from: FROM }, webhooks: [{ name: 'hook', url: `${program.address}/hook`, secret: 'a secret of the webhook' }] },
    ...more,
  });
  ended.push(() => running.end());
  return running;
}
const subjects = ({ received }: MailBox): string[] => received.map(({ raw }) => (/^Subject: (.*)\r$/m.exec(raw)?.[1] ?? '').replaceAll(/\s+/g, ' '));

describe('the watcher', () => {
  test('tells that it is blind and why, and that it is back; each once, by mail and webhook', async () => {
    const [program, box] = await Promise.all([opened(openStandIn()), opened(openMailBox())]);
    watch(program, box, 'blind');
    program.blindness = 'the newest row is 700 s old';
    await vi.waitFor(() => expect(subjects(box)).toHaveLength(1), 5000);
    expect(box.received[0]).toMatchObject({ to: ['awa@example.org'], raw: expect.stringContaining('rows: the newest row is 700 s old') });
    program.blindness = '';
    await vi.waitFor(() => expect(subjects(box)).toHaveLength(2), 5000);
    await vi.waitFor(() => expect(program.heard.map(({ body }) => JSON.parse(body))).toMatchObject([{ event: 'vigie.blind', address: program.address }, { event: 'vigie.up' }]), 5000);
    expect(subjects(box)).toEqual(['Vigie ne voit plus / Vigie is blind', 'Vigie est de retour / Vigie is back']);
  });

  test('a status that is no health is down; a mail server that is away is tried again, the mail stays the same', async () => {
    const program = await opened(openStandIn());
    const gone = await openMailBox();
    await gone.close();
    const file = watchFile(join(folder, 'away'));
    const first = watch(program, gone, 'away', { tell: ['awa@example.org'] });
    program.healthy = false;
    await vi.waitFor(() => expect(file.read().outbox).toMatchObject([{ attempts: 1 }]), 5000);
    await first.end();
    const [message] = file.read().outbox;
    // What waits has waited long enough.
    file.write({ ...file.read(), outbox: file.read().outbox.map((each) => ({ ...each, nextAtMs: 0 })) });
    const box = await opened(openMailBox({ port: gone.port }));
    watch(program, box, 'away', { tell: ['awa@example.org'] });
    // Its subject has an accent: it travels encoded.
    await vi.waitFor(() => expect(subjects(box)).toEqual([expect.stringContaining('Vigie_ne_r=C3=A9pond_plus')]), 5000);
    expect(box.received[0]?.raw).toContain(`Message-ID: <${message?.delivery ?? ''}@example.org>`);
    await vi.waitFor(() => expect(file.read().outbox).toEqual([]), 5000);
  });
});

test('vigie watch: killed between finding and telling it tells once; it needs no store, and says no secret', async () => {
  const program = await opened(openStandIn());
  const port = Number(new URL(program.address).port);
  await program.close();
  const gone = await openMailBox();
  await gone.close();
  const data = join(folder, 'process');
  const environment = {
    VIGIE_DATA: data, VIGIE_WATCH: program.address, VIGIE_WATCH_TELL: 'awa@example.org', VIGIE_WATCH_SECONDS: '1', VIGIE_MAIL_FROM: 'vigie@example.org',
    VIGIE_SMTP_URL: `smtp://127.0.0.1:${gone.port}`, VIGIE_HEARTBEAT_URL: `http://127.0.0.1:${port}/beat/of-a-secret`,
    // Nothing answers there.
    VIGIE_STORE: 'postgres://vigie:password@127.0.0.1:1/vigie', VIGIE_WAREHOUSE: 'http://127.0.0.1:1/vigie',
  };
  const file = watchFile(join(data, 'watch'));
  const minutesAgo = Date.now() - 120_000;
  // It has been seen down for two minutes when it begins.
  file.write({ verdicts: { [program.address]: { condition: 'up', sinceMs: 0, reason: '', seen: { condition: 'down', sinceMs: minutesAgo }, toldAtMs: 0 } }, outbox: [], lookedAtMs: minutesAgo });
  const first = startProcess(['watch'], environment);
  expect(await first.address).toBe(program.address);
  await vi.waitFor(() => expect(file.read().outbox).toHaveLength(1), 10_000);
  await first.end('SIGKILL');
  const box = await opened(openMailBox({ port: gone.port }));
  file.write({ ...file.read(), outbox: file.read().outbox.map((each) => ({ ...each, nextAtMs: 0 })) });
  const back = await opened(openStandIn(port));
  const second = startProcess(['watch'], environment);
  await vi.waitFor(() => expect(box.received).toHaveLength(1), 10_000);
  await vi.waitFor(() => expect(back.heard.map(({ path }) => path)).toEqual(['/beat/of-a-secret']), 10_000);
  expect(await second.end('SIGTERM')).toBe(0);
  expect(box.received).toHaveLength(1);
  expect(`${first.said()}${second.said()}`).not.toContain('of-a-secret');
  expect(readFileSync(join(data, 'watch', 'state.json'), 'utf8')).not.toContain('of-a-secret');
}, 90_000);

test('a heartbeat beats while all is well, says once that it is not heard, and not where it goes', async () => {
  const program = await opened(openStandIn());
  const said: object[] = [];
  const logger = { warn: (details: object) => void said.push(details), info: () => undefined };
  let well = true;
  const url = `${program.address}/beat/of-a-secret`;
  const heartbeat = startHeartbeat({ url, logger, everyMs: 10, isWell: () => well });
  ended.push(() => heartbeat.end());
  await vi.waitFor(() => expect(program.heard.length).toBeGreaterThan(2), 5000);
  well = false;
  await new Promise((resolve) => setTimeout(resolve, 50));
  const beats = program.heard.length;
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(program.heard).toHaveLength(beats);
  await program.close();
  well = true;
  await vi.waitFor(() => expect(said).toHaveLength(1), 5000);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(said).toEqual([{ host: new URL(url).host, reason: expect.not.stringContaining('of-a-secret') }]);
});
