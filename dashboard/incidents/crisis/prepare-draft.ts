/** The four texts of a REX. */
export const REX_FIELDS = ['impact', 'causes', 'wentWell', 'wentBadly'] as const;
export type RexField = (typeof REX_FIELDS)[number];
export type RexTexts = Record<RexField, string>;

export interface RexVersion extends RexTexts { version: string; by: string; writtenAt: string }

/** What is being written, and the version that it began from. */
export interface RexDraft { texts: RexTexts; base: RexVersion | null }

const EMPTY: RexTexts = { impact: '', causes: '', wentWell: '', wentBadly: '' };

export function textsOf(version: RexTexts | null): RexTexts {
  return version ? { impact: version.impact, causes: version.causes, wentWell: version.wentWell, wentBadly: version.wentBadly } : EMPTY;
}

/**
 * The draft beside what the server has now. Where only the other wrote, his text comes in; where only we wrote, ours stays; where
 * both did, ours stays and his is shown beside it until someone has put the two together. Nothing is lost.
 */
export function meet(draft: RexDraft, newest: RexVersion | null): { draft: RexDraft; conflicts: RexField[]; other: RexVersion | null } {
  if ((newest?.version ?? null) === (draft.base?.version ?? null)) return { draft, conflicts: [], other: null };
  const before = textsOf(draft.base);
  const theirs = textsOf(newest);
  const conflicts = REX_FIELDS.filter((field) => draft.texts[field] !== before[field] && theirs[field] !== before[field] && draft.texts[field] !== theirs[field]);
  const pick = (field: RexField): string => (draft.texts[field] === before[field] ? theirs[field] : draft.texts[field]);
  return { draft: { base: draft.base, texts: { impact: pick('impact'), causes: pick('causes'), wentWell: pick('wentWell'), wentBadly: pick('wentBadly') } }, conflicts, other: newest };
}

/** After the reader has seen the other's version: what is written from now on is based on it. */
export function accept(draft: RexDraft, newest: RexVersion | null): RexDraft {
  return { texts: meet(draft, newest).draft.texts, base: newest };
}

export function isDirty({ texts, base }: RexDraft): boolean {
  const before = textsOf(base);
  return REX_FIELDS.some((field) => texts[field] !== before[field]);
}
