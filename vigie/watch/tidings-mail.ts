import { mailText } from '../notify/mail-text.ts';
import type { Tidings } from './verdict.ts';

const SUBJECTS: Record<Tidings['condition'], [fr: string, en: string]> = {
  down: ['Vigie ne répond plus', 'Vigie does not answer'],
  blind: ['Vigie ne voit plus', 'Vigie is blind'],
  up: ['Vigie est de retour', 'Vigie is back'],
};
const MEANINGS: Record<Tidings['condition'], [fr: string, en: string]> = {
  down: ['Aucun incident n’est détecté ni annoncé tant que cela dure.', 'No incident is detected or announced while this lasts.'],
  blind: ['Le programme répond, mais ses données sont anciennes : ses écrans et ses détecteurs ne sont plus fiables.', 'The program answers, but its data is old: its screens and detectors are not to be trusted.'],
  up: ['Tout fonctionne de nouveau.', 'Everything works again.'],
};

/** In both languages: the watcher knows nobody's. */
export function tidingsMail(address: string, { kind, condition, before, sinceMs, lastedMs, reason }: Tidings): { subject: string; text: string; html: string } {
  const [fr, en] = SUBJECTS[condition];
  const again: [string, string] = kind === 'reminder' ? ['Rappel : ', 'Reminder: '] : ['', ''];
  const subject = `${again[0]}${fr} / ${again[1]}${en}`;
  const since = new Date(sinceMs).toISOString().replace('T', ' ').slice(0, 19);
  const minutes = Math.round(lastedMs / 60_000);
  const facts: [string, string][] = [
    ['Adresse / Address', address],
    ['Depuis / Since', `${since} UTC`],
    ...(kind === 'reminder' || condition === 'up' ? [[condition === 'up' ? `Durée (${before}) / Lasted` : 'Durée / Lasts', `${minutes} min`] satisfies [string, string]] : []),
    ...(reason === '' ? [] : [[condition === 'up' ? 'Cause constatée / What was seen' : 'Constat / What is seen', reason] satisfies [string, string]]),
  ];
  return { subject, ...mailText({ language: 'fr', title: subject, paragraphs: [...MEANINGS[condition]], facts }) };
}
