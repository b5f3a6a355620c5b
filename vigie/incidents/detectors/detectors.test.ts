import { describe, expect, test } from 'vitest';
import { agentsGone } from './agents-gone.ts';
import { backupOverdue } from './backup-overdue.ts';
import { diskLow } from './disk-low.ts';
import { gateway } from './gateway.ts';
import { liveLost } from './live-lost.ts';
import { noRows } from './no-rows.ts';
import { nuisanceLimit } from './nuisance-limit.ts';
import { rowsLate } from './rows-late.ts';
import { spoolGrowing } from './spool-growing.ts';
import type { Detector, Finding, Tuning } from './detector.ts';

/** The keys that fire, as shipped. */
function firing<Settings extends Tuning, Facts>(detector: Detector<Settings, Facts>, facts: Facts, settings: object = {}): string[] {
  const findings: Finding[] = detector.check(facts, detector.settings.parse(settings));
  for (const { evidence: { textFr, textEn } } of findings) {
    expect([textFr, textEn].join(' ')).not.toMatch(/undefined|null|NaN|Infinity/);
    // Names and paths aside, a point between digits is no French.
    expect(textFr).not.toMatch(/\d\.\d+ (s|h|Go|Mo|%)/);
  }
  return findings.filter((finding) => finding.firing).map(({ key }) => key);
}

