import { expect, test } from 'vitest';
import type { CentreConfiguration, PauseReason } from '../telephony/configuration.ts';
import { smallCentre } from '../warehouse/operational/fixtures/small-centre.ts';
import { openDirectory, type Directory } from './directory.ts';

const MINUTE_MS = 60_000;
const START = Date.parse('2026-03-02T10:00:00Z');

interface Given { directory: Directory; passes: (ms: number) => void; changes: (next: CentreConfiguration) => void }

async function given(configuration: CentreConfiguration): Promise<Given> {
  let nowMs = START;
  let listener: (next: CentreConfiguration) => void = () => {};
  const port = { load: () => Promise.resolve(configuration), subscribe: (given: typeof listener) => { listener = given; return () => {}; } };
  const directory = await openDirectory(port, { nowMs: () => nowMs });
  return { directory, passes: (ms) => { nowMs += ms; }, changes: (next) => listener(next) };
}

test('the mark is another one after a change, and when a period begins or ends; else it stays', async () => {
  const reason: PauseReason = { code: 'repas', labelFr: 'Repas', labelEn: 'Lunch', productive: false, limitSeconds: 60, validFrom: null, validTo: '2026-03-02T10:30:00Z' };
  const configuration = { ...smallCentre, pauseReasons: [reason, { ...reason, limitSeconds: 90, validFrom: '2026-03-02T10:30:00Z', validTo: '2026-03-02T11:00:00Z' }] };
  const { directory, passes, changes } = await given(configuration);
  const seen = [directory.mark()];
  const look = (): void => {
    const mark = directory.mark();
    if (mark !== seen.at(-1)) seen.push(mark);
  };
  for (let minute = 0; minute < 20; minute++) { passes(MINUTE_MS); look(); }
  expect(seen.length).toBe(1);
  for (let minute = 20; minute < 60; minute++) { passes(MINUTE_MS); look(); }
  expect(seen.length).toBe(3);
  changes({ ...configuration, version: configuration.version + 1 });
  look();
  expect(new Set(seen).size).toBe(4);
});
