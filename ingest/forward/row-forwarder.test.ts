import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { EmittedRow } from '../../telephony/rows.ts';
import { openSpool, type Spool } from '../spool/spool.ts';
import { RowForwarder, type RowForwarderOptions } from './row-forwarder.ts';

let folder: string;
let spool: Spool;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vigie-forward-'));
  spool = await openSpool({ folder, segmentMs: 60_000, maximumBytes: 8000 });
});
afterEach(async () => {
  await spool.close();
  await rm(folder, { recursive: true, force: true });
});

function leg(sequence: number): EmittedRow {
  return { kind: 'legs', row: {
    CallID: 'A', CustomerID: 1, Leg: 1, Visit: 1, Queue: 101, Agent: 0, Campaign: '4000', EnteredUniversalTime: '', StartedUniversalTime: '',
    AnsweredUniversalTime: null, LeftUniversalTime: null, Outcome: 'in-progress', WaitDuration: 0, RingDuration: 0, ConvDuration: 0, HoldDuration: 0, WrapupDuration: 0,
    Transferred: 0, EndByAgent: 0, Sequence: sequence,
  } };
}

/** The way to the spool, which breaks down as told: before the batch got there, or before its answer came back. */
function breaking(breakdowns: ('before' | 'after')[]): RowForwarderOptions['port'] {
  return { append: async (batch) => {
    const breakdown = breakdowns.shift();
    if (breakdown === 'before') throw new Error('the worker has ended');
    const answer = await spool.append(batch);
    if (breakdown === 'after') throw new Error('the worker has ended');
    return answer;
  } };
}

/** Takes rows off the spool as the warehouse does, until the work is over; gives their numbers. */
async function takenDuring(work: Promise<void>): Promise<number[]> {
  const taken: number[] = [];
  const take = async (): Promise<void> => {
    await spool.flush();
    for (const segment of spool.queue.all()) {
      const lines = (await readFile(join(segment.folder, `${segment.name}.ndjson`), 'utf8')).split('\n').slice(0, -1);
      taken.push(...lines.map((line) => Number(/"Sequence":(\d+)/.exec(line)?.[1])));
      await spool.loaded(segment, { leftOut: 0, quarantined: 0, quarantinedLines: [] });
    }
  };
  const life = { over: false };
  const over = work.finally(() => { life.over = true; });
  while (!life.over) await pause(50).then(take);
  await over;
  await take();
  return taken;
}
const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

test('rows go out in order, once, also when the spool is full, gone, or its answer is lost', async () => {
  const troubles: string[] = [];
  const breakdowns: ('before' | 'after')[] = ['before', 'after', 'before'];
  const forwarder = new RowForwarder({ port: breaking(breakdowns), source: 'core', run: 'r', batchBytes: 1000, onTrouble: ({ message }) => troubles.push(message) });
  for (const sequence of numbers(50)) forwarder.sink(leg(sequence));
  expect(await takenDuring(forwarder.drain())).toEqual(numbers(50));
  expect(breakdowns).toEqual([]);
  expect(troubles).toEqual(expect.arrayContaining([expect.stringContaining('does not answer'), expect.stringMatching(/^\d+ of 8000 bytes wait/)]));
  expect(forwarder.backlog).toEqual({ rows: 0, bytes: 0, lostRows: 0, fill: 0 });
});

test('a row waits no longer than the flush time', async () => {
  const forwarder = new RowForwarder({ port: spool, source: 'core', run: 'r', flushMs: 20 });
  forwarder.sink(leg(1));
  expect((await spool.status()).acknowledgedRows).toBe(0);
  await expect.poll(async () => (await spool.status()).acknowledgedRows, { timeout: 5000 }).toBe(1);
});

test('memory is bounded: what is lost is counted and said, who can wait loses nothing', async () => {
  const troubles: string[] = [];
  const stuck = new RowForwarder({ port: { append: () => new Promise(() => undefined) }, source: 'core', run: 'r', maximumBytes: 10_000, onTrouble: ({ message }) => troubles.push(message) });
  for (const sequence of numbers(200)) stuck.sink(leg(sequence));
  expect(stuck.backlog.fill).toBe(1);
  expect(stuck.backlog.bytes).toBeLessThan(11_000);
  expect(stuck.backlog.rows + stuck.backlog.lostRows).toBe(200);
  expect(troubles[0]).toContain('rows are lost');
  stuck.close();
  const patient = new RowForwarder({ port: spool, source: 'core', run: 'r', maximumBytes: 10_000, batchBytes: 1000 });
  const send = async (): Promise<void> => {
    for (const sequence of numbers(200)) {
      await patient.room();
      patient.sink(leg(sequence));
    }
    await patient.drain();
  };
  expect(await takenDuring(send())).toEqual(numbers(200));
  expect(patient.backlog.lostRows).toBe(0);
});
