import { splitList, type Patch } from '../../url/use-params.ts';
import type { Dialer } from '../dialer-query.ts';
import { percentOf, shareOf } from '../prepare-settings.ts';
import type { StudyMode, StudyVariables } from './study-query.ts';

/** A what-if as people write it; percentages, not shares. */
export interface StudyQuestion { contacts: number; agents: number; modes: StudyMode[]; seed: number; answerPercent: number; limitPercent: number; talkSeconds: number; wrapupSeconds: number }
export type NumberField = Exclude<keyof StudyQuestion, 'modes'>;

export const STUDY_MODES: StudyMode[] = ['MANUAL', 'PREVIEW', 'PROGRESSIVE', 'VICIDIAL_HARD_LIMIT', 'VICIDIAL_AVERAGE', 'VICIDIAL_TAPERED', 'PREDICTIVE', 'CLAIRVOYANT'];

interface Rule { param: string; least: number; most: number; whole: boolean; fallback: number }
export const RULES: Record<NumberField, Rule> = {
  contacts: { param: 'contacts', least: 1, most: 300_000, whole: true, fallback: 20_000 },
  agents: { param: 'agents', least: 1, most: 300, whole: true, fallback: 20 },
  answerPercent: { param: 'answers', least: 1, most: 70, whole: false, fallback: 20 },
  limitPercent: { param: 'limit', least: 0.1, most: 20, whole: false, fallback: 3 },
  talkSeconds: { param: 'talk', least: 5, most: 3600, whole: false, fallback: 150 },
  wrapupSeconds: { param: 'wrapup', least: 0, most: 1800, whole: false, fallback: 30 },
  seed: { param: 'seed', least: 0, most: 2_147_483_647, whole: true, fallback: 3 },
};
const DEFAULT_MODES: StudyMode[] = ['MANUAL', 'PREVIEW', 'PROGRESSIVE', 'VICIDIAL_AVERAGE', 'PREDICTIVE'];

/** Whether a field's value can be asked. */
export function allows(field: NumberField, value: unknown): value is number {
  const { least, most, whole } = RULES[field];
  return typeof value === 'number' && value >= least && value <= most && (!whole || Number.isInteger(value));
}

/** The question in the address; what it does not understand is the default. */
export function parseStudy(search: string): StudyQuestion {
  const params = new URLSearchParams(search);
  const number = (field: NumberField) => {
    const text = params.get(RULES[field].param) ?? '';
    return /^\d{1,10}(\.\d{1,4})?$/.test(text) && allows(field, Number(text)) ? Number(text) : RULES[field].fallback;
  };
  const asked = new Set(splitList(params.get('modes')));
  const modes = STUDY_MODES.filter((mode) => asked.has(word(mode)));
  return {
    contacts: number('contacts'), agents: number('agents'), modes: modes.length > 0 ? modes : DEFAULT_MODES, seed: number('seed'),
    answerPercent: number('answerPercent'), limitPercent: number('limitPercent'), talkSeconds: number('talkSeconds'), wrapupSeconds: number('wrapupSeconds'),
  };
}

export function toPatch({ modes, ...numbers }: StudyQuestion): Patch {
  return { ...Object.fromEntries(Object.entries(RULES).flatMap(([field, { param }]) => Object.entries(numbers).flatMap(([name, value]) => (name === field ? [[param, String(value)]] : [])))), modes: modes.map(word) };
}

export function toVariables({ answerPercent, limitPercent, ...rest }: StudyQuestion): StudyVariables {
  return { ...rest, answerShare: shareOf(answerPercent), nuisanceShare: shareOf(limitPercent) };
}

/** A running campaign's own figures, as far as they are known. */
export function questionOf({ nuisanceLimit, contactsOpen, contactsLeft, recent, why }: Pick<Dialer, 'nuisanceLimit' | 'contactsOpen' | 'contactsLeft' | 'recent' | 'why'>, agents: number): StudyQuestion {
  const clamp = (field: NumberField, value: number | null | undefined) => {
    const { least, most, whole, fallback } = RULES[field];
    if (value === null || value === undefined || value === 0) return fallback;
    return Math.min(most, Math.max(least, whole ? Math.round(value) : Math.round(value * 10) / 10));
  };
  return {
    contacts: clamp('contacts', contactsOpen ?? contactsLeft), agents: clamp('agents', agents), modes: DEFAULT_MODES, seed: RULES.seed.fallback,
    answerPercent: clamp('answerPercent', 100 * (recent?.answerShare ?? why?.answerShare ?? 0)), limitPercent: clamp('limitPercent', percentOf(nuisanceLimit)),
    talkSeconds: clamp('talkSeconds', why?.talkSeconds), wrapupSeconds: clamp('wrapupSeconds', why?.wrapupSeconds),
  };
}

/** VICIDIAL_AVERAGE is `vicidial-average` in an address. */
function word(mode: StudyMode): string {
  return mode.toLowerCase().replaceAll('_', '-');
}
