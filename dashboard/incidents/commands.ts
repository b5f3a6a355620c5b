import type { ResultOf } from 'gql.tada';
import { graphql } from '../graphql/graphql.ts';

/** What an act came to. With the incident's type in the answer, everything that shows one is asked again. */
const OUTCOME = graphql(`
  fragment Outcome on IncidentActResult {
    __typename
    ... on IncidentActDone { id incident { number revision } }
    ... on IncidentActRefused { code reason(language: $language) by incident { number revision rex { version writtenAt by impact causes wentWell wentBadly } } }
  }
`);
export type Outcome = ResultOf<typeof OUTCOME>;

export const OPEN_INCIDENT = graphql(`
  mutation OpenIncident($id: String, $type: String!, $severity: IncidentSeverity, $title: String!, $description: String!, $affects: IncidentAffectsInput, $startedAt: DateTime, $targetMinutes: Float, $at: DateTime, $language: Language!) {
    result: openIncident(id: $id, type: $type, severity: $severity, title: $title, description: $description, affects: $affects, startedAt: $startedAt, targetMinutes: $targetMinutes, at: $at) { ...Outcome }
  }
`, [OUTCOME]);

/** Fields that are left out stay as they are. */
export const CHANGE_INCIDENT = graphql(`
  mutation ChangeIncident($number: Int!, $id: String, $seen: Int!, $type: String, $severity: IncidentSeverity, $title: String, $description: String, $affects: IncidentAffectsInput, $startedAt: DateTime, $targetMinutes: Float, $language: Language!) {
    result: changeIncident(incident: $number, id: $id, seen: $seen, type: $type, severity: $severity, title: $title, description: $description, affects: $affects, startedAt: $startedAt, targetMinutes: $targetMinutes) { ...Outcome }
  }
`, [OUTCOME]);

const ACKNOWLEDGE = graphql(`mutation Acknowledge($number: Int!, $id: String, $at: DateTime, $text: String!, $language: Language!) { result: acknowledgeIncident(incident: $number, id: $id, at: $at, note: $text) { ...Outcome } }`, [OUTCOME]);
const MITIGATE = graphql(`mutation Mitigate($number: Int!, $id: String, $at: DateTime, $text: String!, $language: Language!) { result: mitigateIncident(incident: $number, id: $id, at: $at, note: $text) { ...Outcome } }`, [OUTCOME]);
const RESOLVE = graphql(`mutation Resolve($number: Int!, $id: String, $at: DateTime, $text: String!, $language: Language!) { result: resolveIncident(incident: $number, id: $id, at: $at, note: $text) { ...Outcome } }`, [OUTCOME]);
const REOPEN = graphql(`mutation Reopen($number: Int!, $id: String, $at: DateTime, $text: String!, $language: Language!) { result: reopenIncident(incident: $number, id: $id, at: $at, reason: $text) { ...Outcome } }`, [OUTCOME]);
const CLOSE = graphql(`mutation CloseIncident($number: Int!, $id: String, $at: DateTime, $text: String!, $language: Language!) { result: closeIncident(incident: $number, id: $id, at: $at, note: $text) { ...Outcome } }`, [OUTCOME]);
const PAUSE_CLOCK = graphql(`mutation PauseClock($number: Int!, $id: String, $at: DateTime, $text: String!, $language: Language!) { result: pauseIncidentClock(incident: $number, id: $id, at: $at, reason: $text) { ...Outcome } }`, [OUTCOME]);
const RESUME_CLOCK = graphql(`mutation ResumeClock($number: Int!, $id: String, $at: DateTime, $text: String!, $language: Language!) { result: resumeIncidentClock(incident: $number, id: $id, at: $at, note: $text) { ...Outcome } }`, [OUTCOME]);
const END_CRISIS = graphql(`mutation EndCrisis($number: Int!, $id: String, $at: DateTime, $text: String!, $language: Language!) { result: endCrisis(incident: $number, id: $id, at: $at, note: $text) { ...Outcome } }`, [OUTCOME]);

/** Acts that take words and a time, nothing else. */
export const PLAIN_ACTS = { ACKNOWLEDGE, MITIGATE, RESOLVE, REOPEN, CLOSE, PAUSE_CLOCK, RESUME_CLOCK, END_CRISIS };

