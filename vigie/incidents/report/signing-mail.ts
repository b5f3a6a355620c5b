import type { Incident } from '../../../warehouse/operational/incidents/incident.ts';
import type { Person } from '../../../warehouse/operational/incidents/events.ts';
import { titleIn } from '../../../warehouse/operational/incidents/title-in.ts';
import { mailText } from '../../notify/mail-text.ts';

export interface SigningMail {
  incident: Incident;
  person: Pick<Person, 'name' | 'language'>;
  sha256: string;
  url: string;
  expiresMs: number;
  zone: string;
}

/** Asks one person to read and sign, by a link that is his alone. */
export function signingMail({ incident, person: { name, language }, sha256, url, expiresMs, zone }: SigningMail): { subject: string; text: string; html: string } {
  const french = language === 'fr';
  const at = (ms: number): string => `${new Intl.DateTimeFormat(french ? 'fr-FR' : 'en-GB', { timeZone: zone, dateStyle: 'long', timeStyle: 'short' }).format(ms)} (${zone})`;
  const title = french ? 'Rapport d’incident à signer' : 'Incident report to be signed';
  return {
    subject: `${french ? 'Incident n°' : 'Incident no.'} ${incident.number} · ${title} · ${titleIn(incident, language)}`,
    ...mailText({
      language, title: `${title} – ${titleIn(incident, language)}`,
      paragraphs: french
        ? [`Bonjour ${name},`, 'Le rapport de cet incident est établi et attend votre signature. Ce lien est personnel : ne le transmettez pas.']
        : [`Dear ${name},`, 'The report of this incident is made and waits for your signature. This link is personal: do not pass it on.'],
      facts: french
        ? [['Détecté', at(incident.detectedAtMs)], ...(incident.resolvedAtMs === null ? [] : [['Rétabli', at(incident.resolvedAtMs)] as const]), ['Lien valable jusqu’au', at(expiresMs)], ['Empreinte SHA-256', sha256]]
        : [['Detected', at(incident.detectedAtMs)], ...(incident.resolvedAtMs === null ? [] : [['Restored', at(incident.resolvedAtMs)] as const]), ['Link good until', at(expiresMs)], ['SHA-256 hash', sha256]],
      link: { label: french ? 'Lire et signer' : 'Read and sign', url },
    }),
  };
}
