import { expect, test } from 'vitest';
import { sha256 } from '../../warehouse/operational/incidents/hash-chain.ts';
import { SigningGate } from './signing-gate.ts';

function gateWith(links: () => readonly string[] = () => []): { gate: SigningGate; at: (ms: number) => void; looks: () => number } {
  let [nowMs, looks] = [0, 0];
  const gate = new SigningGate({
    nowMs: () => nowMs,
    issued: () => {
      looks += 1;
      return Promise.resolve(links().map(sha256));
    },
  });
  return { gate, at: (ms) => { nowMs = ms; }, looks: () => looks };
}

const guesses = (gate: SigningGate, count: number, addressOf: (index: number) => string): Promise<boolean[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => gate.admits(`guess ${addressOf(index)} ${index}`, addressOf(index))));

test('guessing from one address is stopped for a minute; other addresses and a known link go on, the link within its own limit', async () => {
  const { gate, at } = gateWith(() => ['good']);
  expect(await gate.admits('good', '192.0.2.1')).toBe(true);
  gate.knows('good', '192.0.2.1');
  expect((await guesses(gate, 100, () => '192.0.2.1')).indexOf(false)).toBe(30);
  expect(await guesses(gate, 30, () => '192.0.2.2')).not.toContain(false);
  const uses: boolean[] = [];
  for (let use = 0; use < 100; use += 1) uses.push(await gate.admits('good', '192.0.2.1'));
  expect(uses.indexOf(false)).toBe(60);
  at(60_000);
  expect([await gate.admits('guess', '192.0.2.1'), await gate.admits('good', '192.0.2.1')]).toEqual([true, true]);
});

test('an attacker with all addresses there are keeps nobody with a link from signing, and asks the store for nothing', async () => {
  const { gate, looks } = gateWith(() => ['never opened yet']);
  const answers = await guesses(gate, 5000, (index) => `198.51.${index % 250}.${index % 200}`);
  expect(answers.filter(Boolean)).toHaveLength(600);
  expect(looks()).toBeLessThan(5);
  expect(await gate.admits('never opened yet', '203.0.113.9')).toBe(true);
  // From the attacker's own address, too.
  expect(await gate.admits('never opened yet', '198.51.0.0')).toBe(true);
  expect(await gate.admits('another', '203.0.113.9')).toBe(false);
});

test('a link that was sent a moment ago is good, also while somebody guesses and the links have just been looked at', async () => {
  const links = ['old'];
  const { gate } = gateWith(() => links);
  await guesses(gate, 700, (index) => `198.51.${index % 250}.1`);
  links.push('new');
  expect(await gate.admits('new', '203.0.113.9')).toBe(true);
});

test('a look that fails is told to those who wait for it, and the next one finds the links', async () => {
  let up = false;
  const gate = new SigningGate({ nowMs: () => 0, issued: () => (up ? Promise.resolve([sha256('good')]) : Promise.reject(new Error('the store is away'))) });
  for (let index = 0; index < 30; index += 1) expect(await gate.admits(`guess ${index}`, '192.0.2.1')).toBe(true);
  await expect(gate.admits('good', '192.0.2.1')).rejects.toThrow('the store is away');
  up = true;
  expect(await gate.admits('good', '192.0.2.1')).toBe(true);
});

test('while the store does not answer, only so many wait for it', async () => {
  let answer: ((links: string[]) => void) | undefined;
  const gate = new SigningGate({ nowMs: () => 0, issued: () => new Promise((resolve) => { answer = resolve; }) });
  const asked = guesses(gate, 5000, (index) => `198.51.${index % 250}.1`);
  let refused = 0;
  for (let index = 0; index < 100; index += 1) void gate.admits(`more ${index}`, '203.0.113.9').then((admitted) => { refused += Number(!admitted); });
  await expect.poll(() => refused).toBe(100);
  await expect.poll(() => answer).toBeDefined();
  answer?.([]);
  expect((await asked).filter(Boolean)).toHaveLength(600);
});

test('all addresses of one IPv6 network are one, those of IPv4 are not', async () => {
  const { gate } = gateWith();
  const networks = ['2001:db8:0:7::1', '2001:0db8:0000:0007:ffff::2', '2001:DB8::7:1:2:3:4'];
  expect((await guesses(gate, 60, (index) => networks[index % 3] ?? '')).filter(Boolean)).toHaveLength(30);
  expect(await gate.admits('x', '2001:db8:0:8::1')).toBe(true);
  expect((await guesses(gate, 60, (index) => `::ffff:192.0.2.${index}`)).filter(Boolean)).toHaveLength(60);
});
