import type { ResultOf } from 'gql.tada';
import { graphql } from '../graphql/graphql.ts';
import type { ClockSaid } from './prepare-timer.ts';

/** What every page shows of the open incidents. */
export const INCIDENT_STRIP = graphql(`
  query IncidentStrip {
    incidentStrip {
      at
      incidents { number state severity title titleEn typeFr typeEn detectedAt clock { state targetMs leftMs dueAt breachedAt } conferenceDueAt crisis overdueReports longInterruption }
    }
  }
`);
export type StripIncident = ResultOf<typeof INCIDENT_STRIP>['incidentStrip']['incidents'][number];

export const WARN_SHARES = graphql(`query WarnShares { incidentSettings { warnShares } }`);

/** What a clock and everything that is due need. */
const CLOCKED = graphql(`
  fragment Clocked on Incident {
    number at state severity type typeLabel(language: $language) title(language: $language) detectedAt
    clock { state targetMs leftMs dueAt breachedAt }
    pauses { from to reason }
    conferenceDueAt conferences { id calledAt startsAt place heldAt minutes participants { id name } }
    crisis { openedAt endedAt members { id name role party } reports { hour dueAt state writtenAt by text reminded } }
    actions { id list text owner addedAt dueAt doneAt overdue }
    rexDueAt rex { version writtenAt by impact causes wentWell wentBadly approvedAt }
    persons { id name email party role language signs }
    affects { tenants sites queues components { component share } }
    openedBy detector
  }
`);

export const OPEN_INCIDENTS = graphql(`
  query OpenIncidents($language: Language!) {
    incidents(open: true, first: 25) { at incidents { ...Clocked } }
  }
`, [CLOCKED]);
export type OpenIncident = ResultOf<typeof OPEN_INCIDENTS>['incidents']['incidents'][number];

export const PAST_INCIDENTS = graphql(`
  query PastIncidents($language: Language!, $open: Boolean, $unfinished: Boolean!, $type: String, $severity: IncidentSeverity, $from: DateTime, $before: Int, $first: Int!) {
    incidents(open: $open, unfinished: $unfinished, type: $type, severity: $severity, from: $from, before: $before, first: $first) {
      before
      incidents { number state severity typeLabel(language: $language) title(language: $language) detectedAt resolvedAt closedAt clock { state targetMs usedMs breachedAt } }
    }
  }
`);
export type PastIncident = ResultOf<typeof PAST_INCIDENTS>['incidents']['incidents'][number];

export const INCIDENT = graphql(`
  query Incident($number: Int!, $language: Language!, $zone: String!) {
    notificationsSince
    incident(number: $number) {
      ...Clocked
      revision open description startedAt acknowledgedAt mitigatedAt resolvedAt closedAt targetMinutes calendar
      reopenings { resolvedAt reopenedAt reason }
      comments { id at by text earlier { at by text } }
      attachments { id at by name bytes path }
      links { kind tenant callId label question }
      evidence { at cleared detector text(language: $language) values }
      timeline { id sequence kind at recordedAt by words(language: $language, zone: $zone) }
      acts
      notifications { id channel recipient subject state attempts createdAt nextAttemptAt reason answer late sentAt }
      longInterruption { declaredAt cause progressDueAt steps { step phase label(language: $language) plannedAt doneAt by overdue } progress { id at by text } }
      document { id sha256 madeAt path signaturesPath complete overtaken remindedAt signatures { person { id name party } signedAt typedName } }
    }
  }
`, [CLOCKED]);
export type IncidentDetails = NonNullable<ResultOf<typeof INCIDENT>['incident']>;
export type IncidentState = IncidentDetails['state'];
export type IncidentAct = IncidentDetails['acts'][number];
export type EventKind = IncidentDetails['timeline'][number]['kind'];

/** Apart from the rest: the warehouse takes its time, and what it says changes by the minute. */
export const IMPACT = graphql(`
  query Impact($number: Int!, $zone: String!) {
    incident(number: $number) {
      impact(zone: $zone) {
        from to running dataAt
        calls { offered expected lost } callsGap abandons { abandoned expected extra } abandonsGap
        agents { loggedSeconds expectedSeconds lostSeconds } agentsGap serviceLevel { interval intervalExpected } serviceLevelGap
      }
    }
  }
`);
export type Impact = NonNullable<NonNullable<ResultOf<typeof IMPACT>['incident']>['impact']>;

/** An incident's clock with the instant at which it was so. While it runs, what is left may be told as the instant of its end. */
export function clockOf({ clock: { state, targetMs, leftMs, dueAt, breachedAt } }: { clock: StripIncident['clock'] }, asOfMs: number): ClockSaid {
  return { state, targetMs, leftMs: leftMs ?? (dueAt === null ? targetMs : Date.parse(dueAt) - asOfMs), breachedAt, asOfMs };
}
