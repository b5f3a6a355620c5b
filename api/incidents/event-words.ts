import { CONFERENCE_INVITATION } from '../../warehouse/operational/incidents/duty.ts';
import type { IncidentBody, IncidentKind, Severity } from '../../warehouse/operational/incidents/events.ts';
import type { Incident } from '../../warehouse/operational/incidents/incident.ts';
import { LONG_STEPS } from '../../warehouse/operational/incidents/long-interruption.ts';
import { personsOf } from './persons.ts';
import { momentIn } from './moment-words.ts';

export type Language = 'fr' | 'en';

export interface WordsFor {
  language: Language;
  /** IANA, of instants. */
  zone: string;
  /** Gives ids their names. */
  incident: Incident;
  /** Gives types of the catalogue their names. */
  typeLabel: (slug: string, language: Language) => string;
}

type Teller<K extends IncidentKind> = (body: Extract<IncidentBody, { kind: K }>, words: Words) => [fr: string, en: string];

/** What happened, told in a sentence or two. Who did it, and when, stand beside it. */
export function eventInWords(body: IncidentBody, { language, zone, incident, typeLabel }: WordsFor): string {
  const [fr, en] = tell(body, { ...wordsOf(incident, zone), type: typeLabel });
  return language === 'fr' ? fr : en;
}

interface Words {
  person(id: string): string;
  persons(ids: readonly string[]): string;
  action(id: string): string;
  at(instant: string, language: Language): string;
  /** A description that is another one now, and stands nowhere else; '' = it is the present one. */
  correctedSince(description: string): string;
  type(slug: string, language: Language): string;
}

/** What stands in a log in the place of a rule where somebody has sent the links to sign a report. */
export const SIGNATURE_LINKS = 'signature-links';

