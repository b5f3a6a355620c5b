import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createDesk } from '../../ingest/call-files/desk.ts';
import { buildConfiguration } from '../../telephony/centre/build-configuration.ts';
import type { Centre } from '../../telephony/centre/centre-schema.ts';
import { demonstrationFile } from '../../telephony/centre/demonstration-file.ts';
import { loadCentre } from '../../telephony/centre/load-centre.ts';
import { loadFile } from '../../warehouse/operational/contacts/fixtures/load-file.ts';
import { embeddedStoreOf } from '../../warehouse/operational/fixtures/embedded-store.ts';
import { keepDemonstrationFiles } from './demonstration.ts';
import { dialingRules } from './rules.ts';

/** Two files of the first campaign hold all its numbers. */
const centre: Centre = { ...loadCentre(), outbound: loadCentre().outbound.map((campaign, i) => ({ ...campaign, contacts: { ...campaign.contacts, fileSize: 800, ...(i === 0 ? { digits: 3, prefixes: ['237670123'] } : {}) } })) };
const configuration = buildConfiguration(centre);
const [first, second, third] = centre.outbound;
if (!first || !second || !third) throw new Error('the centre has three campaigns');
const { store, folder } = await embeddedStoreOf('demonstration');

test('a file is the same for the same seed, another one for another, and no number stands in two of a campaign', () => {
  const text = (seed: number, index: number): string => [...(demonstrationFile(loadCentre(), first, seed, index)?.parts ?? [])].join('');
  expect(text(7, 0)).toBe(text(7, 0));
  expect(text(7, 0)).not.toBe(text(8, 0));
  const numbers = [0, 1].map((index) => new Set(text(7, index).match(/\+\d{11,12}/g)));
  expect(numbers.every(({ size }) => size > 190)).toBe(true);
  expect([...(numbers[0] ?? [])].filter((number) => numbers[1]?.has(number))).toEqual([]);
  expect(demonstrationFile(centre, first, 7, 2)).toBeNull();
});

test('an end in the middle of a file leaves nothing of it, and complains of nothing', async () => {
  const said: string[] = [];
  const logger = pino({ base: null }, { write: (line: string) => void said.push(line) });
  let ended: Promise<void> | null = null;
  const files = { open: () => createDesk(store, () => void (ended ??= keeping.end())), close: () => Promise.resolve() };
  const keeping = keepDemonstrationFiles({ store, files, centre: { ...loadCentre(), outbound: loadCentre().outbound.slice(0, 1) }, configuration: () => configuration, seed: 7, dataDirectory: folder, logger });
  onTestFinished(() => keeping.end());
  await vi.waitFor(() => expect(ended).not.toBeNull(), 20_000);
  await ended;
  expect([said, await store.callFiles.list({ campaign: first.did }), readdirSync(join(folder, 'uploads'))]).toEqual([[], [], []]);
}, 60_000);

test('each campaign gets a file, and the next one before it has none left; own files, and paused ones, are left alone', async () => {
  await loadFile(store, third.did, [{ number: '+33199001234', zone: 'Europe/Paris', name: 'Paul' }], { 'Europe/Paris': ['Europe/Paris'] });
  const said: string[] = [];
  const logger = pino({ base: null }, { write: (line: string) => void said.push(line) });
  let closed = 0;
  const files = { open: () => createDesk(store, () => undefined), close: () => Promise.resolve(void (closed += 1)) };
  const keeping = keepDemonstrationFiles({ store, files, centre, configuration: () => configuration, seed: 7, dataDirectory: folder, logger, lookEveryMs: 20 });
  onTestFinished(() => keeping.end());
  const named = async (): Promise<string[]> => (await store.callFiles.list({})).map(({ campaign, name, rows }) => `${campaign} ${name} ${rows}`).toSorted();
  const [one, two, own] = [`${first.did} reconquete-demonstration.csv 800`, `${second.did} satisfaction-demonstration.csv 800`, `${third.did} essai.csv 1`];
  await vi.waitFor(async () => expect(await named()).toEqual([one, two, own]), 20_000);
  expect((await store.callFiles.list({ campaign: first.did }))[0]).toMatchObject({ status: 'ready', accepted: 797, rejected: 3, tenant: 'ocm', mapping: { number: 'Téléphone', name: 'Nom' } });

  // Whoever pauses the file wants it to rest.
  const [paused] = await store.callFiles.list({ campaign: second.did });
  await store.callFiles.setPaused(paused?.id ?? 0, true);
  for (const { did } of [first, second]) await takeMost(did);
  await vi.waitFor(async () => expect(await named()).toEqual([`${first.did} reconquete-demonstration-2.csv 200`, one, two, own]), 20_000);
  await takeMost(first.did);
  await vi.waitFor(() => expect(said.filter((line) => line.includes('no more numbers'))).toHaveLength(1), 20_000);
  await keeping.end();
  expect(said.filter((line) => line.includes('is there'))).toHaveLength(3);
  expect([closed > 1, readdirSync(join(folder, 'uploads'))]).toEqual([true, []]);
}, 60_000);

async function takeMost(campaign: string): Promise<void> {
  const atMs = Date.parse('2026-03-05T10:00:00Z');
  const rules = dialingRules(configuration, campaign, atMs);
  if (!rules) throw new Error('no rules');
  await store.contacts.take({ campaign, dialer: 'test', atMs, most: 790, leaseMs: 3_600_000, agents: [], rules });
}
