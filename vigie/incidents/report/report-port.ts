import type { Logger } from 'pino';
import { SIGNATURE_LINKS } from '../../../api/incidents/event-words.ts';
import type { NotPrinted, ReportPort } from '../../../api/ports.ts';
import type { CentreConfiguration } from '../../../telephony/configuration.ts';
import { calendarOf } from '../../../warehouse/operational/incidents/calendar-of.ts';
import type { IncidentKind } from '../../../warehouse/operational/incidents/events.ts';
import type { Incident } from '../../../warehouse/operational/incidents/incident.ts';
import { refuse } from '../../../warehouse/operational/incidents/refusal.ts';
import { targetClock } from '../../../warehouse/operational/incidents/target-clock.ts';
import { zoneOf } from '../../../warehouse/operational/incidents/zone-of.ts';
import type { NewNotification } from '../../../warehouse/operational/notifications/notification.ts';
import type { OperationalStore } from '../../../warehouse/operational/store.ts';
import type { Warehouse } from '../../../warehouse/warehouse.ts';
import { NoBrowserError } from '../../pdf/find-browser.ts';
import { PrintError, printPdf } from '../../pdf/print-pdf.ts';
import { reportHtml } from './report-html.ts';
import { WORDS } from './report-words.ts';
import { signatureSheet } from './signature-sheet.ts';
import { signingMail } from './signing-mail.ts';
import { languagesOf, speakerOf } from './speaker.ts';

export interface ReportParts {
  store: Pick<OperationalStore, 'incidents'>;
  warehouse: Pick<Warehouse, 'measures'>;
  centre: () => CentreConfiguration;
  /** The path of the browser that prints; null = the one that is installed. */
  browser: string | null;
  /** Where the pages are found from outside, without a slash at its end. */
  site: string;
  nowMs: () => number;
  logger: Logger;
}

/** What the program itself says meanwhile makes no report an old one. */
const BESIDE: ReadonlySet<IncidentKind> = new Set(['told', 'remarked', 'warned', 'breached', 'signature-reminded']);
const TOLD = { kind: 'told', rule: SIGNATURE_LINKS, moment: 'signature', level: 1 } as const;

export function reportPort({ store: { incidents }, warehouse, centre, browser, site, nowMs, logger }: ReportParts): ReportPort {
  return {
    async make(incident, { signers, impact, zone }, { id, atMs, by }) {
      const { type } = incident;
      const [types, settings, measures] = await Promise.all([incidents.types(), incidents.settings(), warehouse.measures()]);
      const languages = languagesOf(signers);
      const source = reportHtml({
        incident, impact, signers: [...signers], languages, zone, centre: centre(), madeAtMs: atMs, madeBy: by, reportMinutes: settings.reportMinutes,
        type: types.find(({ slug }) => slug === type) ?? null,
        typeLabel: (slug, language) => types.find((each) => each.slug === slug)?.[language === 'fr' ? 'labelFr' : 'labelEn'] ?? slug,
        measures: measures.filter((measure) => impact.measures.includes(measure.id)),
        clock: targetClock(incident, calendarOf(incident, centre().calendars), atMs),
      });
      const speaker = speakerOf(languages, zone);
      const printed = await print(source, `Vigie · ${speaker.plain(WORDS.report)} ${incident.number} · ${speaker.at(atMs)}`, speaker.first);
      if (!printed.ok) return printed;
      const file = { id, atMs, by, name: `rapport-incident-${incident.number}.pdf`, mediaType: 'application/pdf', content: printed.content, signers: signers.map((signer) => signer.id) };
      return incidents.addDocument(incident.number, file, {
        // Printing takes seconds: what was written meanwhile does not stand in it.
        unless: (now) => (saidBy(now) === saidBy(incident) ? null : refuse('changed-meanwhile', 'something was written of the incident while its report was printed: make it again')),
      });
    },
    async sheet(incident, zone) {
      const { number, document } = incident;
      if (!document) throw new Error(`incident ${number} has no report`);
      const [log, file] = await Promise.all([incidents.verify(number), incidents.document(document.id)]);
      if (!log || !file) throw new Error(`the report of incident ${number} is not there`);
      const printed = await print(signatureSheet({ incident, document, name: file.name, log, zone, madeAtMs: nowMs() }), `Vigie · ${WORDS.sheet.join(' / ')} ${number} · SHA-256 ${document.sha256}`, 'fr');
      return printed.ok ? { ...printed, name: `signatures-incident-${number}.pdf` } : printed;
    },
    async sendLinks(incident, signers, { id, atMs, by }) {
      const { number, document } = incident;
      if (!document) return refuse('unknown-document', 'no report was made yet');
      return incidents.appendWithLinks(number, [{ id, atMs, by, body: { ...TOLD, recipients: signers.map(({ name }) => name) } }], async (issue) => {
        const mails: NewNotification[] = [];
        for (const person of signers) {
          const { token, expiresMs } = await issue(person.id, atMs);
          mails.push({
            channel: 'email', recipient: person.email, key: `incident ${number} sign ${document.id} ${person.id} ${id}`, about: { kind: 'incident', id: String(number) }, confidential: true,
            // The outbox has the wall's time.
            expiresMs: Date.now() + expiresMs - atMs,
            ...signingMail({ incident, person, sha256: document.sha256, url: `${site}/sign/${token}`, expiresMs, zone: zoneOf(incident, centre()) }),
          });
        }
        return mails;
      }, { unless: (now) => (now.document?.id === document.id ? null : refuse('changed-document', 'another report has taken its place')) });
    },
  };

  async function print(source: string, footer: string, language: 'fr' | 'en'): Promise<{ ok: true; content: Uint8Array } | NotPrinted> {
    try {
      return { ok: true, content: await printPdf({ html: source, footer, language, browser }) };
    } catch (error) {
      if (!(error instanceof NoBrowserError || error instanceof PrintError)) throw error;
      logger.warn({ reason: error.message }, 'a report was not printed');
      return { ok: false, code: error instanceof NoBrowserError ? 'no-browser' : 'not-printed', reason: error.message };
    }
  }
}

/** Grows with everything that a report would have to say. */
function saidBy({ timeline }: Incident): number {
  return timeline.filter(({ body }) => !BESIDE.has(body.kind)).length;
}
