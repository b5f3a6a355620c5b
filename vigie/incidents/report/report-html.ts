import type { CentreConfiguration } from '../../../telephony/configuration.ts';
import type { Impact } from '../../../warehouse/incidents/impact.ts';
import type { IncidentType } from '../../../warehouse/operational/incidents/catalogue.ts';
import type { Person } from '../../../warehouse/operational/incidents/events.ts';
import type { Incident, TargetClock } from '../../../warehouse/operational/incidents/incident.ts';
import { titleIn } from '../../../warehouse/operational/incidents/title-in.ts';
import type { MeasureInfo } from '../../../warehouse/warehouse.ts';
import { endSections } from './end-sections.ts';
import { html } from './html.ts';
import { impactSection } from './impact-section.ts';
import { incidentSections } from './incident-sections.ts';
import { page } from './page.ts';
import { procedureSections } from './procedure-sections.ts';
import { WORDS } from './report-words.ts';
import { speakerOf, type Languages } from './speaker.ts';

/** Everything that a report says. */
export interface ReportFacts {
  incident: Incident;
  /** Null = the catalogue has it no more. */
  type: Pick<IncidentType, 'labelFr' | 'labelEn'> | null;
  /** Of any type; its slug, where the catalogue has it no more. */
  typeLabel: (slug: string, language: 'fr' | 'en') => string;
  clock: TargetClock;
  impact: Impact;
  /** Those that the impact was measured with. */
  measures: readonly Pick<MeasureInfo, 'id' | 'version' | 'nameFr' | 'nameEn'>[];
  centre: Pick<CentreConfiguration, 'tenants' | 'sites' | 'queues'>;
  signers: readonly Person[];
  /** Between two reports of a crisis cell. */
  reportMinutes: number;
  languages: Languages;
  zone: string;
  madeAtMs: number;
  madeBy: string;
}

/** An incident's final report, as a document of its own. The same facts give the same text. */
export function reportHtml(facts: ReportFacts): string {
  const { incident, languages, zone, madeAtMs, madeBy } = facts;
  const speaker = speakerOf(languages, zone);
  return page(speaker, `${speaker.plain(WORDS.report)} ${incident.number} · ${titleIn(incident, speaker.first)}`, [
    html`<header><p>${speaker.plain(WORDS.report)} · ${speaker.plain(WORDS.number)} ${incident.number}</p><h1>${speaker.both((language) => titleIn(incident, language))}</h1><p>${speaker.plain(WORDS.madeAt)} ${speaker.at(madeAtMs)} (${zone}) · ${madeBy}</p></header>`,
    ...incidentSections(facts, speaker),
    impactSection(facts, speaker),
    ...procedureSections(facts, speaker),
    ...endSections(facts, speaker),
  ]);
}
