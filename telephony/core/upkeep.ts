import { CallbackTimer } from '../clock.ts';
import type { CentreConfiguration } from '../configuration.ts';
import type { Agent } from './agent.ts';
import { applyConfiguration, nextBoundaryMs } from './apply-configuration.ts';
import type { Floor } from './floor.ts';
import { tellFigures } from './qualification.ts';

/** What time alone changes: validity periods begin and end, the day's figures start anew at each site's midnight. */
export class Upkeep {
  readonly #floor: Floor;
  readonly #agentDue: (agent: Agent) => void;
  readonly #boundary = new CallbackTimer(() => this.#apply());
  readonly #midnights = new Map<string, CallbackTimer>();
  #configuration: CentreConfiguration | null = null;

  constructor(floor: Floor, agentDue: (agent: Agent) => void) {
    this.#floor = floor;
    this.#agentDue = agentDue;
  }

  configure(configuration: CentreConfiguration): void {
    if (this.#configuration && configuration.version <= this.#configuration.version) return;
    const before = this.#configuration;
    this.#configuration = configuration;
    try {
      this.#apply();
    } catch (error) {
      this.#configuration = before;
      throw error;
    }
  }

  close(): void {
    const { clock } = this.#floor;
    clock.cancel(this.#boundary);
    for (const timer of this.#midnights.values()) clock.cancel(timer);
  }

  #apply(): void {
    const floor = this.#floor;
    const configuration = this.#configuration;
    if (!configuration) return;
    applyConfiguration(floor, configuration, this.#agentDue);
    floor.dialing?.configure(configuration);
    const next = nextBoundaryMs(configuration, floor.clock.nowMs());
    if (next === null) floor.clock.cancel(this.#boundary);
    else floor.clock.set(this.#boundary, next);
    for (const site of floor.sites.values()) this.#planMidnight(site.id);
  }

  #planMidnight(site: string): void {
    const { clock, sites } = this.#floor;
    const state = sites.get(site);
    if (!state) return;
    let timer = this.#midnights.get(site);
    if (!timer) {
      timer = new CallbackTimer(() => this.#newDay(site));
      this.#midnights.set(site, timer);
    }
    clock.set(timer, state.offsets.nextMidnightMs(clock.nowMs()));
  }

  #newDay(site: string): void {
    const floor = this.#floor;
    for (const agent of floor.agents.values()) {
      if (agent.settings.site !== site) continue;
      const moved = agent.arguedToday > 0;
      agent.day += 1;
      agent.answeredToday = 0;
      agent.arguedToday = 0;
      agent.positiveToday = 0;
      floor.earlierFigures.delete(agent.number);
      floor.live.agent(agent);
      if (moved) tellFigures(floor, agent);
    }
    this.#planMidnight(site);
  }
}
