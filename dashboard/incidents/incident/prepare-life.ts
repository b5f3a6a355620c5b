interface Lived { startedAt: string | null; detectedAt: string; acknowledgedAt: string | null; mitigatedAt: string | null; resolvedAt: string | null; closedAt: string | null }

export interface LifeStep { step: 'started' | 'detected' | 'acknowledged' | 'mitigated' | 'resolved' | 'closed'; at: string | null; /** Since the detection. */ afterMs: number | null }

/** How far an incident has come. What was passed over – a start nobody knows, a detour nobody took – is left out. */
export function prepareLife({ startedAt, detectedAt, acknowledgedAt, mitigatedAt, resolvedAt, closedAt }: Lived): LifeStep[] {
  const after = (at: string | null) => (at === null ? null : Math.max(0, Date.parse(at) - Date.parse(detectedAt)));
  return [
    ...(startedAt === null ? [] : [{ step: 'started' as const, at: startedAt, afterMs: null }]),
    { step: 'detected', at: detectedAt, afterMs: null },
    { step: 'acknowledged', at: acknowledgedAt, afterMs: after(acknowledgedAt) },
    ...(mitigatedAt === null && resolvedAt !== null ? [] : [{ step: 'mitigated' as const, at: mitigatedAt, afterMs: after(mitigatedAt) }]),
    { step: 'resolved', at: resolvedAt, afterMs: after(resolvedAt) },
    { step: 'closed', at: closedAt, afterMs: after(closedAt) },
  ];
}
