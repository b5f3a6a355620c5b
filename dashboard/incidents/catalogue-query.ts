import type { ResultOf } from 'gql.tada';
import { graphql } from '../graphql/graphql.ts';

export const INCIDENT_TYPES = graphql(`
  query IncidentTypes($language: Language!) {
    incidentTypes(retired: true) {
      slug label(language: $language) causes(language: $language) solution(language: $language)
      labelFr: label(language: fr) labelEn: label(language: en) causesFr: causes(language: fr) causesEn: causes(language: en) solutionFr: solution(language: fr) solutionEn: solution(language: en)
      targetMinutes severity calendar breakdown retired version
      affects { tenants sites queues components { component share } }
    }
    components { slug label(language: $language) }
    calendars { id zone hours { weekday from to } }
  }
`);
export type IncidentType = ResultOf<typeof INCIDENT_TYPES>['incidentTypes'][number];
export type Calendar = ResultOf<typeof INCIDENT_TYPES>['calendars'][number];
export type Component = ResultOf<typeof INCIDENT_TYPES>['components'][number];

export const CONTACTS = graphql(`query Contacts { incidentRules { contacts { id name email party role language signs } } }`);

export const CONFERENCE_SETTINGS = graphql(`query ConferenceSettings { incidentSettings { conferencePlace conferenceLastsMinutes } }`);

const SETTING = graphql(`fragment Setting on SettingResult { __typename ... on SettingKept { version } ... on SettingRefused { code reason(language: $language) by } }`);
export type SettingOutcome = ResultOf<typeof SETTING>;

export const PUT_TYPE = graphql(`mutation PutType($type: IncidentTypeInput!, $language: Language!) { result: putIncidentType(type: $type) { ...Setting } }`, [SETTING]);
export const PUT_DETECTOR = graphql(`mutation PutDetector($detector: DetectorInput!, $language: Language!) { result: putDetector(detector: $detector) { ...Setting } }`, [SETTING]);
export const PUT_RULES = graphql(`mutation PutRules($rules: IncidentRulesInput!, $language: Language!) { result: putIncidentRules(rules: $rules) { ...Setting } }`, [SETTING]);
export const PUT_SETTINGS = graphql(`mutation PutSettings($settings: IncidentSettingsInput!, $language: Language!) { result: putIncidentSettings(settings: $settings) { ...Setting } }`, [SETTING]);
export const RETRY_NOTIFICATION = graphql(`mutation RetryNotification($id: String!, $language: Language!) { result: retryNotification(id: $id) { ...Setting } }`, [SETTING]);

export const SETTING_HISTORY = graphql(`query SettingHistory($subject: SettingSubject!) { settingHistory(subject: $subject) { version at by differences { path before after } } }`);

export const RULES = graphql(`
  query Rules($language: Language!) {
    detectors { detector label(language: $language) on type version state since checkedAt reason { code minutes path } failure text(language: $language) incident parameters { name label(language: $language) unit value usual } }
    incidentRules {
      version
      contacts { id name email party role language phone tenant signs conference crisis }
      onCall { id label zone shifts { weekday from to contact } exceptions { from to contact } }
      rules { id label(language: $language) labelFr: label(language: fr) labelEn: label(language: en) on moment afterMinutes level severities types recipients { kind contact party calendar webhook } }
    }
    incidentSettings {
      version warnShares conferenceMinutes conferencePlace conferenceStartsAfterMinutes conferenceLastsMinutes crisisMinutes reportMinutes reportReminderMinutes
      rexDays signatureDays signatureReminders signatureReminderDays progressHours
    }
    availability: incidentSettings { usual: usualAvailability set: availability { component target } }
    components { slug label(language: $language) }
  }
`);
export type RuleSet = NonNullable<ResultOf<typeof RULES>['incidentRules']>;
export type Rule = RuleSet['rules'][number];
export type Contact = RuleSet['contacts'][number];
export type OnCall = RuleSet['onCall'][number];
export type Settings = NonNullable<ResultOf<typeof RULES>['incidentSettings']>;
export type Availability = NonNullable<ResultOf<typeof RULES>['availability']>;
export type Detector = ResultOf<typeof RULES>['detectors'][number];
