import type { Moment } from '../../warehouse/operational/incidents/rules.ts';
import type { Language } from './event-words.ts';

const WORDS: Record<Moment, Record<Language, string>> = {
  opened: { fr: 'ouverture', en: 'opening' },
  unacknowledged: { fr: 'pas encore pris en compte', en: 'not acknowledged yet' },
  warned: { fr: 'délai cible proche', en: 'target near' },
  breached: { fr: 'délai cible dépassé', en: 'target breached' },
  conference: { fr: 'conférence convoquée', en: 'conference called' },
  crisis: { fr: 'cellule de crise ouverte', en: 'crisis cell opened' },
  'report-overdue': { fr: 'rapport horaire en retard', en: 'hourly report overdue' },
  'long-interruption': { fr: 'interruption longue déclarée', en: 'long interruption declared' },
  progress: { fr: 'avancement communiqué', en: 'progress reported' },
  'progress-overdue': { fr: 'rapport d’avancement en retard', en: 'progress report overdue' },
  resolved: { fr: 'service rétabli', en: 'service restored' },
  reopened: { fr: 'incident rouvert', en: 'incident reopened' },
  closed: { fr: 'incident clos', en: 'incident closed' },
  'action-overdue': { fr: 'action en retard', en: 'action overdue' },
  'rex-overdue': { fr: 'REX en retard', en: 'REX overdue' },
};
const OTHERS: Record<string, Record<Language, string>> = {
  'report-reminder': { fr: 'rappel du rapport horaire', en: 'reminder of the hourly report' },
  'signature-reminder': { fr: 'rappel de signature', en: 'reminder to sign' },
};

/** The moment at which somebody was told; one that is not known any more, as it was written. */
export function momentIn(moment: string, language: Language): string {
  const known: Record<string, Record<Language, string>> = { ...WORDS, ...OTHERS };
  return Object.hasOwn(known, moment) ? (known[moment]?.[language] ?? moment) : moment;
}
