import { placesOf, type Clients } from '../warehouse/incidents/concerned.ts';
import type { Agent, Campaign, CentreConfiguration, Queue, Site } from '../telephony/configuration.ts';
import type { Clock } from './clock.ts';
import type { DirectoryPort } from './ports.ts';

/** The configuration as the api reads it: the newest version, and names by id as they are valid now. */
export interface Directory extends Clients {
  configuration(): CentreConfiguration;
  /** Another text whenever names or rules become other ones: at a change, and when a period begins or ends. */
  mark(): string;
  queue(number: number): Queue | undefined;
  /** Only those whom a campaign calls come into this queue: it has no place among those of callers. */
  isOutbound(queue: number): boolean;
  agent(number: number): Agent | undefined;
  campaign(did: string): Campaign | undefined;
  site(id: string): Site | undefined;
  close(): void;
}

export async function openDirectory(port: DirectoryPort, clock: Clock): Promise<Directory> {
  let current: CentreConfiguration | undefined;
  const take = (next: CentreConfiguration): void => {
    if (!current || next.version >= current.version) current = next;
  };
  const unsubscribe = port.subscribe(take);
  take(await port.load());
  let index: Index | undefined;
  const read = (): CentreConfiguration => {
    if (!current) throw new Error('the directory was read before its configuration was loaded');
    return current;
  };
  const indexed = (): Index => {
    const configuration = read();
    // Validity moves with the clock: an index lives a minute at most.
    const minute = Math.floor(clock.nowMs() / 60_000);
    if (index?.of !== configuration || index.minute !== minute) index = buildIndex(configuration, minute, clock.nowMs());
    return index;
  };
  return {
    configuration: read,
    mark: () => indexed().mark,
    queue: (number) => indexed().queues.get(number),
    isOutbound: (number) => indexed().outbound.has(number),
    agent: (number) => indexed().agents.get(number),
    campaign: (did) => indexed().campaigns.get(did),
    site: (id) => indexed().sites.get(id),
    tenantOfQueue: (queue, atMs) => indexed().places.tenantOfQueue(queue, atMs),
    tenantsAt: (site, atMs) => indexed().places.tenantsAt(site, atMs),
    close: unsubscribe,
  };
}

/** The rows valid at an instant. From inclusive, to exclusive; null = open. */
export function validAt<T extends { validFrom: string | null; validTo: string | null }>(rows: readonly T[], nowMs: number): T[] {
  return rows.filter((row) => (row.validFrom === null || Date.parse(row.validFrom) <= nowMs) && (row.validTo === null || nowMs < Date.parse(row.validTo)));
}

interface Index {
  of: CentreConfiguration;
  minute: number;
  mark: string;
  queues: Map<number, Queue>;
  outbound: ReadonlySet<number>;
  agents: Map<number, Agent>;
  campaigns: Map<string, Campaign>;
  sites: Map<string, Site>;
  places: Clients;
}

function buildIndex(of: CentreConfiguration, minute: number, nowMs: number): Index {
  const campaigns = validAt(of.campaigns, nowMs);
  const entered = queuesOfCallers(of, campaigns);
  return {
    of,
    minute,
    mark: `${of.version}.${lastBoundaryMs(of, nowMs)}`,
    queues: new Map(validAt(of.queues, nowMs).map((row) => [row.number, row])),
    outbound: new Set(campaigns.filter(({ outbound, queue }) => outbound !== null && !entered.has(queue)).map(({ queue }) => queue)),
    agents: new Map(validAt(of.agents, nowMs).map((row) => [row.number, row])),
    campaigns: new Map(campaigns.map((row) => [row.did, row])),
    sites: new Map(of.sites.map((row) => [row.id, row])),
    places: placesOf(of),
  };
}

/** Where a caller may come: by a campaign, a scenario, or from another queue. */
function queuesOfCallers({ queues, scenarios }: CentreConfiguration, campaigns: readonly Campaign[]): ReadonlySet<number | null> {
  return new Set([
    ...campaigns.filter(({ direction }) => direction === 'inbound').map(({ queue }) => queue),
    ...scenarios.flatMap(({ steps }) => Object.values(steps).flatMap((step) => (step.kind === 'queue' ? [step.queue] : []))),
    ...queues.map(({ overflowQueue }) => overflowQueue),
  ]);
}

/** When the newest of all periods that have begun or ended did so; 0 = none has. */
function lastBoundaryMs({ queues, agents, campaigns, pauseReasons }: CentreConfiguration, nowMs: number): number {
  const boundaries = [queues, agents, campaigns, pauseReasons].flat().flatMap(({ validFrom, validTo }) => [validFrom, validTo]);
  return boundaries.reduce((last, boundary) => {
    const atMs = boundary === null ? 0 : Date.parse(boundary);
    return atMs <= nowMs ? Math.max(last, atMs) : last;
  }, 0);
}
