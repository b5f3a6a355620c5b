import fc from 'fast-check';
import { expect, test } from 'vitest';
import { accept, isDirty, meet, REX_FIELDS, textsOf, type RexDraft, type RexVersion } from './prepare-draft.ts';

const version = (name: string, more: Partial<RexVersion> = {}): RexVersion => ({ version: name, by: 'Awa', writtenAt: '2026-03-02T10:00:00Z', impact: '', causes: '', wentWell: '', wentBadly: '', ...more });

test('nobody else wrote: the draft stays as it is', () => {
  const draft: RexDraft = { base: version('1', { causes: 'disk' }), texts: { ...textsOf(null), causes: 'disk full' } };
  expect(meet(draft, version('1', { causes: 'disk' }))).toEqual({ draft, conflicts: [], other: null });
  expect(isDirty(draft)).toBe(true);
});

test('each wrote elsewhere: both texts are kept without a question', () => {
  const base = version('1', { causes: 'disk', impact: 'x' });
  const { draft, conflicts } = meet({ base, texts: { ...textsOf(base), causes: 'disk full' } }, version('2', { causes: 'disk', impact: '120 calls', wentWell: 'fast' }));
  expect(conflicts).toEqual([]);
  expect(draft.texts).toEqual({ causes: 'disk full', impact: '120 calls', wentWell: 'fast', wentBadly: '' });
});

test('both wrote the same text: ours stays, and his is shown', () => {
  const { draft, conflicts, other } = meet({ base: null, texts: { ...textsOf(null), causes: 'ours' } }, version('1', { causes: 'theirs' }));
  expect([draft.texts.causes, conflicts, other?.causes]).toEqual(['ours', ['causes'], 'theirs']);
});

test('property: whatever two people write, no text of either vanishes unseen', () => {
  const texts = fc.record({ impact: fc.constantFrom('', 'a', 'b'), causes: fc.constantFrom('', 'a', 'b'), wentWell: fc.constantFrom('', 'a', 'b'), wentBadly: fc.constantFrom('', 'a', 'b') });
  fc.assert(fc.property(texts, texts, texts, (before, ours, theirs) => {
    const base = version('1', before);
    const newest = version('2', theirs);
    const met = meet({ base, texts: ours }, newest);
    for (const field of REX_FIELDS) {
      const [mine, his, was, shown] = [ours[field], theirs[field], before[field], met.draft.texts[field]];
      expect(mine === was || shown === mine).toBe(true);
      expect(his === was || shown === his || met.conflicts.includes(field)).toBe(true);
    }
    expect(accept({ base, texts: ours }, newest)).toEqual({ base: newest, texts: met.draft.texts });
  }), { numRuns: 200 });
});
