import { userInfo } from 'node:os';
import { actOf } from '../../api/incidents/acts/perform.ts';
import type { IncidentFrame } from '../../api/incidents/frame.ts';
import { refusalInWords } from '../../api/incidents/refusals.ts';
import type { CentreConfiguration } from '../../telephony/configuration.ts';
import { COMPONENTS } from '../../warehouse/operational/incidents/catalogue.ts';
import { SEVERITIES, type Affects, type Severity } from '../../warehouse/operational/incidents/events.ts';
import { THE_PROGRAM } from '../../warehouse/operational/journal.ts';
import { parseInstant } from './instant.ts';
import { UsageError } from './usage-error.ts';

/** What is typed behind `vigie incidents`, understood or refused in the caller's language: the value is named, and what is expected. */

export type Language = 'fr' | 'en';
export interface TouchedOptions { tenant: string[]; site: string[]; queue: string[]; component: string[]; language: Language }

const LONGEST_NAME = 200;
const COMPONENT = /^([a-z0-9][a-z0-9-]{0,63})(?:=(0?[.,]\d+|1(?:[.,]0+)?))?$/;

/** An instant of the past, in epoch milliseconds. @throws UsageError */
export function instantOption(option: string, text: string, zone: string, nowMs: number, language: Language): number {
  const atMs = parseInstant(text, zone, nowMs);
  if (atMs === null) throw wrong(option, text, language, `14:05, « 2026-11-23 14:05 » ou « 23/11/2026 14:05 » (heure de ${zone}) est attendu`, `14:05, "2026-11-23 14:05" or "23/11/2026 14:05" (time of ${zone}) is expected`);
  const act = actOf({ at: new Date(atMs).toISOString() }, nowMs);
  if ('refused' in act) throw wrong(option, text, language, refusalInWords(act, 'fr'), refusalInWords(act, 'en'));
  return act.atMs;
}

export function wholeOption(option: string, text: string, most: number, language: Language): number {
  if (/^\d{1,10}$/.test(text) && Number(text) >= 1 && Number(text) <= most) return Number(text);
  throw wrong(option, text, language, `un nombre entier de 1 à ${most} est attendu`, `a whole number from 1 to ${most} is expected`);
}

export function severityOption(text: string, language: Language): Severity {
  const severity = SEVERITIES.find((each) => String(each) === text);
  if (!severity) throw wrong('--severity', text, language, 'de 1 (critique) à 4 (gêne) est attendu', '1 (critical) to 4 (annoyance) is expected');
  return severity;
}

/** Who acts: as given, else who is logged in on this machine. The log must not take a person for the program. */
export function personOption(given: string | undefined, language: Language): string {
  const name = (given ?? loginName()).trim();
  if (name === '' || name.length > LONGEST_NAME || name === THE_PROGRAM) throw wrong('--by', name, language, 'le nom d’une personne est attendu', "a person's name is expected");
  return name;
}

/** What the options name, field by field; the rest is left to the type. */
export function touchedOption({ tenant, site, queue, component, language }: TouchedOptions, { tenants, sites, queues }: Pick<CentreConfiguration, 'tenants' | 'sites' | 'queues'>, { types }: Pick<IncidentFrame, 'types'>): Partial<Affects> {
  const known = (option: string, given: readonly string[], ids: readonly string[]): void => {
    const unknown = given.find((id) => !ids.includes(id));
    const all = [...new Set(ids)].join(', ');
    if (unknown !== undefined) throw wrong(option, unknown, language, `il y a ${all}`, `there are ${all}`);
  };
  known('--tenant', tenant, tenants.map(({ id }) => id));
  known('--site', site, sites.map(({ id }) => id));
  known('--queue', queue, queues.map(({ number }) => String(number)));
  const components = component.map((text) => {
    const [, name, share = '1'] = COMPONENT.exec(text) ?? [];
    if (name === undefined || numberOf(share) === 0) throw wrong('--component', text, language, 'NOM ou NOM=PART est attendu, la part au-dessus de 0 et jusqu’à 1 (sql=0.5)', 'NAME or NAME=SHARE is expected, the share above 0 and up to 1 (sql=0.5)');
    return { component: name, share: numberOf(share) };
  });
  known('--component', components.map((each) => each.component), [...Object.keys(COMPONENTS), ...[...types.values()].flatMap(({ affects }) => affects.components.map((each) => each.component))]);
  return {
    ...(tenant.length === 0 ? {} : { tenants: tenant }), ...(site.length === 0 ? {} : { sites: site }), ...(queue.length === 0 ? {} : { queues: queue }), ...(components.length === 0 ? {} : { components }),
  };
}

export function unknownType(type: string, { types }: IncidentFrame, language: Language): UsageError {
  const known = [...types.values()].filter(({ retired }) => !retired).map(({ slug }) => slug).join(', ');
  return wrong('--type', type, language, `le catalogue a ${known}`, `the catalogue has ${known}`);
}

export function say(language: Language, fr: string, en: string): string {
  return language === 'fr' ? fr : en;
}

function wrong(option: string, value: string, language: Language, fr: string, en: string): UsageError {
  return new UsageError(say(language, `${option} ${JSON.stringify(value)} : ${fr}`, `${option} ${JSON.stringify(value)}: ${en}`));
}

function numberOf(share: string): number {
  return Number(share.replace(',', '.'));
}

/** Nobody, where the machine does not know who it is. */
function loginName(): string {
  try {
    return userInfo().username;
  } catch {
    return '';
  }
}
