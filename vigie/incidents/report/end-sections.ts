import { eventInWords } from '../../../api/incidents/event-words.ts';
import { html, type Html } from './html.ts';
import { facts as factTable, section, table, text } from './page.ts';
import type { ReportFacts } from './report-html.ts';
import { PARTIES, WORDS } from './report-words.ts';
import type { Speaker } from './speaker.ts';

/** An event that was written down later than this after it happened says so. */
const LATE_MS = 60_000;

/** What was learned, everything that happened, who signs, and what the report was made from. */
export function endSections(facts: ReportFacts, speaker: Speaker): Html[] {
  const { incident } = facts;
  const { rex, attachments, links } = incident;
  return [
    ...(rex ? [section(speaker, WORDS.rex,
      html`<p class="note">${speaker.plain(WORDS.writtenBy)} ${rex.by}, ${speaker.at(rex.writtenAtMs)} · ${rex.approvedAtMs === null ? speaker.plain(WORDS.notApproved) : `${speaker.plain(WORDS.approved)} ${speaker.at(rex.approvedAtMs)}`}</p>`,
      ...([[WORDS.rexImpact, rex.impact], [WORDS.causes, rex.causes], [WORDS.wentWell, rex.wentWell], [WORDS.wentBadly, rex.wentBadly]] as const).map(([name, words]) => html`<h3>${speaker.label(name)}</h3>${text(words === '' ? '–' : words)}`))] : []),
    section(speaker, WORDS.timeline, timeline(facts, speaker)),
    ...(attachments.length === 0 ? [] : [section(speaker, WORDS.attachments, table(speaker, [WORDS.file, WORDS.by, WORDS.hash], attachments.map(({ name, by, atMs, sha256 }) => [name, `${by}, ${speaker.at(atMs)}`, html`<span class="hash">${sha256}</span>`])))]),
    ...(links.length === 0 ? [] : [section(speaker, WORDS.links, ...links.map((link) => text(link.kind === 'call' ? `${speaker.plain(WORDS.call)} ${link.callId} (${link.tenant})` : `${link.label} · /kpi?${link.question}`)))]),
    section(speaker, WORDS.parties, parties(facts, speaker)),
    section(speaker, WORDS.source, source(facts, speaker)),
  ];
}

function timeline({ incident, zone, typeLabel }: ReportFacts, speaker: Speaker): Html {
  return table(speaker, [WORDS.instant, WORDS.happened, WORDS.by], incident.timeline.map(({ atMs, recordedAtMs, by, body }) => [
    html`<span class="text">${speaker.at(atMs)}</span>${recordedAtMs - atMs > LATE_MS ? html`<span class="second">${speaker.plain(WORDS.entered)} ${speaker.at(recordedAtMs)}</span>` : null}`,
    speaker.both((language) => eventInWords(body, { language, zone, incident, typeLabel })), by,
  ]), 'timeline');
}

function parties({ incident, signers }: ReportFacts, speaker: Speaker): Html {
  const others = incident.persons.filter(({ id }) => !signers.some((signer) => signer.id === id));
  const who = ({ name, role, email }: (typeof others)[number]): Html => html`<span class="text">${name}${role === '' ? '' : ` · ${role}`}</span>${email === null ? null : html`<span class="second">${email}</span>`}`;
  return html`${table(speaker, [WORDS.person, WORDS.party, WORDS.signature], signers.map((person) => [who(person), speaker.label(PARTIES[person.party]), speaker.plain(WORDS.signHere)]), 'signatures')}<p class="note">${speaker.label(WORDS.signing)}</p>${
    others.length === 0 ? null : table(speaker, [WORDS.person, WORDS.party], others.map((person) => [who(person), speaker.label(PARTIES[person.party])]))}`;
}

function source({ incident, impact, measures, zone, madeAtMs, madeBy }: ReportFacts, speaker: Speaker): Html {
  return factTable(speaker, [
    [WORDS.madeAt, `${speaker.at(madeAtMs)} · ${madeBy}`],
    [WORDS.zone, zone],
    [WORDS.log, `${incident.timeline.length} ${speaker.plain(WORDS.events)}`],
    [WORDS.data, impact.dataAt === null ? speaker.label(WORDS.noData) : `${speaker.plain(WORDS.loadMark)} ${impact.loadMark} · ${speaker.plain(WORDS.newest)} ${speaker.at(Date.parse(impact.dataAt))}`],
    [WORDS.versions, measures.map(({ id, version, nameFr, nameEn }) => `${speaker.plain([nameFr, nameEn])} (${id}) v${version}`).join('\n')],
  ]);
}