describe('what detectors see', () => {
  test('no rows: only where calls are expected, and it is open', () => {
    const tenant = (name: string, more: object): { tenant: string; name: string; calls: number; expected: number | null; open: boolean } => ({ tenant: name, name: name.toUpperCase(), calls: 0, expected: 60, open: true, ...more });
    expect(firing(noRows, { tenants: [tenant('silent', {}), tenant('quiet', { expected: 19 }), tenant('unknown', { expected: null }), tenant('closed', { open: false }), tenant('alive', { calls: 1 })] })).toEqual(['silent']);
  });

  test('live state: gone, or silent', () => {
    expect(firing(liveLost, { connected: true, silentSeconds: 5 })).toEqual([]);
    expect(firing(liveLost, { connected: true, silentSeconds: 21 })).toEqual(['core']);
    expect(firing(liveLost, { connected: false, silentSeconds: 1 })).toEqual(['core']);
  });

  test('agents: enough of them who had no reason, until half are back', () => {
    const site = (more: object): { sites: { site: string; name: string; loggedIn: number; before: number; missing: number; agents: string[] }[] } => ({ sites: [{ site: 'douala', name: 'Douala', loggedIn: 0, before: 40, missing: 38, agents: ['2001'], ...more }] });
    expect(firing(agentsGone, site({}))).toEqual(['douala']);
    expect(firing(agentsGone, site({ missing: 4 }))).toEqual([]);
    expect(firing(agentsGone, site({ loggedIn: 20 }))).toEqual([]);
  });

  test('gateway: full, or silent for long while calls are expected', () => {
    const one = (more: object): { gateways: { gateway: string; site: string; channels: number; busyChannels: number; refused: number; refusedSeconds: number | null; silentSeconds: number; expected: number | null }[] } =>
      ({ gateways: [{ gateway: 'mediant', site: 'douala', channels: 120, busyChannels: 60, refused: 0, refusedSeconds: null, silentSeconds: 0, expected: null, ...more }] });
    expect(firing(gateway, one({}))).toEqual([]);
    expect(firing(gateway, one({ busyChannels: 120 }))).toEqual(['mediant']);
    expect(firing(gateway, one({ busyChannels: 119, refused: 4, refusedSeconds: 30 }))).toEqual(['mediant']);
    expect(firing(gateway, one({ busyChannels: 119, refused: 4, refusedSeconds: 31 }))).toEqual([]);
    expect(firing(gateway, one({ busyChannels: 0, silentSeconds: 600, expected: 40 }))).toEqual(['mediant']);
    expect(firing(gateway, one({ busyChannels: 0, silentSeconds: 599, expected: 40 }))).toEqual([]);
    expect(firing(gateway, one({ busyChannels: 0, silentSeconds: 6000, expected: null }))).toEqual([]);
    expect(firing(gateway, one({ channels: 0, busyChannels: 0 }))).toEqual([]);
  });

  test('rows late: old although agents are at work, not loaded any more, or waiting', () => {
    const facts = { ageSeconds: 20, active: 30, unloadedSeconds: 0, waitingSeconds: 1 };
    expect(firing(rowsLate, facts)).toEqual([]);
    expect(firing(rowsLate, { ...facts, ageSeconds: 400 })).toEqual(['warehouse']);
    expect(firing(rowsLate, { ...facts, ageSeconds: 30_000, active: 3 })).toEqual([]);
    expect(firing(rowsLate, { ...facts, ageSeconds: null, unloadedSeconds: 301 })).toEqual(['warehouse']);
    expect(firing(rowsLate, { ...facts, waitingSeconds: 301 })).toEqual(['warehouse']);
    expect(firing(rowsLate, { ...facts, ageSeconds: null, waitingSeconds: null })).toEqual([]);
  });

  test('spool: large and never smaller, or not to be written', () => {
    const facts = { place: 'spool', bytes: 300, maximumBytes: 1000, rows: 3, growingSeconds: 400, writeError: '', loadError: '' };
    expect(firing(spoolGrowing, facts)).toEqual(['spool']);
    expect(firing(spoolGrowing, { ...facts, growingSeconds: 200 })).toEqual([]);
    expect(firing(spoolGrowing, { ...facts, bytes: 199 })).toEqual([]);
    expect(firing(spoolGrowing, { ...facts, bytes: 0, growingSeconds: 0, writeError: 'ENOSPC' })).toEqual(['spool']);
  });

  test('disk: little space, as bytes or as a share of a disk that is not huge', () => {
    const disk = (freeBytes: number, sizeBytes: number): { disks: { path: string; place: string; freeBytes: number; sizeBytes: number }[] } => ({ disks: [{ path: '/data', place: 'data', freeBytes, sizeBytes }] });
    expect(firing(diskLow, disk(0.9e9, 100e9))).toEqual(['data']);
    expect(firing(diskLow, disk(2e9, 100e9))).toEqual(['data']);
    expect(firing(diskLow, disk(2e9, 10e9))).toEqual([]);
    expect(firing(diskLow, disk(20e9, 4000e9))).toEqual([]);
    expect(firing(diskLow, disk(2e9, 10e9), { leastFreeMb: 3000 })).toEqual(['data']);
  });

  test('nuisance: at its limit in any window, with enough people to say so', () => {
    const campaign = (nuisance: number, passed: number): { campaigns: { campaign: string; name: string; tenant: string; limit: number; windows: { hours: number; nuisance: number; passed: number; share: number | null }[] }[] } =>
      ({ campaigns: [{ campaign: '9100', name: 'Relance', tenant: 'ocm', limit: 0.03, windows: [{ hours: 24, nuisance, passed, share: nuisance + passed === 0 ? null : nuisance / (nuisance + passed) }, { hours: 720, nuisance: 0, passed: 9000, share: 0 }] }] });
    expect(firing(nuisanceLimit, campaign(3, 97))).toEqual(['9100']);
    expect(firing(nuisanceLimit, campaign(2, 98))).toEqual([]);
    expect(firing(nuisanceLimit, campaign(5, 50))).toEqual([]);
    expect(firing(nuisanceLimit, campaign(0, 0))).toEqual([]);
    expect(firing(nuisanceLimit, { campaigns: [] })).toEqual([]);
  });

  test('what they look at is called as people call it', () => {
    const told = [
      ...noRows.check({ tenants: [{ tenant: 'ocm', name: 'OCM', calls: 0, expected: 60, open: true }] }, noRows.settings.parse({})),
      ...agentsGone.check({ sites: ['douala', 'lille'].map((site, index) => ({ site, name: ['Douala', 'Lille'][index] ?? '', loggedIn: 0, before: 40, missing: index * 38, agents: [] })) }, agentsGone.settings.parse({})),
      ...nuisanceLimit.check({ campaigns: [{ campaign: '9100', name: 'Relance', tenant: 'ocm', limit: 0.03, windows: [] }] }, nuisanceLimit.settings.parse({})),
    ];
    for (const { name, evidence: { textFr, textEn } } of told) expect([textFr.split(' :')[0], textEn.split(':')[0]]).toEqual([name, name]);
    expect(told.map(({ key, name }) => [key, name])).toEqual([['ocm', 'OCM'], ['douala', 'Douala'], ['lille', 'Lille'], ['9100', 'Relance']]);
  });

  test('backup: three days and the grace', () => {
    expect(firing(backupOverdue, { folder: '/b', newest: { name: 'a', ageHours: 77.9 } })).toEqual([]);
    expect(firing(backupOverdue, { folder: '/b', newest: { name: 'a', ageHours: 78.1 } })).toEqual(['backup']);
    expect(firing(backupOverdue, { folder: '/b', newest: null })).toEqual(['backup']);
  });
});
