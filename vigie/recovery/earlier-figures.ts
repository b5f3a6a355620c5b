import type { AgentFigures } from '../../telephony/automaton.ts';
import type { CentreConfiguration } from '../../telephony/configuration.ts';
import { FULL_SCOPE, type KpiRow, type Warehouse } from '../../warehouse/warehouse.ts';
import { ZoneOffsets } from '../../telephony/core/zone-offsets.ts';

const DAY_MS = 86_400_000;

/** What the agents of each site have done since its midnight and before `untilMs`, by the warehouse's measures. */
export async function earlierFigures(warehouse: Pick<Warehouse, 'kpi'>, { sites, agents }: CentreConfiguration, untilMs: number, nowMs: number): Promise<AgentFigures[]> {
  const figures: AgentFigures[] = [];
  for (const { id, zone } of sites) {
    const midnightMs = midnightBefore(zone, nowMs);
    if (midnightMs >= untilMs) continue;
    const own = new Map(agents.filter(({ site }) => site === id).map(({ number, tenant }) => [String(number), tenant]));
    const { rows } = await warehouse.kpi({
      measures: ['agent-contacts', 'argued', 'positive', 'dial-argued', 'dial-positive'], by: ['tenant', 'agent'], where: {},
      from: new Date(midnightMs).toISOString(), to: new Date(untilMs).toISOString(), zone,
    }, FULL_SCOPE);
    for (const row of rows) {
      if (own.get(String(row.agent)) !== row.tenant) continue;
      figures.push({ agent: Number(row.agent), answered: Number(row['agent-contacts'] ?? 0), argued: sum(row, 'argued', 'dial-argued'), positive: sum(row, 'positive', 'dial-positive') });
    }
  }
  return figures;
}

/** On the floor a contact is one, whoever called whom. */
function sum(row: KpiRow, ...measures: string[]): number {
  return measures.reduce((total, measure) => total + Number(row[measure] ?? 0), 0);
}

function midnightBefore(zone: string, nowMs: number): number {
  const offsets = new ZoneOffsets(zone);
  // A local day has 23 to 25 hours: the first midnight after the day before yesterday's same hour, then on.
  let midnight = offsets.nextMidnightMs(nowMs - 2 * DAY_MS);
  for (let next = offsets.nextMidnightMs(midnight); next <= nowMs; next = offsets.nextMidnightMs(next)) midnight = next;
  return midnight;
}
