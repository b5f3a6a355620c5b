import type { Reason } from './contact-of-row.ts';
import { LIMITS } from './limits.ts';
import { CallFileRefused, type Refusal } from './refusal.ts';

export type Language = 'en' | 'fr';

/** What a file of rejected rows has behind the columns of the file that they came in. */
export const REJECTED_COLUMNS: Readonly<Record<Language, readonly [string, string, string]>> = { en: ['Row', 'Rejected because', 'Value'], fr: ['Ligne', 'Motif du rejet', 'Valeur'] };

const REASON_WORDS: Record<Reason, Record<Language, string>> = {
  'no-number': { en: 'no number', fr: 'pas de numéro' },
  'invalid-number': { en: 'not a valid telephone number', fr: 'numéro de téléphone invalide' },
  'invalid-second-number': { en: 'the second number is not valid', fr: 'second numéro invalide' },
  'unknown-zone': { en: 'unknown time zone', fr: 'fuseau horaire inconnu' },
  'no-zone': { en: 'the time zone of this number is not known: give it in a column', fr: 'fuseau horaire du numéro inconnu : le donner dans une colonne' },
  'invalid-priority': { en: 'the priority is not a digit from 0 to 9', fr: 'la priorité n’est pas un chiffre de 0 à 9' },
  'invalid-call-from': { en: 'not a date (2026-03-31 14:30 or 31/03/2026 14:30)', fr: 'date invalide (2026-03-31 14:30 ou 31/03/2026 14:30)' },
  'too-many-cells': { en: 'more cells than the header has columns', fr: 'plus de cellules que de colonnes dans l’en-tête' },
  'cell-too-long': { en: `a cell has more than ${count(LIMITS.cell, 'en')} characters`, fr: `une cellule a plus de ${count(LIMITS.cell, 'fr')} caractères` },
  'duplicate-in-file': { en: 'the number stands in this file before', fr: 'numéro déjà présent plus haut dans le fichier' },
  'duplicate-in-campaign': { en: 'another file of the campaign has the number', fr: 'numéro déjà présent dans un autre fichier de la campagne' },
  'do-not-call': { en: 'on the do-not-call list', fr: 'sur la liste d’opposition' },
};

const REFUSAL_WORDS: Record<Refusal, Record<Language, string>> = {
  empty: { en: 'the file is empty', fr: 'le fichier est vide' },
  'too-large': { en: 'the file is larger than 2 GB', fr: 'le fichier dépasse 2 Go' },
  binary: { en: 'this is neither text nor a workbook', fr: 'ce n’est ni du texte ni un classeur' },
  'wrong-encoding': { en: 'the text is not in the encoding that it seems to be in: save it as UTF-8', fr: 'l’encodage du texte n’est pas reconnu : l’enregistrer en UTF-8' },
  'no-header': { en: 'the first row must hold the names of the columns', fr: 'la première ligne doit porter les noms des colonnes' },
  'duplicate-column': { en: 'two columns have the same name', fr: 'deux colonnes portent le même nom' },
  'too-many-columns': { en: `more than ${count(LIMITS.columns, 'en')} columns, in row`, fr: `plus de ${count(LIMITS.columns, 'fr')} colonnes, à la ligne` },
  'cell-too-long': { en: `a cell has more than ${count(LIMITS.row, 'en')} characters, in row`, fr: `une cellule dépasse ${count(LIMITS.row, 'fr')} caractères, à la ligne` },
  'row-too-long': { en: `a row has more than ${count(LIMITS.row, 'en')} characters`, fr: `une ligne dépasse ${count(LIMITS.row, 'fr')} caractères` },
  'too-many-rows': { en: `more than ${count(LIMITS.rows, 'en')} rows`, fr: `plus de ${count(LIMITS.rows, 'fr')} lignes` },
  'unclosed-quote': { en: 'a quotation mark is never closed', fr: 'un guillemet n’est jamais refermé' },
  protected: { en: 'the workbook is protected by a password', fr: 'le classeur est protégé par un mot de passe' },
  'old-workbook': { en: 'an old workbook (.xls): save it as .xlsx', fr: 'ancien classeur (.xls) : l’enregistrer en .xlsx' },
  'not-a-workbook': { en: 'not a workbook, or a damaged one', fr: 'ce n’est pas un classeur, ou il est endommagé' },
  'zip-bomb': { en: 'the workbook unpacks to too much', fr: 'le classeur décompressé est démesuré' },
  'no-sheet': { en: 'the workbook has no sheet', fr: 'le classeur n’a pas de feuille' },
  'unknown-column': { en: 'there is no such column', fr: 'cette colonne n’existe pas' },
  'no-number-column': { en: 'no column is known to hold the number: name it with --map number=COLUMN', fr: 'aucune colonne reconnue pour le numéro : la nommer par --map number=COLONNE' },
  'column-twice': { en: 'a column stands for two things', fr: 'une colonne sert deux fois' },
};

function count(number: number, language: Language): string {
  return number.toLocaleString(language);
}

export function reasonInWords(reason: string, language: Language): string {
  return Object.entries(REASON_WORDS).find(([code]) => code === reason)?.[1][language] ?? reason;
}

export function refusalInWords(refused: CallFileRefused, language: Language): string {
  const words = REFUSAL_WORDS[refused.code][language];
  const { code, detail } = refused;
  // Words that end with the row wait for its number.
  const withoutRow = words.replace(/, (?:in row|à la ligne)$/, '');
  if (withoutRow !== words) return /^\d+$/.test(detail) ? `${words} ${Number(detail).toLocaleString(language)}` : withoutRow;
  return detail === '' || code === 'too-many-rows' ? words : `${words} (${detail})`;
}
