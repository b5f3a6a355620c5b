import type { Generated } from 'kysely';

/** The tables of `sql/migrations/postgres/`, as the driver gives and takes them. */
interface Validity { valid_from: Date | null; valid_to: Date | null }

export interface StoreSchema {
  configuration_version: { only_row: Generated<boolean>; version: number };
  configuration_changes: { version: number; changed_at: Generated<Date>; changed_by: string; subject: string; change: unknown; before: unknown };
  first_history: { only_row: Generated<boolean>; seed: number; live_from: Date; days: string; days_done: number };
  secrets: { name: string; value: string };
  tenants: { id: string; customer_number: number; name: string; zone: string };
  sites: { id: string; name: string; zone: string };
  teams: { id: string; name: string; site: string; tenant: string };
  /** Columns of type jsonb are given as text; they come back parsed, and are checked by the reader. */
  calendars: { id: string; zone: string; weekdays: string; holidays: string };
  queues: Validity & {
    id: Generated<number>; number: number; name: string; tenant: string; medium: string; priority: number;
    target_seconds: number; target_service_level: number; target_abandonment_rate: number; short_abandon_seconds: number;
    maximum_wait_seconds: number | null; overflow_queue: number | null; calendar: string | null; no_agent_rule: string;
    ring_timeout_seconds: number; maximum_wrapup_seconds: number | null;
    ring_limit_seconds: number | null; talk_limit_seconds: number | null; hold_limit_seconds: number | null; wrapup_limit_seconds: number | null;
  };
  agents: Validity & { id: Generated<number>; number: number; name: string; tenant: string; site: string };
  agent_teams: { agent_id: number; position: number; team: string };
  agent_skills: { agent_id: number; queue: number; level: number };
  scenarios: { id: string; name: string; start_step: string; steps: string };
  lookup_tables: { id: string; entries: string };
  campaigns: Validity & {
    id: Generated<number>; did: string; name: string; tenant: string; site: string; direction: string;
    entry_points: string; queue: number; scenario: string | null; status_group: number; outbound: string | null;
  };
  statuses: { tenant: string; status_group: number; num: number; detail: number; label_fr: string; label_en: string; outcome: string };
  pause_reasons: Validity & { id: Generated<number>; code: string; position: number; label_fr: string; label_en: string; productive: boolean; limit_seconds: number | null };
  gateways: { id: string; site: string; e1_links: number };
}
