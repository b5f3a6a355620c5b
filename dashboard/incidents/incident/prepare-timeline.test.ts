import { expect, test } from 'vitest';
import { prepareTimeline, type TimelineEvent } from './prepare-timeline.ts';

const event = (sequence: number, kind: TimelineEvent['kind'], at: string, recordedAt = at): TimelineEvent => ({ id: String(sequence), sequence, kind, at, recordedAt, by: 'Awa', words: kind });

test('the log by local days, the newest first; a late entry stands where it happened and is marked', () => {
  const days = prepareTimeline([
    event(1, 'OPENED', '2026-03-01T21:00:00Z'), event(2, 'ACKNOWLEDGED', '2026-03-01T23:30:00Z'), event(3, 'RESOLVED', '2026-03-02T08:00:00Z'), event(4, 'COMMENTED', '2026-03-01T21:10:00Z', '2026-03-02T08:05:00Z'),
  ], 'Africa/Douala', false);
  expect(days.map(({ day, events }) => [day, events.map(({ kind, late }) => (late ? `${kind} late` : kind))])).toEqual([['2026-03-02', ['RESOLVED', 'ACKNOWLEDGED']], ['2026-03-01', ['COMMENTED late', 'OPENED']]]);
});

test('of one instant what was written down last stands first; the essential leaves out who was told', () => {
  const at = '2026-03-01T21:00:00Z';
  expect(prepareTimeline([event(1, 'OPENED', at), event(2, 'TOLD', at), event(3, 'BREACHED', at)], 'UTC', true)[0]?.events.map(({ kind }) => kind)).toEqual(['BREACHED', 'OPENED']);
  expect(prepareTimeline([], 'UTC', false)).toEqual([]);
});
