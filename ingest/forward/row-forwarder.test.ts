import { expect, test } from 'vitest';
import type { EmittedRow } from '../../telephony/rows.ts';
import type { AppendAnswer, MemoryBatch } from '../spool/door.ts';
import { RowForwarder, type RowForwarderOptions } from './row-forwarder.ts';

function leg(sequence: number): EmittedRow {
  return { kind: 'legs', row: {
    CallID: 'A', CustomerID: 1, Leg: 1, Visit: 1, Queue: 101, Agent: 0, Campaign: '4000', EnteredUniversalTime: '', StartedUniversalTime: '',
    AnsweredUniversalTime: null, LeftUniversalTime: null, Outcome: 'in-progress', WaitDuration: 0, RingDuration: 0, ConvDuration: 0, HoldDuration: 0, WrapupDuration: 0,
    Transferred: 0, EndByAgent: 0, Sequence: sequence,
  } };
}

/** A spool's answers by script: what was acknowledged, and what was tried. */
function port(script: ('full' | 'gone')[]): { port: RowForwarderOptions['port']; taken: number[]; tried: string[] } {
  const taken: number[] = [];
  const tried: string[] = [];
  return { taken, tried, port: { append: (batch: MemoryBatch): Promise<AppendAnswer> => {
    tried.push(batch.batchId);
    const step = script.shift();
    if (step === 'gone') return Promise.reject(new Error('worker ended'));
    if (step === 'full') return Promise.resolve({ ok: false, code: 'full', message: 'full', retryAfterSeconds: 1 });
    for (const line of Buffer.from(batch.ndjson).toString().split('\n').slice(0, -1)) taken.push((JSON.parse(line) as { Sequence: number }).Sequence);
    return Promise.resolve({ ok: true, repeated: false, receipt: { batch: batch.batchId, source: batch.source, kind: batch.kind, rows: 0, digest: '' } });
  } } };
}

test('rows go out in order, once, also when the spool is full or gone for a while', async () => {
  const spool = port(['full', 'gone', 'full']);
  const forwarder = new RowForwarder({ port: spool.port, source: 'core', run: 'r', batchBytes: 1000 });
  for (let sequence = 1; sequence <= 50; sequence += 1) forwarder.sink(leg(sequence));
  await forwarder.drain();
  expect(spool.taken).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
  expect(new Set(spool.tried.slice(0, 4)).size).toBe(1);
  expect(forwarder.backlog).toEqual({ rows: 0, bytes: 0, lostRows: 0, fill: 0 });
});

test('a row waits no longer than the flush time', async () => {
  const spool = port([]);
  const forwarder = new RowForwarder({ port: spool.port, source: 'core', run: 'r', flushMs: 20 });
  forwarder.sink(leg(1));
  expect(spool.taken).toEqual([]);
  await expect.poll(() => spool.taken, { timeout: 1000 }).toEqual([1]);
});

test('memory is bounded: what is lost is counted and said, who can wait loses nothing', async () => {
  const troubles: string[] = [];
  const stuck = new RowForwarder({ port: { append: () => new Promise(() => undefined) }, source: 'core', run: 'r', maximumBytes: 10_000, onTrouble: ({ message }) => troubles.push(message) });
  for (let sequence = 1; sequence <= 200; sequence += 1) stuck.sink(leg(sequence));
  expect(stuck.backlog.fill).toBe(1);
  expect(stuck.backlog.bytes).toBeLessThan(11_000);
  expect(stuck.backlog.rows + stuck.backlog.lostRows).toBe(200);
  expect(troubles[0]).toContain('rows are lost');
  stuck.close();
  const spool = port([]);
  const patient = new RowForwarder({ port: spool.port, source: 'core', run: 'r', maximumBytes: 10_000, batchBytes: 1000 });
  for (let sequence = 1; sequence <= 200; sequence += 1) {
    await patient.room();
    patient.sink(leg(sequence));
  }
  await patient.drain();
  expect(spool.taken.length).toBe(200);
  expect(patient.backlog.lostRows).toBe(0);
});
