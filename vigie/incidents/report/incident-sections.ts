import { COMPONENTS, SEVERITY_NAMES } from '../../../warehouse/operational/incidents/catalogue.ts';
import { html, type Html } from './html.ts';
import { facts as factTable, section, table, text } from './page.ts';
import type { ReportFacts } from './report-html.ts';
import { STATES, WORDS, type Label } from './report-words.ts';
import type { Speaker } from './speaker.ts';

/** What it was, its times, what detectors saw. */
export function incidentSections(facts: ReportFacts, speaker: Speaker): Html[] {
  const { incident } = facts;
  const { description, evidence, pauses, reopenings } = incident;
  return [
    section(speaker, WORDS.what, whatItWas(facts, speaker), ...(description === '' ? [] : [html`<h3>${speaker.label(WORDS.description)}</h3>`, text(description)])),
    section(speaker, WORDS.clocks, times(facts, speaker),
      ...(pauses.length === 0 ? [] : [html`<h3>${speaker.label(WORDS.pauses)}</h3>`, table(speaker, [WORDS.from, WORDS.to, WORDS.reason], pauses.map(({ fromMs, toMs, reason }) => [speaker.at(fromMs), toMs === null ? '…' : `${speaker.at(toMs)} (${speaker.lasting(toMs - fromMs)})`, reason]))]),
      ...(reopenings.length === 0 ? [] : [html`<h3>${speaker.label(WORDS.reopenings)}</h3>`, table(speaker, [WORDS.from, WORDS.to, WORDS.reason], reopenings.map(({ resolvedAtMs, reopenedAtMs, reason }) => [speaker.at(resolvedAtMs), speaker.at(reopenedAtMs), reason]))])),
    ...(evidence.length === 0 ? [] : [section(speaker, WORDS.evidence, table(speaker, [WORDS.instant, WORDS.detector, WORDS.found], evidence.map(({ atMs, cleared, evidence: { detector, textFr, textEn, values } }) => [
      speaker.at(atMs), detector,
      html`${speaker.label([textFr, textEn])}${cleared ? html`<span class="note">${speaker.plain(WORDS.cleared)}</span>` : null}<span class="second">${Object.entries(values).map(([name, value]) => `${name} = ${String(value)}`).join(' · ')}</span>`,
    ])))]),
  ];
}

function whatItWas({ incident, type, centre }: ReportFacts, speaker: Speaker): Html {
  const { severity, affects, openedBy, detector, state } = incident;
  const names = SEVERITY_NAMES[severity];
  const named = (ids: readonly string[], name: (id: string) => string | undefined): string => (ids.length === 0 ? speaker.plain(WORDS.everything) : ids.map((id) => name(id) ?? id).join(', '));
  const components = affects.components.map(({ component, share }) => html`<span class="text">${speaker.plain([COMPONENTS[component]?.fr ?? component, COMPONENTS[component]?.en ?? component])} · ${speaker.percent(share)}</span>`);
  return factTable(speaker, [
    [WORDS.type, type ? speaker.label([type.labelFr, type.labelEn]) : incident.type],
    [WORDS.severity, speaker.label([`${severity} · ${names.fr} : ${names.meaningFr}`, `${severity} · ${names.en}: ${names.meaningEn}`])],
    [WORDS.state, speaker.label(STATES[state])],
    [WORDS.tenants, named(affects.tenants, (id) => centre.tenants.find((tenant) => tenant.id === id)?.name)],
    [WORDS.sites, named(affects.sites, (id) => centre.sites.find((site) => site.id === id)?.name)],
    [WORDS.queues, named(affects.queues, (id) => {
      const queue = centre.queues.find(({ number }) => String(number) === id);
      return queue && `${id} ${queue.name}`;
    })],
    [WORDS.components, components.length === 0 ? speaker.label(WORDS.noComponents) : html`${components}`],
    [WORDS.openedBy, detector === null ? openedBy : `${openedBy} (${speaker.plain(WORDS.detector)} ${detector})`],
  ]);
}

function times({ incident, clock }: ReportFacts, speaker: Speaker): Html {
  const { startedAtMs, detectedAtMs, targetMinutes, calendar } = incident;
  const since = (ms: number | null): string => (ms === null ? speaker.plain(WORDS.notDone) : `${speaker.at(ms)} (+ ${speaker.lasting(ms - detectedAtMs)})`);
  const steps = [[WORDS.acknowledged, incident.acknowledgedAtMs], [WORDS.mitigated, incident.mitigatedAtMs], [WORDS.resolved, incident.resolvedAtMs], [WORDS.closed, incident.closedAtMs]] as const;
  const kept = clock.breachedAtMs === null;
  const verdict = kept ? speaker.plain(WORDS.kept) : `${speaker.plain(WORDS.breached)} (${speaker.plain(WORDS.at)} ${speaker.at(clock.breachedAtMs ?? 0)})`;
  return factTable(speaker, [
    [WORDS.started, startedAtMs === null ? speaker.label(WORDS.unknown) : speaker.at(startedAtMs)],
    [WORDS.detected, speaker.at(detectedAtMs)],
    ...steps.map(([name, ms]): [Label, string] => [name, since(ms)]),
    [WORDS.target, html`<span class="verdict" data-kept="${kept ? 'yes' : 'no'}">${verdict}</span><span class="text">${speaker.lasting(targetMinutes * 60_000)} · ${speaker.plain(WORDS.used)} ${speaker.lasting(clock.usedMs)}${calendar === null ? '' : ` · ${speaker.plain(WORDS.calendar)} ${calendar}`}</span>`],
  ]);
}
