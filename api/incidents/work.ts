import type { DetectorsPort, IncidentsPort, ReportPort } from '../ports.ts';
import { SigningGate } from './signing-gate.ts';
import { openIncidentStrips, type IncidentStrips, type IncidentStripsParts } from './strips.ts';

/** What the resolvers and the doors share. */
export interface IncidentWork {
  store: IncidentsPort['store'];
  detectors: DetectorsPort;
  /** Null = no report is made here. */
  reports: ReportPort | null;
  strips: IncidentStrips;
  gate: SigningGate;
}

const NO_DETECTORS: DetectorsPort = { list: () => Promise.resolve([]) };

export function openIncidentWork({ store, detectors = NO_DETECTORS, reports }: IncidentsPort, parts: Omit<IncidentStripsParts, 'store'>): IncidentWork {
  return { store, detectors, reports: reports ?? null, strips: openIncidentStrips({ store, ...parts }), gate: new SigningGate({ nowMs: () => parts.clock.nowMs(), issued: () => store.incidents.signingLinkHashes(parts.clock.nowMs()) }) };
}
