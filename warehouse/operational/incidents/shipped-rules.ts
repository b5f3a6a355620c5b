import type { z } from 'zod';
import { ruleSetSchema, type ruleSchema } from './rules.ts';

type Written = z.input<typeof ruleSchema>;
const party = (...parties: ('site' | 'client' | 'vendor')[]): Written['recipients'] => parties.map((each) => ({ kind: 'party', party: each }));
const ALL = party('site', 'client', 'vendor');

const RULES: Written[] = [
  { id: 'opened', moment: 'opened', labelFr: 'Un incident s’ouvre', labelEn: 'An incident opens', recipients: party('site') },
  { id: 'unacknowledged-5', moment: 'unacknowledged', afterMinutes: 5, severities: [1, 2], labelFr: 'Personne ne l’a pris en compte après 5 min', labelEn: 'Nobody has acknowledged it after 5 min', recipients: party('site') },
  { id: 'unacknowledged-15', moment: 'unacknowledged', afterMinutes: 15, level: 2, labelFr: 'Personne ne l’a pris en compte après 15 min', labelEn: 'Nobody has acknowledged it after 15 min', recipients: party('site', 'vendor') },
  { id: 'warned', moment: 'warned', labelFr: 'Le délai cible approche', labelEn: 'The target comes near', recipients: [...party('site'), { kind: 'involved' }] },
  { id: 'breached', moment: 'breached', level: 2, labelFr: 'Le délai cible est dépassé', labelEn: 'The target has passed', recipients: [...party('site', 'vendor'), { kind: 'involved' }] },
  { id: 'breached-client', moment: 'breached', level: 2, severities: [1, 2], labelFr: 'Le délai cible d’un incident grave est dépassé', labelEn: 'The target of a grave incident has passed', recipients: party('client') },
  { id: 'conference', moment: 'conference', level: 3, labelFr: 'La conférence est convoquée', labelEn: 'The conference is called', recipients: [...party('site', 'client'), { kind: 'involved' }] },
  { id: 'crisis', moment: 'crisis', level: 3, labelFr: 'La cellule de crise s’ouvre', labelEn: 'The crisis cell opens', recipients: [...party('site', 'client'), { kind: 'involved' }] },
  { id: 'report-overdue', moment: 'report-overdue', level: 3, labelFr: 'Le rapport horaire manque', labelEn: 'The hourly report is missing', recipients: party('site') },
  { id: 'long-interruption', moment: 'long-interruption', level: 3, labelFr: 'Une interruption longue est déclarée', labelEn: 'A long interruption is declared', recipients: ALL },
  { id: 'progress', moment: 'progress', level: 3, labelFr: 'L’avancement d’une interruption longue', labelEn: 'The progress of a long interruption', recipients: [...party('client'), { kind: 'involved' }] },
  { id: 'progress-overdue', moment: 'progress-overdue', level: 3, labelFr: 'Le rapport d’avancement manque', labelEn: 'The progress report is missing', recipients: party('site') },
  { id: 'resolved', moment: 'resolved', labelFr: 'Tout est rétabli', labelEn: 'All is back to normal', recipients: [...ALL, { kind: 'involved' }] },
  { id: 'reopened', moment: 'reopened', level: 2, labelFr: 'L’incident reprend', labelEn: 'The incident goes on', recipients: [...ALL, { kind: 'involved' }] },
  { id: 'closed', moment: 'closed', labelFr: 'L’incident est clos', labelEn: 'The incident is closed', recipients: party('site', 'client') },
  { id: 'action-overdue', moment: 'action-overdue', labelFr: 'Une action est en retard', labelEn: 'An action is overdue', recipients: party('site') },
  { id: 'rex-overdue', moment: 'rex-overdue', level: 2, labelFr: 'Le REX est en retard', labelEn: 'The REX is overdue', recipients: party('site', 'client') },
];

/** Who is told when, until somebody says otherwise: by party, because nobody's address is known yet. */
export const SHIPPED_RULES = ruleSetSchema.parse({ contacts: [], onCall: [], rules: RULES });
