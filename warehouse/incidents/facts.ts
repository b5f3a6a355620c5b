/** What the warehouse knows of incidents, as their logs tell them. Plain data, instants as epoch milliseconds. */
export interface IncidentFacts {
  incidents: IncidentFact[];
  actions: ActionFact[];
  outages: OutageSpan[];
  components: ComponentFact[];
  /** Absent = these are all. Else they are those that may have changed, and the outages are all that begin within these windows. */
  windows?: OutageWindow[];
}

/** A stretch of a component's time that no outage reaches over. */
export interface OutageWindow { component: string; fromMs: number; /** null = without an end. */ toMs: number | null }

export interface IncidentFact {
  incident: number;
  /** Events of its log: a longer log is a newer version. */
  version: number;
  type: string;
  severity: number;
  /** Ids of those concerned; none = everybody. */
  tenants: string[];
  sites: string[];
  queues: string[];
  /** '' = a person opened it. */
  detector: string;
  targetSeconds: number;
  startedAtMs: number | null;
  detectedAtMs: number;
  acknowledgedAtMs: number | null;
  mitigatedAtMs: number | null;
  resolvedAtMs: number | null;
  closedAtMs: number | null;
  breachedAtMs: number | null;
  crisisAtMs: number | null;
  firstReportAtMs: number | null;
  crisisEndedAtMs: number | null;
  rexDueAtMs: number | null;
  rexAtMs: number | null;
}

export interface ActionFact { incident: number; action: string; version: number; list: string; dueAtMs: number; doneAtMs: number | null }

/** A stretch in which a component stood still: those of one component, tenant and site do not overlap. */
export interface OutageSpan {
  component: string;
  /** '' = everybody, of whom somebody was concerned. */
  tenant: string;
  site: string;
  fromMs: number;
  /** null = it still does. */
  toMs: number | null;
  /** How much of it, in millionths. */
  sharePpm: number;
}

/** What availability is told of, and how much of its time it may stand still (1000 millionths = 99.9 %). */
export interface ComponentFact { component: string; nameFr: string; nameEn: string; allowedPpm: number }
