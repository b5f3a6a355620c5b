import { z } from 'zod';
import { incidentTypeSchema, type IncidentType } from './catalogue.ts';
import type { Client } from './incident-log.ts';
import { isWritable } from './new-event.ts';
import { refuse, type Refusal } from './refusal.ts';
import { ruleSetSchema, type RuleSet } from './rules.ts';
import { detectorSettingSchema, incidentSettingsSchema, type DetectorSetting, type IncidentSettings } from './settings.ts';
import { SHIPPED_RULES } from './shipped-rules.ts';
import { SHIPPED_TYPES } from './shipped-types.ts';

/** What is kept in versions: who changed it, and what it was before, stays known. */
export const SETTING_SUBJECTS = ['type', 'rules', 'settings', 'detector'] as const;
export type SettingSubject = (typeof SETTING_SUBJECTS)[number];

export interface SettingChange {
  subject: SettingSubject;
  /** Which type or detector; empty where there is one. */
  key: string;
  version: number;
  atMs: number;
  by: string;
  value: unknown;
}

const rowSchema = z.object({ subject: z.enum(SETTING_SUBJECTS), key: z.string(), version: z.number(), changed_at: z.date(), changed_by: z.string(), value: z.unknown() });
const COLUMNS = 'subject, key, version, changed_at, changed_by, value';

/** The versions that hold. */
async function current(client: Client, subject: SettingSubject): Promise<SettingChange[]> {
  const { rows } = await client.query(`select distinct on (key) ${COLUMNS} from incident_settings where subject = $1 order by key, version desc`, [subject]);
  return rows.map(fromRow);
}

/** As shipped, where nobody has changed it; retired ones too. */
export async function readTypes(client: Client): Promise<IncidentType[]> {
  const changed = (await current(client, 'type')).map(({ value, version }) => ({ ...incidentTypeSchema.parse(value), version }));
  return [...SHIPPED_TYPES.map((shipped) => changed.find(({ slug }) => slug === shipped.slug) ?? shipped), ...changed.filter(({ slug }) => !SHIPPED_TYPES.some((shipped) => shipped.slug === slug))];
}

export async function hasType(client: Client, slug: string): Promise<boolean> {
  if (SHIPPED_TYPES.some((shipped) => shipped.slug === slug)) return true;
  return (await client.query("select from incident_settings where subject = 'type' and key = $1 limit 1", [slug])).rows.length > 0;
}

export async function readRules(client: Client): Promise<RuleSet> {
  const [kept] = await current(client, 'rules');
  return kept ? ruleSetSchema.parse({ ...z.looseObject({}).parse(kept.value), version: kept.version }) : SHIPPED_RULES;
}

export async function readSettings(client: Client): Promise<IncidentSettings> {
  const [kept] = await current(client, 'settings');
  return incidentSettingsSchema.parse(kept ? { ...z.looseObject({}).parse(kept.value), version: kept.version } : {});
}

export async function readDetectors(client: Client): Promise<DetectorSetting[]> {
  return (await current(client, 'detector')).map(({ value, version }) => ({ ...detectorSettingSchema.parse(value), version }));
}

/** The newest first. */
export async function readHistory(client: Client, subject: SettingSubject, key: string): Promise<SettingChange[]> {
  const { rows } = await client.query(`select ${COLUMNS} from incident_settings where subject = $1 and key = $2 order by version desc`, [subject, key]);
  return rows.map(fromRow);
}

export type Kept = { ok: true; version: number } | Refusal;

/** Keeps a value as the version after the one that it was made from; another one meanwhile refuses it. */
export async function keep(client: Client, { subject, key, version, value, by, nowMs }: { subject: SettingSubject; key: string; version: number; value: unknown; by: string; nowMs: number }): Promise<Kept> {
  if (!isWritable([value, by])) return refuse('invalid', 'a text has characters that cannot be kept');
  const [last] = await readHistory(client, subject, key);
  if ((last?.version ?? 0) !== version) return refuse('changed-meanwhile', `the ${subject} ${key} has version ${last?.version ?? 0} meanwhile, not ${version}: read that one first`, last ?? null);
  await client.query(`insert into incident_settings (${COLUMNS}) values ($1, $2, $3, $4, $5, $6)`, [subject, key, version + 1, new Date(nowMs), by, JSON.stringify(value)]);
  return { ok: true, version: version + 1 };
}

function fromRow(row: unknown): SettingChange {
  const { changed_at, changed_by: by, ...rest } = rowSchema.parse(row);
  return { ...rest, by, atMs: changed_at.getTime() };
}
