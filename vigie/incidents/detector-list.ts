import { z } from 'zod';
import { complaintOf } from '../../api/incidents/complaint.ts';
import type { Detector, DetectorsPort, ParameterValue } from '../../api/ports.ts';
import type { Incidents } from '../../warehouse/operational/incidents/incidents.ts';
import type { DetectorStatus } from './detection.ts';
import { PARAMETER_WORDS } from './parameter-words.ts';

const STATES: Record<DetectorStatus['state'], Detector['state']> = { off: 'off', unseen: 'unseen', waiting: 'waiting', failing: 'blind', quiet: 'quiet', seen: 'seen' };

/** What the detectors of this process are, how they are set and what they saw. */
export function detectorList(statuses: () => DetectorStatus[], incidents: Pick<Incidents, 'detectors' | 'list'>): DetectorsPort {
  return {
    async list() {
      const [settings, open] = await Promise.all([incidents.detectors(), incidents.list({ open: true, limit: 1000 })]);
      return statuses().map(({ watching, state, sinceMs, lookedAtMs, why, reason, findings }) => {
        // As it is set now, which the next look will know too.
        const setting = settings.find(({ detector }) => detector === watching.name);
        const told = findings.find(({ firing }) => firing) ?? findings[0];
        const off = setting?.on === false;
        return {
          detector: watching.name, labelFr: watching.titleFr, labelEn: watching.titleEn, on: setting?.on ?? true, type: watching.type,
          parameters: parametersOf(watching.parameters(setting?.parameters), watching.parameters({})), version: setting?.version ?? 0,
          state: off ? 'off' : STATES[state], sinceMs, checkedAtMs: lookedAtMs,
          reason: off ? null : why, failure: off || reason === '' ? null : reason,
          textFr: told?.evidence.textFr ?? null, textEn: told?.evidence.textEn ?? null,
          incident: open.find(({ detector, resolvedAtMs }) => detector === watching.name && resolvedAtMs === null)?.number ?? null,
        };
      });
    },
    complaint(detector, parameters) {
      try {
        statuses().find(({ watching }) => watching.name === detector)?.watching.tuning(parameters);
        return null;
      } catch (error) {
        if (!(error instanceof z.ZodError)) throw error;
        return complaintOf(error, wordsOf);
      }
    },
  };
}

function parametersOf(values: Record<string, ParameterValue>, usual: Record<string, ParameterValue>): Detector['parameters'] {
  return Object.entries(usual).map(([name, preset]) => {
    const { fr, en, unit } = wordsOf(name);
    return { name, labelFr: fr, labelEn: en, unit, value: values[name] ?? preset, usual: preset };
  });
}

function wordsOf(name: string): { fr: string; en: string; unit: string } {
  return PARAMETER_WORDS[name] ?? { fr: name, en: name, unit: '' };
}
