import { personsOf } from '../../../api/incidents/persons.ts';
import type { Incident } from '../../../warehouse/operational/incidents/incident.ts';
import type { Verified } from '../../../warehouse/operational/incidents/incident-log.ts';
import { titleIn } from '../../../warehouse/operational/incidents/title-in.ts';
import { html } from './html.ts';
import { facts, page, section, table } from './page.ts';
import { PARTIES, WORDS } from './report-words.ts';
import { languagesOf, speakerOf } from './speaker.ts';

export interface SheetFacts {
  incident: Incident;
  document: NonNullable<Incident['document']>;
  /** The signed document's file. */
  name: string;
  log: Verified;
  zone: string;
  madeAtMs: number;
}

/** Who signed a report, when, and the hash of what was signed. */
export function signatureSheet({ incident, document, name, log, zone, madeAtMs }: SheetFacts): string {
  const signers = personsOf(incident, document.signers);
  const speaker = speakerOf(languagesOf(signers), zone);
  const signatureOf = (id: string): (typeof document.signatures)[number] | undefined => document.signatures.find(({ person }) => person === id);
  const complete = signers.every(({ id }) => signatureOf(id));
  return page(speaker, `${speaker.plain(WORDS.sheet)} · ${incident.number}`, [
    html`<header><p>${speaker.plain(WORDS.sheet)} · ${speaker.plain(WORDS.number)} ${incident.number}</p><h1>${speaker.both((language) => titleIn(incident, language))}</h1><p>${speaker.plain(WORDS.madeAt)} ${speaker.at(madeAtMs)} (${zone})</p></header>`,
    section(speaker, WORDS.document, facts(speaker, [
      [WORDS.file, name],
      [WORDS.madeAt, speaker.at(document.madeAtMs)],
      [WORDS.hash, html`<span class="hash">${document.sha256}</span>`],
    ]), html`<p class="note">${speaker.label(WORDS.checking)}</p>`),
    section(speaker, WORDS.parties,
      table(speaker, [WORDS.person, WORDS.party, WORDS.signedAt, WORDS.typedName], signers.map((person) => {
        const signature = signatureOf(person.id);
        return [html`<span class="text">${person.name}</span>${person.email === null ? null : html`<span class="second">${person.email}</span>`}`, speaker.label(PARTIES[person.party]), signature ? speaker.at(signature.atMs) : speaker.label(WORDS.waiting), signature?.typedName ?? '–'];
      })),
      html`<p class="verdict">${speaker.label(complete ? WORDS.complete : WORDS.incomplete)}</p>`),
    log.ok ? html`<p class="note">${speaker.plain(WORDS.intact)} (${log.events} ${speaker.plain(WORDS.events)}).</p>` : html`<p class="verdict" data-kept="no">${speaker.plain(WORDS.broken)} (${log.sequence}).</p>`,
  ]);
}
