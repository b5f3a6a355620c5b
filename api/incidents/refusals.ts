import type { Refusal, RefusalCode as StoreRefusalCode } from '../../warehouse/operational/incidents/refusal.ts';
import type { Complaint } from './complaint.ts';
import type { Language } from './event-words.ts';

type Words = Record<Language, string>;

/** What the log of an incident refuses. */
const BY_THE_LOG = {
  'unknown-incident': { fr: "Cet incident n'existe pas.", en: 'There is no such incident.' },
  invalid: { fr: "Ce qui a été saisi n'est pas valable.", en: 'What was entered is not valid.' },
  'before-detection': { fr: "L'heure indiquée précède la détection de l'incident.", en: 'The time that was given lies before the detection of the incident.' },
  'already-opened': { fr: "L'incident est déjà ouvert.", en: 'The incident has been opened already.' },
  'started-after-detection': { fr: 'Le début ne peut pas suivre la détection.', en: 'It cannot have started after it was detected.' },
  'already-acknowledged': { fr: "L'incident est déjà pris en compte.", en: 'The incident has been acknowledged already.' },
  'already-mitigated': { fr: "L'incident est déjà contourné.", en: 'The incident has been mitigated already.' },
  'already-resolved': { fr: 'Le service est déjà rétabli.', en: 'Service has been restored already.' },
  'already-closed': { fr: "L'incident est déjà clos.", en: 'The incident has been closed already.' },
  'not-resolved': { fr: "Le service n'est pas encore rétabli.", en: 'Service is not restored yet.' },
  'already-paused': { fr: 'Le délai cible est déjà suspendu.', en: "The target's clock is paused already." },
  'not-paused': { fr: "Le délai cible n'est pas suspendu.", en: "The target's clock is not paused." },
  'another-open': { fr: 'Un autre incident est déjà ouvert pour la même panne.', en: 'Another incident is open for the same trouble.' },
  'unknown-comment': { fr: "Ce commentaire n'existe pas.", en: 'There is no such comment.' },
  'unknown-person': { fr: "Cette personne n'est pas sur l'incident.", en: 'This person is not on the incident.' },
  'unknown-link': { fr: "Ce lien n'existe pas.", en: 'There is no such link.' },
  'unknown-conference': { fr: "Cette conférence n'existe pas.", en: 'There is no such conference.' },
  'unknown-action': { fr: "Cette action n'existe pas.", en: 'There is no such action.' },
  'unknown-step': { fr: "Cette étape n'existe pas.", en: 'There is no such step.' },
  'unknown-document': { fr: "Ce document n'existe pas.", en: 'There is no such document.' },
  duplicate: { fr: "C'est déjà enregistré.", en: 'This has been recorded already.' },
  'already-warned': { fr: "L'avertissement est déjà donné.", en: 'The warning has been given already.' },
  'already-breached': { fr: 'Le dépassement est déjà constaté.', en: 'The breach has been noted already.' },
  'already-held': { fr: 'Le compte rendu de cette conférence est déjà écrit.', en: 'The minutes of this conference have been written already.' },
  'already-done': { fr: "C'est déjà fait.", en: 'This is done already.' },
  'not-done': { fr: "Ce n'est pas encore fait.", en: 'This is not done yet.' },
  'no-crisis': { fr: "Il n'y a pas de cellule de crise.", en: 'There is no crisis cell.' },
  'crisis-open': { fr: 'La cellule de crise est ouverte.', en: 'The crisis cell is open.' },
  'crisis-ended': { fr: 'La cellule de crise est déjà levée.', en: 'The crisis cell has ended already.' },
  'no-long-interruption': { fr: "Ce n'est pas une interruption longue.", en: 'This is no long interruption.' },
  'already-declared': { fr: "L'interruption longue est déjà déclarée.", en: 'The long interruption has been declared already.' },
  'no-rex': { fr: "Le REX n'est pas encore rédigé.", en: 'The REX is not written yet.' },
  'changed-meanwhile': { fr: "Quelqu'un d'autre vient de modifier cela : la nouvelle version est affichée.", en: 'Somebody else has just changed this: the newest version is shown.' },
  'changed-document': { fr: 'Le document a changé depuis : lisez la nouvelle version avant de signer.', en: 'The document has changed since: read the newest version before signing.' },
  'already-approved': { fr: 'Le REX est déjà approuvé.', en: 'The REX has been approved already.' },
  'not-a-signer': { fr: "Cette personne n'a pas à signer.", en: 'This person is not asked to sign.' },
  'already-signed': { fr: 'Ce document est déjà signé.', en: 'This document has been signed already.' },
  'unknown-link-to-sign': { fr: "Ce lien de signature n'est pas valable.", en: 'This signing link is not valid.' },
  'expired-link': { fr: 'Ce lien de signature a expiré.', en: 'This signing link has expired.' },
  'unknown-type': { fr: "Ce type d'incident n'existe pas.", en: 'There is no such incident type.' },
  'too-large': { fr: 'Le fichier est trop grand.', en: 'The file is too large.' },
} as const satisfies Record<StoreRefusalCode, Words>;

