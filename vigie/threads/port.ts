import { MessagePort } from 'node:worker_threads';
import { createBirpc, type BirpcReturn } from 'birpc';
import { packError, unpackError, type PackedError } from './errors.ts';
import { receiveStream, sendStream, type StreamPort } from './streams.ts';

/** The functions of the other side: each call gives a promise; `.asEvent(…)` sends without an answer. */
export type Remote<Functions extends object> = BirpcReturn<Functions, object>;

export interface ConnectOptions {
  /** Longest wait for an answer; default none, because queries and loads have their own limits. */
  timeoutMs?: number;
}

/** A message of birpc, as far as this file looks into it: whether it asks or answers, a request's arguments, an answer's error. */
interface Message { t?: string; a?: unknown[]; r?: unknown; e?: unknown }

/**
 * Serves `functions` on a port and gives the functions of the other side. Plain data goes both ways; a
 * `MessagePort` among the arguments is transferred, and a stream of bytes that is a property of a result is pulled; errors keep class, code and cause. When the port closes,
 * calls under way fail, and later ones with the same words.
 */
export function connectPort<Functions extends object>(port: MessagePort, functions: object, options: ConnectOptions = {}): Remote<Functions> {
  let over = false;
  const ended = (): Error => new Error('the thread on the other side has ended');
  const rpc = createBirpc<Functions, object>(functions, {
    post: (message: Message) => {
      // Nobody waits for an answer any more; whoever asks would wait for ever.
      if (over && message.t === 'q') throw ended();
      port.postMessage(message, portsIn(message));
    },
    on: (listener) => {
      port.on('message', listener);
    },
    off: (listener) => {
      port.off('message', listener);
    },
    serialize: (message: Message) => ('e' in message && message.e !== undefined ? { ...message, e: { packed: packError(message.e) } } : hasStream(message.r) ? { ...message, r: { ...message.r, stream: sendStream(message.r.stream) } } : message),
    deserialize: (message: Message) => (isPacked(message.e) ? { ...message, e: unpackError(message.e.packed) } : hasStreamPort(message.r) ? { ...message, r: { ...message.r, stream: receiveStream(message.r.stream) } } : message),
    // Functions of a class instance find their `this`.
    bind: 'functions',
    timeout: options.timeoutMs ?? -1,
  });
  // Not `$close`: calls after it would fail in other words than calls under way, by which of the two came first.
  port.on('close', () => {
    over = true;
    rpc.$rejectPendingCalls(({ reject }) => reject(ended()));
  });
  return rpc;
}

function portsIn(message: Message): MessagePort[] {
  const streams = hasStreamPort(message.r) ? [message.r.stream.streamPort] : [];
  return [...(message.a ?? []), message.r, ...streams].filter((value) => value instanceof MessagePort);
}

function hasStream(result: unknown): result is { stream: ReadableStream<Uint8Array> } {
  return typeof result === 'object' && result !== null && 'stream' in result && result.stream instanceof ReadableStream;
}

function hasStreamPort(result: unknown): result is { stream: StreamPort } {
  return typeof result === 'object' && result !== null && 'stream' in result && typeof result.stream === 'object' && result.stream !== null && 'streamPort' in result.stream;
}

function isPacked(value: unknown): value is { packed: PackedError } {
  return typeof value === 'object' && value !== null && 'packed' in value;
}
