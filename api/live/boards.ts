import type { Logger } from 'pino';
import type { CentreConfiguration } from '../../telephony/configuration.ts';
import type { LiveState } from '../../telephony/live.ts';
import { WarehouseError, type Scope, type Warehouse } from '../../warehouse/warehouse.ts';
import type { Clock } from '../clock.ts';
import type { Directory } from '../directory.ts';
import type { IncidentStrips } from '../incidents/strips.ts';
import type { LivePort } from '../ports.ts';
import { scopeKey } from '../viewer.ts';
import { within } from '../warehouse-errors.ts';
import { drawBoard, type Board, type FiguresTrouble } from './board.ts';
import { boardZone, localDay } from './day.ts';
import { askFigures, type BoardFigures, type FiguresSource } from './figures.ts';
import { foldLive } from './fold.ts';
import { latest, type Latest } from './latest.ts';
import { sightOf, whereOf, type LiveFilter, type Sight } from './sight.ts';

/** Boards that draw themselves while somebody watches: at each change of the core, and at new figures. */
export interface LiveBoards {
  /** Equal scopes and filters share one board. The newest board comes first, then each that follows. */
  watch(scope: Scope, filter: LiveFilter): AsyncIterableIterator<Board>;
  connected(): boolean;
  /** The floor as the core tells it now; null = the core cannot be asked. */
  live(): LiveState | null;
  close(): void;
}

export interface LiveBoardsParts {
  warehouse: FiguresSource & Pick<Warehouse, 'freshness' | 'loadMark' | 'cancel'>;
  core: Pick<LivePort, 'subscribe'>;
  directory: Directory;
  clock: Clock;
  logger: Logger;
  /** Default: there are no incidents here. */
  strips?: Pick<IncidentStrips, 'shown'>;
  /** Told how long drawing one board took. */
  onDrawn?: (milliseconds: number) => void;
  /** Figures that take longer are given up until the next try, and the board says so. */
  patienceMs?: number;
}

/** A row reaches the figures within two seconds: half of one to its segment's end, and as much here. */
const FIGURES_EVERY_MS = 500;
/** The core publishes at most four times a second; more often than this nothing is drawn. */
const DRAW_GAP_MS = 100;
/** New figures wait this long for a change of the core, to be drawn together. */
const FIGURES_WAIT_MS = 150;
const MINUTE_MS = 60_000;
const PATIENCE_MS = 10_000;

interface View {
  scope: Scope;
  filter: LiveFilter;
  readers: Set<Latest<Board>>;
  board: Board | null;
  frame: Frame | null;
  figures: BoardFigures | null;
  /** What the figures were made from; equal = they need not be asked again. */
  madeFrom: string;
  /** Reads every call that the viewer may see, and moves only while a history fills: asked once a minute. */
  history: { from: string | null; minute: number };
  asking: boolean;
  /** When the figures were last known to be right. */
  rightAtMs: number | null;
  trouble: FiguresTrouble | null;
}

/** What follows from the configuration, the viewer and the minute alone. */
interface Frame {
  of: CentreConfiguration;
  minute: number;
  zone: string;
  dayFromMs: number;
  sight: Sight;
}