/** What the api refuses before the log is asked. */
const BY_THE_API = {
  'in-the-future': { fr: "L'heure indiquée est dans le futur.", en: 'The time that was given lies in the future.' },
  'unknown-detector': { fr: "Ce détecteur n'existe pas.", en: 'There is no such detector.' },
  'unknown-notification': { fr: "Cette notification n'existe pas, ou n'est plus à renvoyer.", en: 'There is no such notification, or it is not to be sent again.' },
  'out-of-sight': { fr: 'Cela concerne des clients ou des sites hors de votre périmètre.', en: 'This concerns clients or sites that you may not see.' },
  busy: { fr: "Trop d'essais : recommencez dans une minute.", en: 'Too many attempts: try again in a minute.' },
  'no-reports': { fr: "Aucun rapport n'est établi ici.", en: 'No report is made here.' },
  'no-signers': { fr: "Personne n'est désigné pour signer : indiquez-le parmi les personnes de l'incident.", en: 'Nobody is named to sign: say so among the people of the incident.' },
  'no-address': { fr: "Il manque une adresse e-mail à qui doit signer.", en: 'Somebody who has to sign has no e-mail address.' },
  'no-browser': { fr: "Aucun navigateur n'est installé sur le serveur pour imprimer le rapport : installez Chromium (Debian, Ubuntu : apt install chromium) ou indiquez le sien dans VIGIE_BROWSER. Rien n'est perdu.", en: 'No browser is installed on the server to print the report: install Chromium (Debian, Ubuntu: apt install chromium), or name one in VIGIE_BROWSER. Nothing is lost.' },
  'not-printed': { fr: "Le rapport n'a pas pu être imprimé. Rien n'est perdu : recommencez.", en: 'The report could not be printed. Nothing is lost: try again.' },
  nothing: { fr: "Rien n'a été indiqué à modifier.", en: 'Nothing to change was given.' },
} as const satisfies Record<string, Words>;

const REFUSALS = { ...BY_THE_LOG, ...BY_THE_API };
export type RefusalCode = keyof typeof REFUSALS;

/** Why something was not done. */
export interface Refused {
  refused: RefusalCode;
  /** What exactly is wrong, where the code cannot say it. */
  detail?: string | Complaint;
  /** Who did what it contradicts, and when. */
  by?: string | null;
  atMs?: number | null;
}

/** A refusal of the store in the api's terms. */
export function refusedBy({ code, reason, by, atMs }: Refusal): Refused {
  return { refused: code, by, atMs, ...(code === 'invalid' ? { detail: { fr: '', en: reason } } : {}) };
}

export function refusalInWords({ refused, detail }: Refused, language: Language): string {
  const words = REFUSALS[refused][language];
  const exactly = typeof detail === 'object' ? detail[language] : (detail ?? '');
  return exactly === '' ? words : `${words.replace(/\.$/, '')} (${exactly}).`;
}
