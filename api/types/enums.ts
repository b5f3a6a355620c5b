import { DIALING_MODES } from '../../telephony/configuration.ts';
import { AGENT_STATES } from '../../telephony/rows.ts';
import { CALL_FATES, COMPARISONS, DIAL_RESULTS, DIMENSIONS, UNITS } from '../../warehouse/warehouse.ts';
import { FIELDS } from '../../ingest/call-files/columns.ts';
import { builder } from '../builder.ts';
import { FIGURES_TROUBLES } from '../live/board.ts';
import { DIALING_STATES, PACING_BOUNDS } from '../live/board-dialer.ts';
import { DEVIATIONS } from '../plan/adherence.ts';
import { STUDY_MODES } from '../ports.ts';

export const DimensionEnum = builder.enumType('Dimension', { values: lowered(DIMENSIONS) });
export const AgentStateEnum = builder.enumType('AgentState', { values: AGENT_STATES });
export const LanguageEnum = builder.enumType('Language', { values: ['fr', 'en'] as const });
export const ComparisonEnum = builder.enumType('Comparison', { values: shouted(COMPARISONS) });
export const UnitEnum = builder.enumType('Unit', { values: shouted(UNITS) });
export const BetterEnum = builder.enumType('Better', { values: shouted(['up', 'down', 'none']) });
export const EmptyEnum = builder.enumType('Empty', { values: shouted(['zero', 'gap']) });
export const CallFateEnum = builder.enumType('CallFate', { values: shouted(CALL_FATES) });
export const DialResultEnum = builder.enumType('DialResult', { values: shouted(DIAL_RESULTS) });
export const DirectionEnum = builder.enumType('Direction', { values: shouted(['inbound', 'outbound']) });
export const CallOrderEnum = builder.enumType('CallOrder', { values: shouted(['newest', 'oldest', 'longest-wait', 'longest-talk']) });
export const FiguresTroubleKindEnum = builder.enumType('FiguresTroubleKind', { values: shouted(FIGURES_TROUBLES) });
export const PlannedKindEnum = builder.enumType('PlannedKind', { values: shouted(['work', 'pause']) });
export const DialingModeEnum = builder.enumType('DialingMode', { values: shouted(DIALING_MODES) });
export const DialingStateEnum = builder.enumType('DialingState', { values: shouted(DIALING_STATES) });
export const PacingBoundEnum = builder.enumType('PacingBound', { values: shouted(PACING_BOUNDS) });
export const StudyModeEnum = builder.enumType('StudyMode', { values: shouted(STUDY_MODES) });
export const StudyStateEnum = builder.enumType('StudyState', { values: shouted(['queued', 'running', 'done', 'failed']) });
export const DeviationKindEnum = builder.enumType('DeviationKind', { values: shouted(DEVIATIONS) });
export const CallFileFieldEnum = builder.enumType('CallFileField', { values: shouted(FIELDS) });
export const CallFileStatusEnum = builder.enumType('CallFileStatus', { values: shouted(['loading', 'checked', 'ready', 'paused']) });
export const ImportStageEnum = builder.enumType('ImportStage', { values: shouted(['reading', 'comparing', 'done', 'refused', 'failed']) });

/** `per-hour` inside is `PER_HOUR` in GraphQL. */
export function shouted<const T extends string>(values: readonly T[]): Record<string, { value: T }> {
  return Object.fromEntries(values.map((value) => [value.toUpperCase().replaceAll('-', '_'), { value }]));
}

/** `incident-type` inside is `incident_type` in GraphQL. */
function lowered<const T extends string>(values: readonly T[]): Record<string, { value: T }> {
  return Object.fromEntries(values.map((value) => [value.replaceAll('-', '_'), { value }]));
}
