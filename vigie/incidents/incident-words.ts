import type { Telling } from '../../warehouse/operational/incidents/duty.ts';
import type { Language } from '../notify/mail-text.ts';

export type Occasion = Telling['moment'];

/** What a mail is about, in its subject, and what it asks of its reader. */
export const OCCASIONS: Record<Occasion, Record<Language, [subject: string, paragraph: string]>> = {
  opened: { fr: ['Incident ouvert', 'Un incident vient d’être ouvert. Merci de le prendre en compte.'], en: ['Incident opened', 'An incident was opened. Please acknowledge it.'] },
  unacknowledged: { fr: ['Incident non pris en compte', 'Personne n’a encore pris cet incident en compte.'], en: ['Incident not acknowledged', 'Nobody has acknowledged this incident yet.'] },
  warned: { fr: ['Le délai cible approche', 'Une bonne part du délai cible est passée.'], en: ['The target comes near', 'A good part of the time to the target has passed.'] },
  breached: { fr: ['Délai cible dépassé', 'Le délai cible de cet incident est dépassé.'], en: ['Target passed', 'The target of this incident has passed.'] },
  'breach-withdrawn': { fr: ['Dépassement retiré', 'Le dépassement annoncé du délai cible est retiré : la condition avait cessé avant l’échéance.'], en: ['Breach withdrawn', 'The breach that was announced is withdrawn: the condition had ended before the target passed.'] },
  conference: { fr: ['Conférence convoquée', 'L’incident dure : la conférence avec la DSI d’OCM est convoquée.'], en: ['Conference called', 'The incident lasts: the conference with OCM’s IT is called.'] },
  invitation: { fr: ['Invitation à la conférence', 'Vous êtes invité à la conférence avec la DSI d’OCM au sujet de cet incident. L’invitation est jointe.'], en: ['Invitation to the conference', 'You are invited to the conference with OCM’s IT about this incident. The invitation is attached.'] },
  crisis: { fr: ['Cellule de crise ouverte', 'La cellule de crise est ouverte ; elle rend compte toutes les heures.'], en: ['Crisis cell opened', 'The crisis cell is open; it reports every hour.'] },
  membership: { fr: ['Vous êtes de la cellule de crise', 'La cellule de crise est ouverte et vous en êtes membre : un rapport est dû toutes les heures, et un plan d’action écrit.'], en: ['You are in the crisis cell', 'The crisis cell is open, and you are a member of it: a report is due every hour, and an action plan in writing.'] },
  'report-reminder': { fr: ['Rapport horaire à rendre', 'Le prochain rapport horaire de la cellule de crise est bientôt dû.'], en: ['Hourly report due soon', 'The next hourly report of the crisis cell is due soon.'] },
  'report-overdue': { fr: ['Rapport horaire manquant', 'Un rapport horaire de la cellule de crise n’a pas été rendu.'], en: ['Hourly report missing', 'An hourly report of the crisis cell was not written.'] },
  'long-interruption': { fr: ['Interruption longue déclarée', 'Une interruption de 24 à 72 heures est déclarée : la seconde plateforme est déployée, et des rapports d’avancement suivent.'], en: ['Long interruption declared', 'An interruption of 24 to 72 hours is declared: the second platform is deployed, and progress reports follow.'] },
  progress: { fr: ['Rapport d’avancement', 'Où en est l’interruption longue :'], en: ['Progress report', 'How far the long interruption is:'] },
  'progress-overdue': { fr: ['Rapport d’avancement manquant', 'Le rapport d’avancement à la DSI d’OCM n’a pas été rendu.'], en: ['Progress report missing', 'The progress report to OCM’s IT was not written.'] },
  resolved: { fr: ['Retour à la normale', 'Le service est rétabli.'], en: ['Back to normal', 'Service is back.'] },
  reopened: { fr: ['L’incident reprend', 'L’incident avait été tenu pour rétabli et reprend.'], en: ['The incident goes on', 'The incident was taken for resolved, and goes on.'] },
  closed: { fr: ['Incident clos', 'L’incident est clos.'], en: ['Incident closed', 'The incident is closed.'] },
  'action-overdue': { fr: ['Action en retard', 'Une action décidée lors de cet incident est en retard.'], en: ['Action overdue', 'An action that was decided in this incident is overdue.'] },
  'rex-overdue': { fr: ['REX en retard', 'Le retour d’expérience de cette crise n’a pas été écrit.'], en: ['REX overdue', 'What was learned from this crisis was not written.'] },
  'signature-reminder': { fr: ['Rapport à signer', 'Le rapport de cet incident attend votre signature. Le lien est personnel et expire.'], en: ['Report to be signed', 'The report of this incident waits for your signature. The link is personal and expires.'] },
};

export const FACTS: Record<'type' | 'severity' | 'detected' | 'acknowledged' | 'resolved' | 'duration' | 'target' | 'affects' | 'seen' | 'place' | 'begins' | 'action' | 'progress' | 'open' | 'sign' | 'unplaced', Record<Language, string>> = {
  type: { fr: 'Type', en: 'Type' },
  severity: { fr: 'Gravité', en: 'Severity' },
  detected: { fr: 'Détecté', en: 'Detected' },
  acknowledged: { fr: 'Pris en compte', en: 'Acknowledged' },
  resolved: { fr: 'Rétabli', en: 'Resolved' },
  duration: { fr: 'Durée', en: 'Duration' },
  target: { fr: 'Délai cible', en: 'Target' },
  affects: { fr: 'Touché', en: 'Affected' },
  seen: { fr: 'Constat', en: 'What was seen' },
  place: { fr: 'Lieu', en: 'Place' },
  begins: { fr: 'Début', en: 'Begins' },
  action: { fr: 'Action', en: 'Action' },
  progress: { fr: 'Avancement', en: 'Progress' },
  open: { fr: 'Ouvrir l’incident', en: 'Open the incident' },
  sign: { fr: 'Lire et signer', en: 'Read and sign' },
  unplaced: { fr: 'à préciser', en: 'to be announced' },
};
