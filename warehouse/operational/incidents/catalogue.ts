import { z } from 'zod';
import { affectsSchema, line, severitySchema, slug, text, type Severity } from './events.ts';

/** A type of incident: what causes it, what solves it, and how long that may take. Incidents take over its target when they are opened. */
export const incidentTypeSchema = z.object({
  slug,
  labelFr: line,
  labelEn: line,
  causesFr: text,
  causesEn: text,
  solutionFr: text,
  solutionEn: text,
  targetMinutes: z.number().positive().max(100_000),
  severity: severitySchema,
  /** Hours in which the target's clock runs; null = always. */
  calendar: z.string().nullable().default(null),
  /** Of the platform: one that lasts calls the conference with the client's IT and opens the crisis cell. */
  breakdown: z.boolean().default(true),
  /** What it stops unless its incident says otherwise. */
  affects: affectsSchema.default({ tenants: [], sites: [], queues: [], components: [] }),
  /** Not offered any more; incidents of it stay what they are. */
  retired: z.boolean().default(false),
  /** 0 = as shipped. Given back when it is changed: another's change meanwhile refuses the new one. */
  version: z.number().int().nonnegative().default(0),
});
export type IncidentType = z.infer<typeof incidentTypeSchema>;

export const SEVERITY_NAMES: Record<Severity, { fr: string; en: string; meaningFr: string; meaningEn: string }> = {
  1: { fr: 'Critique', en: 'Critical', meaningFr: 'le site est à l’arrêt', meaningEn: 'the site stands still' },
  2: { fr: 'Majeure', en: 'Major', meaningFr: 'une partie du site est à l’arrêt', meaningEn: 'a part of the site stands still' },
  3: { fr: 'Mineure', en: 'Minor', meaningFr: 'le travail est ralenti', meaningEn: 'work is slowed down' },
  4: { fr: 'Gêne', en: 'Annoyance', meaningFr: 'le travail continue', meaningEn: 'work goes on' },
};

/** What can stand still. Others may be named in a type or an incident; these have names. */
export const COMPONENTS: Record<string, { fr: string; en: string }> = {
  telephony: { fr: 'Téléphonie', en: 'Telephony' },
  hermes: { fr: 'Hermès', en: 'Hermès' },
  'production-servers': { fr: 'Serveurs de production', en: 'Production servers' },
  sql: { fr: 'Serveur SQL', en: 'SQL server' },
  power: { fr: 'Énergie', en: 'Power' },
  'link-ocm': { fr: 'Liaison OCM', en: 'Link to OCM' },
  gateway: { fr: 'Passerelle média', en: 'Media gateway' },
  'si-ocm': { fr: 'SI OCM', en: 'OCM’s applications' },
  crm: { fr: 'CRM', en: 'CRM' },
  'hmp-storage': { fr: 'Stockage HMP', en: 'HMP storage' },
  data: { fr: 'Données', en: 'Data' },
  warehouse: { fr: 'Entrepôt', en: 'Warehouse' },
  vigie: { fr: 'Vigie', en: 'Vigie' },
};