const TELLERS: { [K in IncidentKind]: Teller<K> } = {
  opened: ({ title, titleEn = title, severity, targetMinutes, evidence, description }, { correctedSince }) => [
    `Incident ouvert : ${title} (gravité ${severity}, délai cible ${minutes(targetMinutes)})${after(correctedSince(description))}${after(evidence?.textFr)}`,
    `Incident opened: ${titleEn} (severity ${severity}, target ${minutes(targetMinutes)})${after(correctedSince(description))}${after(evidence?.textEn)}`,
  ],
  acknowledged: ({ note }) => [`Pris en compte${after(note)}`, `Acknowledged${after(note)}`],
  mitigated: ({ note }) => [`Contourné${after(note)}`, `Mitigated${after(note)}`],
  resolved: ({ note }) => [`Service rétabli${after(note)}`, `Service restored${after(note)}`],
  reopened: ({ reason }) => [`Rouvert${after(reason)}`, `Reopened${after(reason)}`],
  closed: ({ note }) => [`Clos${after(note)}`, `Closed${after(note)}`],
  'clock-paused': ({ reason }) => [`Délai cible suspendu${after(reason)}`, `Target clock paused${after(reason)}`],
  'clock-resumed': ({ note }) => [`Délai cible relancé${after(note)}`, `Target clock resumed${after(note)}`],
  changed: (body, words) => [`Modifié${after(changes(body, 'fr', words))}`, `Changed${after(changes(body, 'en', words))}`],
  commented: ({ text }) => [text, text],
  remarked: ({ textFr, textEn }) => [textFr, textEn],
  'comment-edited': ({ text }) => [`Commentaire modifié${after(text)}`, `Comment edited${after(text)}`],
  attached: ({ name, bytes }) => [`Pièce jointe : ${name} (${size(bytes, 'fr')})`, `Attachment: ${name} (${size(bytes, 'en')})`],
  'person-added': ({ person: { name, role, party } }) => [`${name} ajouté (${role === '' ? PARTIES[party].fr : role})`, `${name} added (${role === '' ? PARTIES[party].en : role})`],
  'person-removed': ({ person: id }, { person }) => [`${person(id)} retiré`, `${person(id)} removed`],
  linked: ({ link }) => [`Lien ajouté : ${linked(link, 'fr')}`, `Link added: ${linked(link, 'en')}`],
  unlinked: ({ link }) => [`Lien retiré : ${linked(link, 'fr')}`, `Link removed: ${linked(link, 'en')}`],
  'condition-seen': ({ evidence }) => [`Condition de nouveau constatée${after(evidence.textFr)}`, `Condition seen again${after(evidence.textEn)}`],
  'condition-cleared': ({ evidence }) => [`Condition disparue${after(evidence.textFr)}`, `Condition cleared${after(evidence.textEn)}`],
  warned: ({ share }) => [`${percent(share)} % du délai cible écoulés`, `${percent(share)}% of the target used`],
  breached: ({ targetMinutes }) => [`Délai cible de ${minutes(targetMinutes)} dépassé`, `Target of ${minutes(targetMinutes)} breached`],
  told: ({ rule, moment, level, recipients }) => (rule === SIGNATURE_LINKS ? [`Liens de signature envoyés : ${recipients.join(', ')}`, `Links to sign were sent: ${recipients.join(', ')}`]
    : rule === CONFERENCE_INVITATION ? recipients.length === 0 ? ['Aucun participant de la conférence n’a d’adresse où l’inviter', 'No participant of the conference has an address to invite'] : [`Invités à la conférence : ${recipients.join(', ')}`, `Invited to the conference: ${recipients.join(', ')}`] : recipients.length === 0
    ? [`Aucun destinataire (${momentIn(moment, 'fr')}, niveau ${level})`, `Nobody to tell (${momentIn(moment, 'en')}, level ${level})`]
    : [`Prévenus (${momentIn(moment, 'fr')}, niveau ${level}) : ${recipients.join(', ')}`, `Told (${momentIn(moment, 'en')}, level ${level}): ${recipients.join(', ')}`]),
  'conference-called': ({ startsAt, place, participants }, { at, persons }) => [
    `Conférence convoquée pour ${at(startsAt, 'fr')}${comma(place)}${after(persons(participants))}`,
    `Conference called for ${at(startsAt, 'en')}${comma(place)}${after(persons(participants))}`,
  ],
  'conference-held': ({ minutes: text, participants }, { persons }) => [`Conférence tenue${brackets(persons(participants))}${after(text)}`, `Conference held${brackets(persons(participants))}${after(text)}`],
  'crisis-opened': ({ members }, { persons }) => [`Cellule de crise ouverte${after(persons(members))}`, `Crisis cell opened${after(persons(members))}`],
  'crisis-member-added': ({ person: id }, { person }) => [`${person(id)} rejoint la cellule de crise`, `${person(id)} joins the crisis cell`],
  'crisis-member-removed': ({ person: id }, { person }) => [`${person(id)} quitte la cellule de crise`, `${person(id)} leaves the crisis cell`],
  'crisis-report': ({ hour, text }) => [`Rapport horaire ${hour}${after(text)}`, `Hourly report ${hour}${after(text)}`],
  'report-reminded': ({ hour }) => [`Rappel : rapport horaire ${hour} attendu`, `Reminder: hourly report ${hour} is due`],
  'crisis-ended': ({ note }) => [`Cellule de crise levée${after(note)}`, `Crisis cell ended${after(note)}`],
  'action-added': ({ list: of, text, owner, dueAt }, { at }) => [
    `Action ajoutée ${of === 'plan' ? "au plan d'action" : 'au REX'} : ${text} (${owner}, pour ${at(dueAt, 'fr')})`,
    `Action added to the ${of === 'plan' ? 'action plan' : 'REX'}: ${text} (${owner}, by ${at(dueAt, 'en')})`,
  ],
  'action-changed': ({ action: id, text, owner, dueAt }, { action, at }) => [
    `Action modifiée : ${action(id)}${after([text, owner, dueAt === undefined ? undefined : `pour ${at(dueAt, 'fr')}`].filter((part) => part !== undefined).join(', '))}`,
    `Action changed: ${action(id)}${after([text, owner, dueAt === undefined ? undefined : `by ${at(dueAt, 'en')}`].filter((part) => part !== undefined).join(', '))}`,
  ],
  'action-done': ({ action: id, note }, { action }) => [`Action faite : ${action(id)}${brackets(note)}`, `Action done: ${action(id)}${brackets(note)}`],
  'action-reopened': ({ action: id, reason }, { action }) => [`Action rouverte : ${action(id)}${brackets(reason)}`, `Action reopened: ${action(id)}${brackets(reason)}`],
  'long-interruption-declared': ({ cause, note }) => [`Interruption longue déclarée (${LONG_CAUSES[cause].fr})${after(note)}`, `Long interruption declared (${LONG_CAUSES[cause].en})${after(note)}`],
  'step-done': ({ step, note }) => [`Étape faite : ${stepOf(step, 'fr')}${brackets(note)}`, `Step done: ${stepOf(step, 'en')}${brackets(note)}`],
  'step-undone': ({ step, reason }) => [`Étape à refaire : ${stepOf(step, 'fr')}${brackets(reason)}`, `Step to be done again: ${stepOf(step, 'en')}${brackets(reason)}`],
  'progress-reported': ({ text }) => [`Avancement communiqué à la DSI du client${after(text)}`, `Progress reported to the client's IT${after(text)}`],
  'rex-written': ({ basedOn }) => (basedOn === null ? ['REX rédigé', 'REX written'] : ['REX modifié', 'REX changed']),
  'rex-approved': () => ['REX approuvé', 'REX approved'],
  'report-made': ({ sha256, signers }, { persons }) => [
    `Rapport d'incident établi (empreinte ${sha256.slice(0, 12)}), à signer par ${persons(signers)}`,
    `Incident report made (hash ${sha256.slice(0, 12)}), to be signed by ${persons(signers)}`,
  ],
  signed: ({ person: id, typedName, sha256 }, { person }) => [`Rapport signé par ${person(id)} (« ${typedName} », empreinte ${sha256.slice(0, 12)})`, `Report signed by ${person(id)} (“${typedName}”, hash ${sha256.slice(0, 12)})`],
  'signature-reminded': ({ persons: ids }, { persons }) => [`Rappel de signature envoyé à ${persons(ids)}`, `Reminded to sign: ${persons(ids)}`],
};

