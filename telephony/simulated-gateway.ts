import type { Gateway } from './configuration.ts';
import type { DialOrder, DialProgress, GatewayOccupation, Line, MediaDriver, MediaListener } from './media.ts';

const CHANNELS_PER_E1 = 30;

/** The people and machines at the other end of what is dialed. They answer by {@link SimulatedGateway.progress}, later. */
export interface CalledNetwork {
  dialed(line: Line, order: DialOrder): void;
}

interface Trunk {
  occupation: GatewayOccupation;
  /** Channel numbers free for calls; the last one freed is the next one taken. */
  free: number[];
  taken: boolean[];
}

/** Media without hardware: E1 links of 30 channels; a site whose gateways are all full answers busy. */
export class SimulatedGateway implements MediaDriver {
  readonly #trunks = new Map<string, Trunk>();
  #bySite = new Map<string, Trunk[]>();
  #listener: MediaListener | null = null;
  #network: CalledNetwork | null = null;
  readonly #recorded = new Set<Line>();
  readonly #listening = new Map<number, string[]>();

  constructor(gateways: readonly Gateway[]) {
    this.configure(gateways);
  }

  attach(listener: MediaListener): void {
    this.#listener = listener;
  }

  /** A caller dials: the first gateway of the site with a free channel takes it. 'unknown' = no campaign has the number. */
  call(line: Line, site: string): 'taken' | 'busy' | 'unknown' {
    const trunks = this.#bySite.get(site);
    if (!trunks || !this.#listener) return 'unknown';
    const trunk = take(trunks, line);
    if (!trunk) {
      const first = trunks[0];
      if (first) {
        first.occupation.refused += 1;
        this.#listener.occupationChanged(first.occupation.gateway);
      }
      return 'busy';
    }
    if (!this.#listener.incoming(line)) {
      this.hangUp(line);
      return 'unknown';
    }
    this.#listener.occupationChanged(trunk.occupation.gateway);
    return 'taken';
  }

  /** Who answers what is dialed; without one, everything rings out. */
  reach(network: CalledNetwork): void {
    this.#network = network;
  }

  dial(line: Line, order: DialOrder): 'dialing' | 'busy' {
    const trunk = take(this.#bySite.get(order.site) ?? [], line);
    if (!trunk) return 'busy';
    this.#listener?.occupationChanged(trunk.occupation.gateway);
    this.#network?.dialed(line, order);
    return 'dialing';
  }

  /** What becomes of a number that was dialed; nothing is heard of one that was given up. */
  progress(line: Line, progress: DialProgress): void {
    if (line.channel >= 0) this.#listener?.dialProgress(line, progress);
  }

  /** The caller presses a key. */
  press(line: Line, digit: string): void {
    if (line.channel >= 0) this.#listener?.digit(line, digit);
  }

  /** The caller hangs up; nothing happens when the line is already released. */
  callerHangsUp(line: Line): void {
    if (line.channel >= 0) this.#listener?.callerHungUp(line);
  }

  /** The caller will do something within about a second, see `Timer.approach`. */
  approach(line: Line): number {
    return line.channel >= 0 && this.#listener ? this.#listener.approach(line) : 0;
  }

  occupation(): GatewayOccupation[] {
    return [...this.#trunks.values()].map((trunk) => ({ ...trunk.occupation }));
  }

  configure(gateways: readonly Gateway[]): void {
    const wanted = new Set(gateways.map((gateway) => gateway.id));
    for (const gateway of gateways) {
      const channels = gateway.e1Links * CHANNELS_PER_E1;
      const trunk = this.#trunks.get(gateway.id);
      if (trunk) resize(trunk, channels);
      else this.#trunks.set(gateway.id, {
        occupation: { gateway: gateway.id, site: gateway.site, channels, busyChannels: 0, refused: 0 },
        free: Array.from({ length: channels }, (_, i) => channels - 1 - i),
        taken: Array.from({ length: channels }, () => false),
      });
    }
    for (const [id, trunk] of this.#trunks) if (!wanted.has(id)) resize(trunk, 0);
    this.#bySite = new Map();
    for (const trunk of this.#trunks.values()) {
      const { gateway, site } = trunk.occupation;
      if (wanted.has(gateway)) this.#bySite.set(site, [...(this.#bySite.get(site) ?? []), trunk]);
    }
  }

  hangUp(line: Line): void {
    const trunk = this.#trunks.get(line.gateway);
    if (!trunk || line.channel < 0) return;
    trunk.taken[line.channel] = false;
    trunk.occupation.busyChannels -= 1;
    if (line.channel < trunk.occupation.channels) trunk.free.push(line.channel);
    line.channel = -1;
    this.#listener?.occupationChanged(line.gateway);
  }

  record(line: Line, on: boolean): void {
    if (on) this.#recorded.add(line);
    else this.#recorded.delete(line);
  }

  isRecorded(line: Line): boolean {
    return this.#recorded.has(line);
  }

  listen(agent: number, supervisor: string, on: boolean): void {
    const others = this.listening(agent).filter((name) => name !== supervisor);
    this.#listening.set(agent, on ? [...others, supervisor] : others);
  }

  /** Supervisors who hear the agent. */
  listening(agent: number): string[] {
    return this.#listening.get(agent) ?? [];
  }

  // Sound goes nowhere in a simulation.
  play(): void {}
  ringAgent(): void {}
  stopRinging(): void {}
  connect(): void {}
  hold(): void {}
  resume(): void {}
}

/** A free channel of the first trunk that has one. */
function take(trunks: readonly Trunk[], line: Line): Trunk | null {
  for (const trunk of trunks) {
    const channel = trunk.free.pop();
    if (channel === undefined) continue;
    line.gateway = trunk.occupation.gateway;
    line.channel = channel;
    trunk.taken[channel] = true;
    trunk.occupation.busyChannels += 1;
    return trunk;
  }
  return null;
}

function resize(trunk: Trunk, channels: number): void {
  if (trunk.occupation.channels === channels) return;
  trunk.occupation.channels = channels;
  trunk.free = [];
  for (let channel = channels - 1; channel >= 0; channel -= 1) if (!trunk.taken[channel]) trunk.free.push(channel);
}
