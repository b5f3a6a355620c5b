import { createSourceEventStream, execute, GraphQLError, type ExecutionArgs, type ExecutionResult } from 'graphql';
import { createHash } from 'node:crypto';
import { AnswerBytes } from './answer-bytes.ts';
import { createProjections } from './projection.ts';
import { SseStream } from './sse-stream.ts';

/**
 * Executes a subscription's selection once per (document, variables, scope), however many watch it:
 * each result becomes bytes once, and the same bytes go to every subscriber. What several scopes show
 * alike is written once for them all: see `projection.ts`.
 */
export interface Sharing {
  /** Joins, or begins, the execution for the key. A refused subscription is an ordinary result. */
  join(key: ShareKey, begin: () => ExecutionArgs): Promise<Shared | ExecutionResult>;
  subscribers(): number;
  executions(): number;
  dropped(): number;
  close(): void;
}

export interface Shared {
  /** A body for one more subscriber. */
  open(): SseStream;
}

export interface ShareKey {
  document: string;
  operationName: string | null | undefined;
  variables: Record<string, unknown> | null | undefined;
  scope: string;
}

export interface SharingParts {
  /** Masks what clients must not see. */
  mask: (result: ExecutionResult) => ExecutionResult;
  /** Told how long it took to execute, encode and hand out one result. */
  onTick?: (milliseconds: number, bytes: number) => void;
  limits?: LiveLimits;
}

/** Each execution asks the warehouse every second; each subscriber holds a socket. */
export interface LiveLimits { executions: number; subscribers: number }
export const LIVE_LIMITS: LiveLimits = { executions: 200, subscribers: 5000 };

const encoder = new TextEncoder();
/** A comment first: some browsers wait for a byte before they report the stream as open. */
const HELLO = encoder.encode(':\n\n');
const EVENT = 'event: next\ndata: ';
const END = '\n\n';
const COMPLETE = encoder.encode('event: complete\ndata:\n\n');
/** An execution that nobody watches any more lives on for a moment: pages reload. */
const LINGER_MS = 1000;

export function createSharing({ mask, onTick, limits = LIVE_LIMITS }: SharingParts): Sharing {
  const running = new Map<string, Promise<Run | ExecutionResult>>();
  const runs = new Set<Run>();
  const projections = createProjections();
  // One for all: an answer is written whole before another is begun.
  const out = new AnswerBytes();
  let droppedBefore = 0;

  interface Run extends Shared {
    streams: Set<SseStream>;
    stop(): void;
  }

  const start = async (id: string, args: ExecutionArgs): Promise<Run | ExecutionResult> => {
    const source = await createSourceEventStream(args);
    if (!(Symbol.asyncIterator in source)) return mask(source);
    const events = source[Symbol.asyncIterator]();
    const projection = projections.compile(args);
    const project = (event: unknown): Uint8Array | null => {
      if (!projection) return null;
      out.clear();
      out.text(EVENT);
      if (!projection(event, out)) return null;
      out.text(END);
      return out.copy();
    };
    const answer = async (event: unknown): Promise<Uint8Array> =>
      project(event) ?? encoder.encode(`${EVENT}${JSON.stringify(mask(await execute({ ...args, rootValue: event })))}${END}`);
    const streams = new Set<SseStream>();
    let newest: Uint8Array | null = null;
    let linger: NodeJS.Timeout | undefined;
    const stop = (): void => {
      clearTimeout(linger);
      if (!runs.delete(run)) return;
      running.delete(id);
      void events.return?.();
      for (const stream of streams) stream.finish(COMPLETE);
    };
    const leaveSoon = (): void => {
      clearTimeout(linger);
      linger = setTimeout(stop, LINGER_MS);
      linger.unref();
    };
    const run: Run = {
      streams,
      stop,
      open: () => {
        clearTimeout(linger);
        const stream = new SseStream(() => {
          droppedBefore += stream.dropped;
          streams.delete(stream);
          if (streams.size === 0) leaveSoon();
        });
        streams.add(stream);
        stream.push(HELLO);
        if (newest) stream.offer(newest);
        return stream;
      },
    };
    runs.add(run);
    leaveSoon();
    const pump = async (): Promise<void> => {
      for (let event = await events.next(); event.done !== true; event = await events.next()) {
        const started = performance.now();
        newest = await answer(event.value);
        for (const stream of streams) stream.offer(newest);
        onTick?.(performance.now() - started, newest.byteLength);
      }
    };
    void pump().finally(stop);
    return run;
  };

  const subscribers = (): number => sum(runs, (run) => run.streams.size);

  return {
    join: async (key, begin) => {
      const id = hash(key);
      let run = running.get(id);
      if (subscribers() >= limits.subscribers || (!run && running.size >= limits.executions)) return tooMany();
      if (!run) {
        running.set(id, (run = start(id, begin())));
        run.then((begun) => 'open' in begun || running.delete(id), () => running.delete(id));
      }
      return run;
    },
    subscribers,
    executions: () => runs.size,
    dropped: () => droppedBefore + sum(runs, (run) => sum(run.streams, (stream) => stream.dropped)),
    close: () => {
      for (const run of runs) run.stop();
    },
  };
}

function tooMany(): ExecutionResult {
  return { errors: [new GraphQLError('too many live boards are open: close some, or try again later', { extensions: { code: 'TOO_MANY', http: { status: 503 } } })] };
}

export function notAcceptable(): ExecutionResult {
  return { errors: [new GraphQLError('a subscription is read as server-sent events: send Accept: text/event-stream', { extensions: { http: { status: 406 } } })] };
}

/** Equal variables in another order are equal. */
function hash({ document, operationName, variables, scope }: ShareKey): string {
  const ordered = JSON.stringify(variables ?? {}, (_key, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value,
  );
  return createHash('sha256').update(JSON.stringify([document, operationName ?? '', ordered, scope])).digest('base64');
}

function sum<T>(items: Iterable<T>, of: (item: T) => number): number {
  let total = 0;
  for (const item of items) total += of(item);
  return total;
}