function tell<K extends IncidentKind>(body: Extract<IncidentBody, { kind: K }>, words: Words): [string, string] {
  const teller: Teller<K> = TELLERS[body.kind];
  return teller(body, words);
}

const PARTIES = { site: { fr: 'site', en: 'site' }, client: { fr: 'client', en: 'client' }, vendor: { fr: 'prestataire', en: 'vendor' } };
const LONG_CAUSES = { fire: { fr: 'incendie', en: 'fire' }, crash: { fr: 'panne de serveur', en: 'server crash' }, flood: { fr: 'inondation', en: 'flood' }, other: { fr: 'autre cause', en: 'another cause' } };

/** What is known of a removed person or a changed action is their newest state; an unknown id stays itself. */
function wordsOf(incident: Incident, zone: string): Omit<Words, 'type'> {
  const person = (id: string): string => personsOf(incident, [id])[0]?.name ?? id;
  return {
    person,
    persons: (ids) => ids.map(person).join(', '),
    action: (id) => incident.actions.find((action) => action.id === id)?.text ?? id,
    at: (instant, language) => instantFormat(language, zone).format(Date.parse(instant)),
    correctedSince: (description) => (description === incident.description ? '' : description),
  };
}

function changes(changed: Extract<IncidentBody, { kind: 'changed' }>, language: Language, { at, type: typeLabel }: Pick<Words, 'at' | 'type'>): string {
  const say = (fr: string, en: string): string => (language === 'fr' ? fr : en);
  const colon = say(' : ', ': ');
  const none = say('inconnu', 'unknown');
  const { type, severity, title, startedAt, targetMinutes, calendar } = changed;
  return [
    title === undefined ? null : `${say('titre', 'title')}${colon}${title}`,
    type === undefined ? null : `${say('type', 'type')}${colon}${typeLabel(type, language)}`,
    severity === undefined ? null : `${say('gravité', 'severity')}${colon}${severity satisfies Severity}`,
    changed.description === undefined ? null : `description${colon}${changed.description === '' ? say('aucune', 'none') : changed.description}`,
    startedAt === undefined ? null : `${say('début', 'start')}${colon}${startedAt === null ? none : at(startedAt, language)}`,
    changed.affects === undefined ? null : say('périmètre touché', 'what it affects'),
    targetMinutes === undefined ? null : `${say('délai cible', 'target')}${colon}${minutes(targetMinutes)}`,
    calendar === undefined ? null : `${say('horaires du délai', "the target's hours")}${colon}${calendar ?? say('toujours', 'always')}`,
  ].filter((part) => part !== null).join(' ; ');
}

function linked(link: Extract<IncidentBody, { kind: 'linked' }>['link'], language: Language): string {
  if (link.kind === 'measures') return link.label;
  return language === 'fr' ? `appel ${link.callId} (${link.tenant})` : `call ${link.callId} (${link.tenant})`;
}

const stepOf = (id: string, language: Language): string => LONG_STEPS.find((step) => step.id === id)?.[language] ?? id;
const after = (text: string | undefined): string => (text === undefined || text === '' ? '' : ` – ${text}`);
const brackets = (text: string): string => (text === '' ? '' : ` (${text})`);
const comma = (text: string): string => (text === '' ? '' : `, ${text}`);
const minutes = (count: number): string => `${count} min`;
const percent = (share: number): string => String(Math.round(share * 100));

function size(bytes: number, language: Language): string {
  const [value, unit] = bytes < 1024 ? [bytes, ''] : bytes < 1024 ** 2 ? [bytes / 1024, 'k'] : [bytes / 1024 ** 2, 'M'];
  return `${new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(value)} ${unit}${language === 'fr' ? 'o' : 'B'}`;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function instantFormat(language: Language, zone: string): Intl.DateTimeFormat {
  const key = `${language} ${zone}`;
  let format = formats.get(key);
  if (!format) formats.set(key, (format = new Intl.DateTimeFormat(language === 'fr' ? 'fr-FR' : 'en-GB', { timeZone: zone, day: '2-digit', month: '2-digit', year: 'numeric', hour: '2-digit', minute: '2-digit' })));
  return format;
}
