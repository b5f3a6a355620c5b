import type { Language } from '../../ingest/call-files/words.ts';
import type { LivedMode, WhatIf, WhatIfMode } from '../../telephony/dialer/study/what-if.ts';

const MODES: Record<Language, Record<WhatIfMode, string>> = {
  en: {
    manual: 'manual', preview: 'preview', progressive: 'progressive', 'vicidial-hard-limit': 'VICIdial hard limit', 'vicidial-average': 'VICIdial average',
    'vicidial-tapered': 'VICIdial tapered', predictive: 'predictive', clairvoyant: 'clairvoyant',
  },
  fr: {
    manual: 'manuel', preview: 'aperçu', progressive: 'progressif', 'vicidial-hard-limit': 'VICIdial hard limit', 'vicidial-average': 'VICIdial average',
    'vicidial-tapered': 'VICIdial tapered', predictive: 'prédictif', clairvoyant: 'clairvoyant',
  },
};

type Column = [title: Record<Language, string>, cell: (lived: LivedMode, words: Words) => string];
interface Words { number(value: number | null, digits?: number): string; percent(share: number | null): string; name(mode: WhatIfMode): string }

const COLUMNS: Column[] = [
  [{ en: 'mode', fr: 'mode' }, ({ mode }, { name }) => name(mode)],
  [{ en: 'talk min/h', fr: 'parole min/h' }, ({ talkMinutesPerHour }, { number }) => number(talkMinutesPerHour, 1)],
  [{ en: 'busy', fr: 'occupés' }, ({ busyShare }, { percent }) => percent(busyShare)],
  [{ en: 'wait s', fr: 'attente s' }, ({ waitSeconds }, { number }) => number(waitSeconds, 1)],
  [{ en: 'nuisance', fr: 'nuisance' }, ({ nuisanceShare }, { percent }) => percent(nuisanceShare)],
  [{ en: 'worst 24 h', fr: 'pires 24 h' }, ({ worstDayShare }, { percent }) => percent(worstDayShare)],
  [{ en: 'contacts/h', fr: 'contacts/h' }, ({ contactsPerHour }, { number }) => number(contactsPerHour)],
  [{ en: 'lines', fr: 'lignes' }, ({ lines }, { number }) => number(lines, 1)],
  [{ en: 'most', fr: 'max' }, ({ peakLines }, { number }) => number(peakLines)],
  [{ en: 'hours', fr: 'heures' }, ({ hours }, { number }) => number(hours, 1)],
  [{ en: 'left', fr: 'restants' }, ({ contactsLeft }, { number }) => number(contactsLeft)],
];

export function modeInWords(mode: WhatIfMode, language: Language): string {
  return MODES[language][mode];
}

/** A line for each mode, under what all of them have in common. */
export function livedModesInWords(asked: WhatIf, modes: readonly LivedMode[], language: Language): string {
  const number: Words['number'] = (value, digits = 0) => (value === null ? '–' : value.toLocaleString(language, { minimumFractionDigits: digits, maximumFractionDigits: digits }));
  const words: Words = { number, percent: (share) => (share === null ? '–' : `${number(100 * share, 2)} %`), name: (mode) => modeInWords(mode, language) };
  const rows = [COLUMNS.map(([title]) => title[language]), ...modes.map((lived) => COLUMNS.map(([, cell]) => cell(lived, words)))];
  const widths = COLUMNS.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) => row.map((text, column) => (column === 0 ? text.padEnd(widths[column] ?? 0) : text.padStart(widths[column] ?? 0))).join('  '));
  const [contacts, agents, limit] = [number(asked.contacts), number(asked.agents), number(100 * asked.nuisanceShare, 1)];
  const other = [
    ...(asked.answerShare === undefined ? [] : [{ en: `answers ${number(100 * asked.answerShare, 1)} %`, fr: `réponses ${number(100 * asked.answerShare, 1)} %` }]),
    ...(asked.talkSeconds === undefined ? [] : [{ en: `talk ${number(asked.talkSeconds, 1)} s`, fr: `parole ${number(asked.talkSeconds, 1)} s` }]),
    ...(asked.wrapupSeconds === undefined ? [] : [{ en: `wrap-up ${number(asked.wrapupSeconds, 1)} s`, fr: `post-appel ${number(asked.wrapupSeconds, 1)} s` }]),
  ].map((words) => `${words[language]}, `).join('');
  const head = language === 'fr'
    ? `${contacts} contacts, ${agents} agents, graine ${asked.seed}, ${other}appels de nuisance ${limit} % au plus ; heures d'appel d'affilée, sans les nuits`
    : `${contacts} contacts, ${agents} agents, seed ${asked.seed}, ${other}nuisance calls ${limit} % at most; hours of calling one after the other, without nights`;
  return [head, ...lines].join('\n');
}
