import type { Logger } from 'pino';
import type { Incident } from '../../warehouse/operational/incidents/incident.ts';
import type { OperationalStore } from '../../warehouse/operational/store.ts';
import type { Scope } from '../../warehouse/warehouse.ts';
import type { Clock } from '../clock.ts';
import type { Directory } from '../directory.ts';
import { latest, type Latest } from '../live/latest.ts';
import { scopeKey } from '../viewer.ts';
import { crisisReports } from './crisis-reports.ts';
import { readFrame, type IncidentFrame } from './frame.ts';
import { iso } from './instants.ts';
import { incidentInSight } from './sight.ts';
import { byUrgency, drawStripIncident, type Strip, type StripIncident } from './strip-board.ts';

/** The open incidents, for every page: read once for all when something changes, told to whoever watches. */
export interface IncidentStrips {
  /** Equal scopes share one strip. The newest comes first, then each that differs. */
  watch(scope: Scope): AsyncIterableIterator<Strip>;
  /** As it is now, without waiting; empty until it was read for the first time. The same array as long as nothing changes. */
  shown(scope: Scope): readonly StripIncident[];
  close(): void;
}

export interface IncidentStripsParts {
  store: Pick<OperationalStore, 'incidents'>;
  directory: Directory;
  clock: Clock;
  logger: Logger;
}

/** A clock reaches its target, a report is due: seen within this. */
const LOOK_MS = 1000;
/** More are no strip any more. */
const MOST_OPEN = 100;

interface View { scope: Scope; readers: Set<Latest<Strip>>; shown: readonly StripIncident[]; told: boolean }

export function openIncidentStrips({ store: { incidents }, directory, clock, logger }: IncidentStripsParts): IncidentStrips {
  let open: readonly Incident[] = [];
  let frame: IncidentFrame | null = null;
  let failed = false;
  let closed = false;
  const views = new Map<string, View>();
  const drawn = new Map<number, StripIncident>();

  const viewOf = (scope: Scope): View => {
    const key = scopeKey(scope);
    let view = views.get(key);
    if (!view) views.set(key, (view = { scope, readers: new Set(), shown: [], told: false }));
    return view;
  };

  const draw = (): void => {
    if (!frame) return;
    const nowMs = clock.nowMs();
    const { typeLabel, clockOf, conferenceDueMs, settings } = frame;
    const everyMs = settings.reportMinutes * 60_000;
    const strips = new Map(open.map((row) => {
      const overdueReports = row.crisis ? crisisReports(row.crisis, { nowMs, everyMs }).filter(({ state }) => state === 'overdue').length : 0;
      const strip = drawStripIncident({ row, clock: clockOf(row, nowMs), conferenceDueMs: conferenceDueMs(row), labels: { fr: typeLabel(row.type, 'fr'), en: typeLabel(row.type, 'en') }, overdueReports }, drawn.get(row.number));
      return [row.number, strip] as const;
    }));
    drawn.clear();
    for (const [number, strip] of strips) drawn.set(number, strip);
    for (const view of views.values()) drawView(view, nowMs);
  };

  const drawView = (view: View, nowMs: number): void => {
    const shown = open.filter((row) => incidentInSight(row, view.scope, directory)).flatMap(({ number }) => drawn.get(number) ?? []).sort(byUrgency);
    const same = shown.length === view.shown.length && shown.every((each, index) => each === view.shown[index]);
    if (!same) view.shown = shown;
    if (same && view.told) return;
    view.told = true;
    for (const reader of view.readers) reader.put({ at: iso(nowMs), incidents: view.shown });
  };

  /** One at a time; a change that comes while it reads makes it read again. */
  let reading: Promise<void> | null = null;
  let again = false;
  const read = (): Promise<void> => {
    again = true;
    reading ??= (async () => {
      while (again) {
        again = false;
        try {
          [open, frame] = await Promise.all([incidents.list({ open: true, limit: MOST_OPEN }), readFrame(incidents, directory)]);
          failed = false;
        } catch (error) {
          // The strip stays as it was; logged once, and tried again at the next change or look.
          if (!failed && !closed) logger.error({ err: error }, 'the open incidents cannot be read');
          failed = true;
        }
      }
      if (!closed) draw();
    })().finally(() => { reading = null; });
    return reading;
  };

  const unsubscribe = incidents.subscribe(() => void read());
  const timer = setInterval(() => {
    if (failed) void read();
    else draw();
  }, LOOK_MS);
  timer.unref();
  void read();

  return {
    watch(scope) {
      const view = viewOf(scope);
      const reader: Latest<Strip> = latest(() => {
        view.readers.delete(reader);
        if (view.readers.size === 0) views.delete(scopeKey(scope));
      });
      view.readers.add(reader);
      if (frame) {
        view.told = true;
        drawView(view, clock.nowMs());
        reader.put({ at: iso(clock.nowMs()), incidents: view.shown });
      }
      return reader;
    },
    shown(scope) {
      const view = viewOf(scope);
      if (!view.told && frame) drawView(view, clock.nowMs());
      return view.shown;
    },
    close() {
      closed = true;
      unsubscribe();
      clearInterval(timer);
      for (const view of views.values()) for (const reader of view.readers) reader.end();
      views.clear();
    },
  };
}
