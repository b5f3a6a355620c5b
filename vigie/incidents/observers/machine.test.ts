import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SpoolStatus } from '../../../ingest/spool/door.ts';
import { QUIET, turnDetector } from '../detector-state.ts';
import { isUnseen, type Finding, type Watching } from '../detectors/detector.ts';
import { machineDetectors } from './machine.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const MONDAY = Date.parse('2026-03-02T09:00:00Z');
let folder: string;
let nowMs = MONDAY;
let waiting: SpoolStatus;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vigie-machine-'));
  nowMs = MONDAY;
  waiting = { bytes: 0, segments: 0, rows: 0, maximumBytes: 1000, lagMs: 0, setAside: 0, acknowledgedRows: 0, acknowledgedBatches: 0, loadedRows: 0, syncs: 0, writeError: '', loadError: '' };
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function detectors(backupDirectory: string | null = folder): Record<'spool' | 'disk' | 'backup', Watching> {
  const [spool, disk, backup] = machineDetectors({ nowMs: () => nowMs, spool: { place: 'spool', status: () => Promise.resolve(waiting) }, disks: [{ place: 'data', path: folder }], backupDirectory });
  if (!spool || !disk || !backup) throw new Error('three detectors look at a machine');
  return { spool, disk, backup };
}
async function look(watching: Watching, stored: Record<string, unknown> = {}): Promise<Finding> {
  const found = await watching.look(stored);
  if (isUnseen(found) || !found[0]) throw new Error('nothing was seen');
  return found[0];
}
/** A file that was written so long ago. */
function file(name: string, hours: number, content = 'x'): void {
  writeFileSync(join(folder, name), content);
  const at = new Date(Date.now() - hours * HOUR);
  utimesSync(join(folder, name), at, at);
}

test('a backup is the newest file of the folder or of its folders; an empty one is none', async () => {
  const { backup } = detectors();
  expect(await look(backup)).toMatchObject({ firing: true, evidence: { values: { newest: null } } });
  mkdirSync(join(folder, 'february'));
  file('february/old.tar', 100);
  file('broken.tar', 1, '');
  expect(await look(backup)).toMatchObject({ firing: true, evidence: { values: { newest: join('february', 'old.tar'), ageHours: 100 } } });
  file('monday.tar', 77);
  expect(await look(backup)).toMatchObject({ firing: false, evidence: { values: { newest: 'monday.tar', ageHours: 77 } } });
  expect(await look(backup, { everyDays: 3, graceHours: 4 })).toMatchObject({ firing: true });
  rmSync(folder, { recursive: true });
  // It cannot look: that is no backup that is overdue.
  await expect(backup.look({})).rejects.toThrow('ENOENT');
  expect(await detectors(null).backup.look({})).toMatchObject({ unseen: 'not-configured' });
});

test('the disk is that of the path, as the system tells it', async () => {
  const { disk } = detectors();
  const { evidence, firing } = await look(disk, { leastFreeMb: 1, leastFreeShare: 0 });
  expect(firing).toBe(false);
  expect(Number(evidence.values['freeBytes'])).toBeGreaterThan(1e6);
  expect(Number(evidence.values['sizeBytes'])).toBeGreaterThanOrEqual(Number(evidence.values['freeBytes']));
  expect(await look(disk, { leastFreeMb: 10_000_000 })).toMatchObject({ key: 'data', firing: true });
});

test('a spool that only grows opens one incident, and it is over when it shrinks', async () => {
  const { spool } = detectors();
  let state = QUIET;
  const turns: string[] = [];
  // Filled for ten minutes, worked off for ten: as bytes at each minute.
  for (const bytes of [0, 100, 150, 200, 250, 300, 300, 350, 400, 450, 450, 400, 300, 100, 0, 0, 0, 0]) {
    waiting = { ...waiting, bytes, rows: bytes };
    const finding = await look(spool);
    const turned = turnDetector(state, finding.firing, nowMs, spool.tuning({}));
    state = turned.state;
    if (turned.turn !== null) turns.push(`${turned.turn} ${(nowMs - MONDAY) / MINUTE}`);
    nowMs += MINUTE;
  }
  // At 5 more than a fifth is full and it has not shrunk for five minutes, which must hold for one; at 11 it shrinks, and two minutes later that counts.
  expect(turns).toEqual(['open 6', 'cleared 13']);
  waiting = { ...waiting, writeError: 'ENOSPC' };
  expect(await look(spool)).toMatchObject({ firing: true, affects: { components: [{ share: 1 }] } });
});
