import { expect, test } from 'vitest';
import type { Attempt } from '../../telephony/contacts.ts';
import type { UnsettledAttempt } from '../../warehouse/operational/contacts/contacts.ts';
import type { StoredDial } from '../../warehouse/unfinished.ts';
import { completeAttempts } from './complete-attempts.ts';

const NOW = Date.parse('2026-03-31T10:00:00Z');
const HOUR_MS = 3_600_000;
const NUMBER = '+33612345678';
const asked = { campaign: '9000', tenant: 'ocm', number: NUMBER, startedMs: NOW - 60_000 };
const dial: StoredDial = { ...asked, callId: 'A', startedMs: NOW - 50_000, endedMs: NOW - 20_000, contact: 1, result: 'no-answer', agent: '', status: { group: 0, num: 92, detail: 0 } };

/** What the call files are told, as `[contact, call, result, agent, status]`. */
async function told(attempts: UnsettledAttempt[], dials: StoredDial[]): Promise<{ reports: unknown[]; ranges: unknown[] }> {
  const [reports, ranges, words]: [Attempt[], unknown[], string[]] = [[], [], []];
  const count = await completeAttempts({
    nowMs: NOW, source: 'core',
    // Rows of a moment ago are waited for.
    door: { waiting: () => Promise.resolve(words.push('waiting') < 3 ? 1 : 0), dials: (query) => {
      words.push('dials');
      ranges.push(query);
      return Promise.resolve(dials);
    } },
    contacts: { unsettled: () => Promise.resolve(attempts), settle: () => Promise.resolve(void words.push('settled')), report: (attempt) => void reports.push(attempt) },
  });
  expect(count).toBe(reports.length);
  expect(words).toEqual(attempts.length === 0 ? [] : ['waiting', 'waiting', 'waiting', 'dials', 'settled']);
  return { ranges, reports: reports.map(({ contact, callId, result, agent, status }) => [contact.id, callId, result, agent, status]) };
}

test('each attempt hears of its own call: the newest of the contact since it was taken, or of the typed number', async () => {
  const { reports, ranges } = await told(
    [{ ...asked, contact: 1, callId: null }, { ...asked, contact: 2, callId: null, startedMs: NOW - 40_000 }, { ...asked, contact: 0, callId: null }, { ...asked, contact: 4, callId: null }, { ...asked, contact: 5, callId: null, campaign: '9001' }],
    [{ ...dial, startedMs: NOW - HOUR_MS, callId: 'earlier' }, dial,
      // Before it was taken.
      { ...dial, contact: 2, callId: 'B' }, { ...dial, contact: 0, callId: 'typed', result: 'busy' }, { ...dial, contact: 0, number: '+33600000000', callId: 'other' },
      { ...dial, contact: 4, callId: 'rings', result: 'in-progress' }, { ...dial, contact: 5, callId: 'other campaign' }]);
  expect(reports).toEqual([[1, 'A', 'no-answer', 0, null], [0, 'typed', 'busy', 0, null]]);
  expect(ranges).toEqual([{ source: 'core', fromMs: NOW - 60_000, toMs: NOW + 24 * HOUR_MS }]);
});

test("an agent's word counts, the system's is none; a talk that was told is told again only for it", async () => {
  const passed = { ...dial, result: 'passed', agent: '7' } as const;
  const { reports } = await told(
    [1, 2, 3, 4, 5, 6, 7].map((contact) => ({ ...asked, contact, callId: contact < 5 ? null : `told ${contact}` })),
    [{ ...passed, status: { group: 2, num: 4, detail: 1 } }, { ...passed, contact: 2, callId: 'B', status: { group: 0, num: 101, detail: 0 } },
      { ...passed, contact: 3, callId: 'C', status: { group: 0, num: 100, detail: 0 } }, { ...dial, contact: 4, callId: 'D', result: 'machine', status: { group: 0, num: 93, detail: 0 } },
      { ...passed, contact: 5, callId: 'told 5', status: { group: 0, num: 100, detail: 0 } }, { ...passed, contact: 6, callId: 'told 6', status: null }, { ...passed, contact: 7, callId: 'another', status: { group: 2, num: 1, detail: 0 } }]);
  expect(reports).toEqual([
    [1, 'A', 'passed', 7, { group: 2, num: 4, detail: 1 }], [2, 'B', 'passed', 7, null], [3, 'C', 'passed', 7, { group: 0, num: 100, detail: 0 }], [4, 'D', 'machine', 0, null],
    [5, 'told 5', 'passed', 7, { group: 0, num: 100, detail: 0 }]]);
});

test('who holds nothing is asked nothing', async () => {
  expect(await told([], [dial])).toEqual({ reports: [], ranges: [] });
});
