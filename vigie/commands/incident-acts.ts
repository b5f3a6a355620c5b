import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { openingOf } from '../../api/incidents/acts/opening.ts';
import { afterAll } from '../../api/incidents/acts/perform.ts';
import { complaintOf } from '../../api/incidents/complaint.ts';
import { readFrame, type IncidentFrame } from '../../api/incidents/frame.ts';
import { refusalInWords, refusedBy, type Refused } from '../../api/incidents/refusals.ts';
import type { CentreConfiguration } from '../../telephony/configuration.ts';
import { incidentBodySchema, type IncidentBody } from '../../warehouse/operational/incidents/events.ts';
import type { Incident } from '../../warehouse/operational/incidents/incident.ts';
import { zoneOf } from '../../warehouse/operational/incidents/zone-of.ts';
import type { OperationalStore } from '../../warehouse/operational/store.ts';
import { instantOption, personOption, say, severityOption, touchedOption, unknownType, wholeOption, type Language, type TouchedOptions } from './incident-options.ts';
import { UsageError } from './usage-error.ts';

export interface OpenOptions extends TouchedOptions { type: string; title: string; detected?: string; started?: string; description: string; severity?: string; target?: string; by?: string }
export interface ActOptions { at?: string; by?: string; language: Language }

const MOST_NUMBER = 2 ** 31 - 1;
const LONGEST_TARGET_MINUTES = 100_000;

/** Declares an incident as somebody said it. @throws UsageError @throws Error what the log does not allow. */
export async function openIncident(store: OperationalStore, options: OpenOptions): Promise<Incident> {
  const { language, title, description, detected, started, severity, target } = options;
  const { frame, configuration } = await framed(store);
  const type = frame.types.get(options.type);
  if (!type || type.retired) throw unknownType(options.type, frame, language);
  const affects = { ...type.affects, ...touchedOption(options, configuration, frame) };
  const zone = zoneOf({ affects }, configuration);
  const nowMs = Date.now();
  const detectedAtMs = detected === undefined ? nowMs : instantOption('--detected', detected, zone, nowMs, language);
  const said = {
    title, description, affects, startedAtMs: started === undefined ? null : instantOption('--started', started, zone, nowMs, language),
    severity: severity === undefined ? null : severityOption(severity, language), targetMinutes: target === undefined ? null : wholeOption('--target', target, LONGEST_TARGET_MINUTES, language),
  };
  const body = bodyOf(openingOf(type, said, detectedAtMs, nowMs), language);
  const answer = await store.incidents.open({ id: randomUUID(), atMs: detectedAtMs, by: personOption(options.by, language), body });
  if (!answer.ok) throw refused(refusedBy(answer), zone, language);
  return answer.incident;
}

/** Writes one act into an incident's log. @throws UsageError @throws Error what the log does not allow. */
export async function actOnIncident(store: OperationalStore, number: string, draft: z.input<typeof incidentBodySchema>, { at, by, language }: ActOptions): Promise<Incident> {
  const incident = await incidentOf(store, number, language);
  const zone = zoneOf(incident, await store.load());
  const nowMs = Date.now();
  const atMs = at === undefined ? afterAll(incident, nowMs) : instantOption('--at', at, zone, nowMs, language);
  const answer = await store.incidents.append(incident.number, [{ id: randomUUID(), atMs, by: personOption(by, language), body: bodyOf(draft, language) }]);
  if (!answer.ok) throw refused(refusedBy(answer), zone, language);
  return answer.incident;
}

/** @throws UsageError when there is none. */
export async function incidentOf(store: OperationalStore, text: string, language: Language): Promise<Incident> {
  const incident = await store.incidents.get(wholeOption(say(language, 'numéro', 'number'), text, MOST_NUMBER, language));
  if (!incident) throw new UsageError(say(language, `${text} : il n’y a pas d’incident de ce numéro ; « vigie incidents » et « vigie incidents --past » les montrent`, `${text}: there is no incident of this number; "vigie incidents" and "vigie incidents --past" show them`));
  return incident;
}

/** What incidents are told by. */
export async function framed(store: OperationalStore): Promise<{ frame: IncidentFrame; configuration: CentreConfiguration }> {
  const configuration = await store.load();
  return { configuration, frame: await readFrame(store.incidents, { configuration: () => configuration }) };
}

function bodyOf(draft: unknown, language: Language): IncidentBody {
  const { data, error } = incidentBodySchema.safeParse(draft);
  if (!data) throw new UsageError(refusalInWords({ refused: 'invalid', detail: complaintOf(error) }, language));
  return data;
}

/** What the log does not allow has failed, with who did what it contradicts; what could never be written was called wrongly. */
function refused(why: Refused, zone: string, language: Language): Error {
  const when = why.atMs == null ? '' : new Intl.DateTimeFormat(language === 'fr' ? 'fr-FR' : 'en-GB', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' }).format(why.atMs);
  const other = [why.by ?? '', when].filter((part) => part !== '').join(', ');
  const message = `${refusalInWords(why, language)}${other === '' ? '' : ` (${other})`}`;
  return why.refused === 'invalid' ? new UsageError(message) : new Error(message);
}
