import type { Language } from '../../ingest/call-files/words.ts';
import { CONTACT_STATES, type CallFile, type ContactState } from '../../warehouse/operational/contacts/call-files.ts';

const STATES: Record<Language, Record<ContactState, string>> = {
  en: { new: 'new', 'in-progress': 'in progress', 'call-back': 'call-back due', 'follow-up': 'follow-up', done: 'done', exhausted: 'exhausted', excluded: 'excluded' },
  fr: { new: 'nouveaux', 'in-progress': 'en cours', 'call-back': 'rappels', 'follow-up': 'relances', done: 'traités', exhausted: 'épuisés', excluded: 'exclus' },
};
const STATUS: Record<Language, Record<CallFile['status'], string>> = {
  en: { loading: 'loading', checked: 'loading', ready: 'ready', paused: 'paused' },
  fr: { loading: 'en chargement', checked: 'en chargement', ready: 'prêt', paused: 'en pause' },
};

/** A file on a few lines: what came of its rows, where its contacts stand, how far it is. */
export function callFileInWords(file: CallFile, language: Language): string {
  const { id, name, campaign, status, rows, accepted, rejected, states, attempted, reached } = file;
  const share = (number: number): string => (accepted === 0 ? '–' : `${((100 * number) / accepted).toLocaleString(language, { maximumFractionDigits: 1 })} %`);
  const standing = CONTACT_STATES.filter((state) => states[state] > 0).map((state) => `${states[state].toLocaleString(language)} ${STATES[language][state]}`).join(', ');
  const count = (number: number): string => number.toLocaleString(language);
  return language === 'fr'
    ? `${id}  ${name}  campagne ${campaign}  ${STATUS.fr[status]}\n    ${count(rows)} lignes : ${count(accepted)} contacts, ${count(rejected)} rejetées\n    ${standing}\n    pénétration ${share(attempted)}, joints ${share(reached)}`
    : `${id}  ${name}  campaign ${campaign}  ${STATUS.en[status]}\n    ${count(rows)} rows: ${count(accepted)} contacts, ${count(rejected)} rejected\n    ${standing}\n    penetration ${share(attempted)}, reached ${share(reached)}`;
}
