import type { Places } from './concerned.ts';
import type { OutageSpan, OutageWindow } from './facts.ts';
import { spansOf } from './outage-spans.ts';
import type { Trouble } from './troubles.ts';

/** What stood still, incident by incident: after a change of one only what lies around it is told anew. */
export class OutageBook {
  readonly #byIncident = new Map<number, readonly Trouble[]>();
  readonly #byComponent = new Map<string, Set<Trouble>>();

  /** Takes what an incident says now, in the place of what it said before. Gives where that makes a difference. */
  put(incident: number, troubles: readonly Trouble[]): OutageWindow[] {
    const before = this.#byIncident.get(incident) ?? [];
    if (JSON.stringify(before) === JSON.stringify(troubles)) return [];
    for (const trouble of before) this.#byComponent.get(trouble.component)?.delete(trouble);
    for (const trouble of troubles) {
      const known = this.#byComponent.get(trouble.component);
      if (known) known.add(trouble);
      else this.#byComponent.set(trouble.component, new Set([trouble]));
    }
    if (troubles.length === 0) this.#byIncident.delete(incident);
    else this.#byIncident.set(incident, troubles);
    return [...before, ...troubles].map(({ component, fromMs, toMs }) => ({ component, fromMs, toMs }));
  }

  /** Windows wide enough for no trouble to reach over their borders, or to them; those of one component lie apart. */
  around(windows: readonly OutageWindow[]): OutageWindow[] {
    const apart: OutageWindow[] = [];
    for (const window of windows.map((each) => this.#widened(each)).toSorted((a, b) => (a.component < b.component ? -1 : Number(a.component > b.component)) || a.fromMs - b.fromMs)) {
      const before = apart.at(-1);
      if (before?.component === window.component && window.fromMs <= endOf(before)) before.toMs = later(before.toMs, window.toMs);
      else apart.push(window);
    }
    return apart;
  }

  /** Those that ever stood still. */
  components(): string[] {
    return [...this.#byComponent].flatMap(([component, troubles]) => (troubles.size > 0 ? [component] : []));
  }

  /** All there are. */
  spans(places: Pick<Places, 'tenants' | 'sites'>): OutageSpan[] {
    return spansOf([...this.#byComponent.values()].flatMap((troubles) => [...troubles]), places);
  }

  /** All spans in windows that {@link around} gave. */
  spansIn(windows: readonly OutageWindow[], places: Pick<Places, 'tenants' | 'sites'>): OutageSpan[] {
    return windows.flatMap((window) => spansOf([...this.#byComponent.get(window.component) ?? []].filter(({ fromMs }) => fromMs >= window.fromMs && fromMs <= endOf(window)), places));
  }

  #widened({ component, fromMs, toMs }: OutageWindow): OutageWindow {
    const window = { component, fromMs, toMs };
    const known = [...this.#byComponent.get(component) ?? []];
    for (let wider = true; wider;) {
      wider = false;
      for (const trouble of known) {
        if (trouble.fromMs > endOf(window) || endOf(trouble) < window.fromMs) continue;
        if (trouble.fromMs >= window.fromMs && endOf(trouble) <= endOf(window)) continue;
        window.fromMs = Math.min(window.fromMs, trouble.fromMs);
        window.toMs = later(window.toMs, trouble.toMs);
        wider = true;
      }
    }
    return window;
  }
}

function endOf({ toMs }: { toMs: number | null }): number {
  return toMs ?? Infinity;
}

function later(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : Math.max(a, b);
}
