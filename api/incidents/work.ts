import type { DetectorsPort, IncidentsPort } from '../ports.ts';
import { SigningGate } from './signing-gate.ts';
import { openIncidentStrips, type IncidentStrips, type IncidentStripsParts } from './strips.ts';

/** What the resolvers and the doors share. */
export interface IncidentWork {
  store: IncidentsPort['store'];
  detectors: DetectorsPort;
  strips: IncidentStrips;
  gate: SigningGate;
}

const NO_DETECTORS: DetectorsPort = { list: () => Promise.resolve([]) };

export function openIncidentWork({ store, detectors = NO_DETECTORS }: IncidentsPort, parts: Omit<IncidentStripsParts, 'store'>): IncidentWork {
  return { store, detectors, strips: openIncidentStrips({ store, ...parts }), gate: new SigningGate(() => parts.clock.nowMs()) };
}
