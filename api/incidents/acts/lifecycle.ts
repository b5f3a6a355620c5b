import { builder } from '../../builder.ts';
import { IncidentActResult } from '../types/act-result.ts';
import { ACT_ARGS, INCIDENT_ARGS } from './args.ts';
import { perform } from './perform.ts';

/** From the detection to the closing, and the target's clock. */
builder.mutationFields((t) => {
  const noted = <K extends 'acknowledged' | 'mitigated' | 'resolved' | 'closed' | 'clock-resumed'>(kind: K, description: string) => t.field({
    type: IncidentActResult, description,
    args: { ...INCIDENT_ARGS, ...ACT_ARGS, note: t.arg.string({ required: true, defaultValue: '' }) },
    resolve: (_root, { incident, note, ...given }, context) => perform(incident, given, () => ({ kind, note }), context),
  });
  const reasoned = <K extends 'reopened' | 'clock-paused'>(kind: K, description: string) => t.field({
    type: IncidentActResult, description,
    args: { ...INCIDENT_ARGS, ...ACT_ARGS, reason: t.arg.string({ required: true }) },
    resolve: (_root, { incident, reason, ...given }, context) => perform(incident, given, () => ({ kind, reason }), context),
  });
  return {
    acknowledgeIncident: noted('acknowledged', 'Somebody is on it'),
    mitigateIncident: noted('mitigated', 'Worked around'),
    resolveIncident: noted('resolved', "Service is back: the target's clock stops"),
    reopenIncident: reasoned('reopened', 'Service was not back'),
    closeIncident: noted('closed', 'Nothing is to be done any more'),
    pauseIncidentClock: reasoned('clock-paused', "The target's clock alone: that of the conference never pauses"),
    resumeIncidentClock: noted('clock-resumed', "The target's clock runs again"),
  };
});