export function openLiveBoards({ warehouse, core, directory, clock, logger, strips, onDrawn, patienceMs = PATIENCE_MS }: LiveBoardsParts): LiveBoards {
  const fold = foldLive(core, logger);
  const views = new Map<string, View>();
  let clockwork: NodeJS.Timeout | undefined;
  let draw: { timer: NodeJS.Timeout; atMs: number } | undefined;
  let drawnAtMs = 0;

  const frameOf = (view: View, nowMs: number): Frame => {
    const of = directory.configuration();
    const minute = Math.floor(nowMs / MINUTE_MS);
    if (view.frame?.of !== of || view.frame.minute !== minute) {
      const zone = boardZone(of, view.scope, view.filter);
      view.frame = { of, minute, zone, dayFromMs: localDay(nowMs, zone).fromMs, sight: sightOf(view.scope, view.filter, directory, nowMs) };
    }
    return view.frame;
  };

  const drawView = (view: View): void => {
    const started = performance.now();
    const nowMs = clock.nowMs();
    const { zone, dayFromMs, sight } = frameOf(view, nowMs);
    view.board = drawBoard({ nowMs, zone, dayFromMs, state: fold.state(), connected: fold.connected(), figures: view.figures, trouble: view.trouble, incidents: strips?.shown(view.scope) ?? [], sight, directory });
    onDrawn?.(performance.now() - started);
    for (const reader of view.readers) reader.put(view.board);
  };

  const drawSoon = (waitMs: number): void => {
    if (views.size === 0) return;
    const now = performance.now();
    const atMs = Math.max(now + waitMs, drawnAtMs + DRAW_GAP_MS);
    if (draw && draw.atMs <= atMs) return;
    clearTimeout(draw?.timer);
    draw = {
      atMs,
      timer: setTimeout(() => {
        draw = undefined;
        drawnAtMs = performance.now();
        for (const view of views.values()) drawView(view);
      }, atMs - now),
    };
  };

  const refresh = async (view: View, mark: Promise<number>): Promise<void> => {
    if (view.asking) return;
    view.asking = true;
    try {
      const nowMs = clock.nowMs();
      const { zone, minute } = frameOf(view, nowMs);
      await within(patienceMs, warehouse, async (options) => {
        const madeFrom = `${await mark} ${minute} ${zone}`;
        if (madeFrom === view.madeFrom) return;
        // Asked at once: a warehouse that takes seconds for each would not be done in time.
        const [history, figures] = await Promise.all([
          view.history.minute === minute ? view.history : warehouse.freshness(view.scope).then(({ historyFrom }) => ({ from: historyFrom, minute })),
          askFigures(warehouse, view.scope, { zone, where: whereOf(view.filter), nowMs }, options),
        ]);
        view.history = history;
        view.figures = { ...figures, historyFrom: history.from };
        view.madeFrom = madeFrom;
      });
      view.rightAtMs = clock.nowMs();
      if (view.trouble) logger.info("the live board's figures can be read again");
      view.trouble = null;
    } catch (error) {
      // The board goes on with the figures it has, and says since when. Logged once, not at each try.
      if (!view.trouble) logger.error({ err: error }, "the live board's figures cannot be read");
      view.trouble = { kind: kindOf(error), since: view.rightAtMs === null ? null : new Date(view.rightAtMs).toISOString() };
    } finally {
      view.asking = false;
    }
    drawSoon(FIGURES_WAIT_MS);
  };

  /** Grows with every load, whoever may see its rows: asked once for all views, and not again while there is no answer. */
  let asked: Promise<number> | null = null;
  const loadMark = (): Promise<number> => {
    if (asked) return asked;
    const asking = warehouse.loadMark();
    asked = asking;
    const over = (): void => { asked = null; };
    // Views that are still asking do not wait for it; the others say why it failed.
    asking.then(over, over);
    return asking;
  };

  const refreshAll = (): void => {
    const mark = loadMark();
    for (const view of views.values()) void refresh(view, mark);
    drawSoon(FIGURES_WAIT_MS);
  };

  const unsubscribe = fold.onChange(() => drawSoon(0));

  const watch = (scope: Scope, filter: LiveFilter): AsyncIterableIterator<Board> => {
    const key = viewKey(scope, filter);
    let view = views.get(key);
    const opened = view === undefined;
    if (!view) views.set(key, (view = { scope, filter, readers: new Set(), board: null, frame: null, figures: null, madeFrom: '', history: { from: null, minute: -1 }, asking: false, rightAtMs: null, trouble: null }));
    const { readers } = view;
    const reader: Latest<Board> = latest(() => {
      readers.delete(reader);
      if (readers.size === 0) views.delete(key);
      if (views.size === 0) {
        clearInterval(clockwork);
        clockwork = undefined;
      }
    });
    readers.add(reader);
    if (view.board) reader.put(view.board);
    clockwork ??= setInterval(refreshAll, FIGURES_EVERY_MS);
    // The first board waits a moment for its figures; `refreshAll` draws it without them.
    if (opened) void refresh(view, loadMark());
    return reader;
  };

  return {
    watch,
    connected: fold.connected,
    live: () => (fold.connected() ? fold.state() : null),
    close: () => {
      unsubscribe();
      fold.close();
      clearInterval(clockwork);
      clearTimeout(draw?.timer);
      for (const view of views.values()) for (const reader of view.readers) reader.end();
      views.clear();
    },
  };
}

function kindOf(error: unknown): FiguresTrouble['kind'] {
  const code = error instanceof WarehouseError ? error.code : null;
  return code === 'unavailable' || code === 'timeout' || code === 'too-large' ? code : 'failed';
}

function viewKey(scope: Scope, filter: LiveFilter): string {
  const ids = [filter.tenant, filter.site, filter.queue, filter.team, filter.campaign].map((list) => (list == null ? null : [...list].sort()));
  return JSON.stringify([scopeKey(scope), ids, filter.zone ?? null]);
}