export const OPEN_CRISIS = graphql(`mutation OpenCrisis($number: Int!, $id: String, $at: DateTime, $members: [String!]!, $language: Language!) { result: openCrisis(incident: $number, id: $id, at: $at, members: $members) { ...Outcome } }`, [OUTCOME]);
export const DECLARE_LONG_INTERRUPTION = graphql(`mutation DeclareLong($number: Int!, $id: String, $at: DateTime, $cause: LongInterruptionCause!, $note: String!, $language: Language!) { result: declareLongInterruption(incident: $number, id: $id, at: $at, cause: $cause, note: $note) { ...Outcome } }`, [OUTCOME]);
export const COMMENT = graphql(`mutation CommentIncident($number: Int!, $id: String, $text: String!, $language: Language!) { result: commentIncident(incident: $number, id: $id, text: $text) { ...Outcome } }`, [OUTCOME]);
export const EDIT_COMMENT = graphql(`mutation EditComment($number: Int!, $id: String, $seen: Int!, $comment: String!, $text: String!, $language: Language!) { result: editIncidentComment(incident: $number, id: $id, seen: $seen, comment: $comment, text: $text) { ...Outcome } }`, [OUTCOME]);
export const ADD_PERSON = graphql(`mutation AddPerson($number: Int!, $id: String, $person: IncidentPersonInput!, $language: Language!) { result: addIncidentPerson(incident: $number, id: $id, person: $person) { ...Outcome } }`, [OUTCOME]);
export const REMOVE_PERSON = graphql(`mutation RemovePerson($number: Int!, $id: String, $person: String!, $language: Language!) { result: removeIncidentPerson(incident: $number, id: $id, person: $person) { ...Outcome } }`, [OUTCOME]);
export const LINK = graphql(`mutation LinkIncident($number: Int!, $id: String, $link: IncidentLinkInput!, $language: Language!) { result: linkToIncident(incident: $number, id: $id, link: $link) { ...Outcome } }`, [OUTCOME]);
export const UNLINK = graphql(`mutation UnlinkIncident($number: Int!, $id: String, $link: IncidentLinkInput!, $language: Language!) { result: unlinkFromIncident(incident: $number, id: $id, link: $link) { ...Outcome } }`, [OUTCOME]);
export const CALL_CONFERENCE = graphql(`mutation CallConference($number: Int!, $id: String, $startsAt: DateTime!, $place: String!, $participants: [String!]!, $language: Language!) { result: callConference(incident: $number, id: $id, startsAt: $startsAt, place: $place, participants: $participants) { ...Outcome } }`, [OUTCOME]);
export const HOLD_CONFERENCE = graphql(`mutation HoldConference($number: Int!, $id: String, $at: DateTime, $conference: String!, $minutes: String!, $participants: [String!]!, $language: Language!) { result: holdConference(incident: $number, id: $id, at: $at, conference: $conference, minutes: $minutes, participants: $participants) { ...Outcome } }`, [OUTCOME]);
export const ADD_MEMBER = graphql(`mutation AddMember($number: Int!, $id: String, $person: String!, $language: Language!) { result: addCrisisMember(incident: $number, id: $id, person: $person) { ...Outcome } }`, [OUTCOME]);
export const REMOVE_MEMBER = graphql(`mutation RemoveMember($number: Int!, $id: String, $person: String!, $language: Language!) { result: removeCrisisMember(incident: $number, id: $id, person: $person) { ...Outcome } }`, [OUTCOME]);
export const WRITE_REPORT = graphql(`mutation WriteReport($number: Int!, $id: String, $hour: Int!, $text: String!, $language: Language!) { result: writeCrisisReport(incident: $number, id: $id, hour: $hour, text: $text) { ...Outcome } }`, [OUTCOME]);
export const ADD_ACTION = graphql(`mutation AddAction($number: Int!, $id: String, $list: ActionList!, $text: String!, $owner: String!, $dueAt: DateTime!, $language: Language!) { result: addIncidentAction(incident: $number, id: $id, list: $list, text: $text, owner: $owner, dueAt: $dueAt) { ...Outcome } }`, [OUTCOME]);
export const CHANGE_ACTION = graphql(`mutation ChangeAction($number: Int!, $id: String, $seen: Int!, $action: String!, $text: String, $owner: String, $dueAt: DateTime, $language: Language!) { result: changeIncidentAction(incident: $number, id: $id, seen: $seen, action: $action, text: $text, owner: $owner, dueAt: $dueAt) { ...Outcome } }`, [OUTCOME]);
export const FINISH_ACTION = graphql(`mutation FinishAction($number: Int!, $id: String, $action: String!, $language: Language!) { result: finishIncidentAction(incident: $number, id: $id, action: $action) { ...Outcome } }`, [OUTCOME]);
export const REOPEN_ACTION = graphql(`mutation ReopenAction($number: Int!, $id: String, $action: String!, $reason: String!, $language: Language!) { result: reopenIncidentAction(incident: $number, id: $id, action: $action, reason: $reason) { ...Outcome } }`, [OUTCOME]);
export const FINISH_STEP = graphql(`mutation FinishStep($number: Int!, $id: String, $at: DateTime, $step: String!, $note: String!, $language: Language!) { result: finishInterruptionStep(incident: $number, id: $id, at: $at, step: $step, note: $note) { ...Outcome } }`, [OUTCOME]);
export const REOPEN_STEP = graphql(`mutation ReopenStep($number: Int!, $id: String, $step: String!, $reason: String!, $language: Language!) { result: reopenInterruptionStep(incident: $number, id: $id, step: $step, reason: $reason) { ...Outcome } }`, [OUTCOME]);
export const REPORT_PROGRESS = graphql(`mutation ReportProgress($number: Int!, $id: String, $text: String!, $language: Language!) { result: reportProgress(incident: $number, id: $id, text: $text) { ...Outcome } }`, [OUTCOME]);
export const WRITE_REX = graphql(`mutation WriteRex($number: Int!, $id: String, $basedOn: String, $impact: String!, $causes: String!, $wentWell: String!, $wentBadly: String!, $language: Language!) { result: writeRex(incident: $number, id: $id, basedOn: $basedOn, impact: $impact, causes: $causes, wentWell: $wentWell, wentBadly: $wentBadly) { ...Outcome } }`, [OUTCOME]);
export const APPROVE_REX = graphql(`mutation ApproveRex($number: Int!, $id: String, $language: Language!) { result: approveRex(incident: $number, id: $id) { ...Outcome } }`, [OUTCOME]);

export const MAKE_REPORT = graphql(`mutation MakeIncidentReport($number: Int!, $id: String, $language: Language!) { result: makeIncidentReport(incident: $number, id: $id) { ...Outcome } }`, [OUTCOME]);
export const SEND_LINKS = graphql(`mutation SendSignatureLinks($number: Int!, $id: String, $persons: [String!], $language: Language!) { result: sendSignatureLinks(incident: $number, id: $id, persons: $persons) { ...Outcome } }`, [OUTCOME]);
