import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { buildConfiguration } from './build-configuration.ts';
import { loadCentre, parseCentre } from './load-centre.ts';

const centre = loadCentre();

describe('the shipped centre', () => {
  const configuration = buildConfiguration(centre);

  it('is a centre of two tenants and two time zones', () => {
    expect(configuration.agents).toHaveLength(141);
    expect(new Set(configuration.agents.map(({ name }) => name)).size).toBe(141);
    expect(configuration.tenants).toHaveLength(2);
    expect(new Set(configuration.sites.map(({ zone }) => zone)).size).toBe(2);
    expect(configuration.queues.length).toBeGreaterThanOrEqual(8);
    expect(configuration.queues.some(({ overflowQueue }) => overflowQueue !== null)).toBe(true);
  });

  it('gives every queue agents of its tenant', () => {
    for (const queue of configuration.queues) {
      const skilled = configuration.agents.filter((agent) => agent.skills.some((skill) => skill.queue === queue.number));
      expect({ queue: queue.name, enough: skilled.length >= 4 }).toEqual({ queue: queue.name, enough: true });
      expect(new Set(skilled.map(({ tenant }) => tenant))).toEqual(new Set([queue.tenant]));
    }
  });

  it('is always the same', () => {
    expect(buildConfiguration(loadCentre())).toEqual(configuration);
  });

  it('knows some callers by their number', () => {
    const values = Object.values(configuration.lookupTables[0]?.entries ?? {});
    expect(values.filter((value) => value === 'entreprise').length).toBeGreaterThan(100);
    expect(values.filter((value) => value === 'postpaye').length).toBeGreaterThan(1_000);
  });
});

describe('a wrong file', () => {
  const text = readFileSync(new URL('centre.json', import.meta.url), 'utf8');

  it('is refused with every mistake and its place', () => {
    const wrong = JSON.parse(text) as { queues: { overflowQueue: number | null }[]; teams: { shifts: string[]; firstNumber: number }[] };
    const [queue] = wrong.queues;
    const [first, second] = wrong.teams;
    if (!queue || !first || !second) throw new Error('the file has no queue or teams');
    queue.overflowQueue = 999;
    first.shifts = ['aube'];
    second.firstNumber = first.firstNumber;
    const read = (): unknown => parseCentre(JSON.stringify(wrong), 'mine.json');
    expect(read).toThrow(/mine\.json[\s\S]*no queue 999[\s\S]*queues\[0\]\.overflowQueue/);
    expect(read).toThrow(/no shift aube; known: matin/);
    expect(read).toThrow(/agent number \d+ is given twice/);
  });

  it('is refused when a scenario leads nowhere', () => {
    const read = (from: string, to: string): unknown => parseCentre(text.replaceAll(from, to), 'mine.json');
    expect(() => read('"table": "clients-ocm",\n          "seconds"', '"table": "clients",\n          "seconds"')).toThrow(/no look-up table clients; known: clients-ocm/);
    expect(() => read('"next": "fichier-client"', '"next": "nulle-part"')).toThrow(/no step nulle-part in scenario accueil-ocm/);
    expect(() => read('"otherwise": "menu-principal"', '"otherwise": "menu"')).toThrow(/no step menu in scenario accueil-ocm/);
  });

  it('is refused when a word is unknown, missing or not JSON', () => {
    expect(() => parseCentre(text.replace('"callsPerDay"', '"callPerDay"'), 'mine.json')).toThrow(/callPerDay/);
    expect(() => parseCentre('{', 'mine.json')).toThrow(/mine\.json is not JSON/);
  });
});
