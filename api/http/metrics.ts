import type { ServerResponse } from 'node:http';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** What is read when Prometheus asks. */
export interface MetricSources {
  subscribers(): number;
  executions(): number;
  dropped(): number;
  coreConnected(): boolean;
  /** Seconds between now and the newest loaded event; null = unknown. */
  ingestLagSeconds(): number | null | Promise<number | null>;
}

export interface Metrics {
  request(labels: { route: string; method: string; status: number }, seconds: number): void;
  operation(kind: string, outcome: 'ok' | 'error'): void;
  tick(seconds: number, bytes: number): void;
  draw(seconds: number): void;
  send(response: ServerResponse): Promise<void>;
}

const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** A registry of its own, so that several servers live in one process (tests). Event loop lag is among the default metrics. */
export function createMetrics(sources: MetricSources): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const requests = new Counter({ name: 'vigie_http_requests_total', help: 'HTTP requests answered', labelNames: ['route', 'method', 'status'], registers });
  const durations = new Histogram({ name: 'vigie_http_request_duration_seconds', help: 'Time to the end of the answer, streams excepted', labelNames: ['route'], buckets: BUCKETS, registers });
  const operations = new Counter({ name: 'vigie_graphql_operations_total', help: 'GraphQL operations executed', labelNames: ['kind', 'outcome'], registers });
  const ticks = new Histogram({ name: 'vigie_live_tick_seconds', help: 'Time to encode a live result and hand it to all its subscribers', buckets: BUCKETS, registers });
  const bytes = new Counter({ name: 'vigie_live_tick_bytes_total', help: 'Bytes encoded for live results, once for all subscribers', registers });
  const draws = new Histogram({ name: 'vigie_live_draw_seconds', help: 'Time to join the live state with the figures', buckets: BUCKETS, registers });
  gauge('vigie_live_subscribers', 'Open live subscriptions', sources.subscribers);
  gauge('vigie_live_executions', 'Distinct (document, variables, scope) being executed', sources.executions);
  gauge('vigie_live_dropped_events', 'Live events that slow subscribers missed', sources.dropped);
  gauge('vigie_core_connected', '1 while the core tells its state', () => (sources.coreConnected() ? 1 : 0));
  gauge('vigie_ingest_lag_seconds', 'Age of the newest loaded event', async () => (await sources.ingestLagSeconds()) ?? Number.NaN);

  function gauge(name: string, help: string, read: () => number | Promise<number>): void {
    const made: Gauge = new Gauge({
      name,
      help,
      registers,
      // A part that does not answer has no figure; the others are still told.
      collect: async () => made.set(await Promise.resolve().then(read).catch(() => Number.NaN)),
    });
  }

  return {
    request: ({ route, method, status }, seconds) => {
      requests.inc({ route, method, status });
      durations.observe({ route }, seconds);
    },
    operation: (kind, outcome) => operations.inc({ kind, outcome }),
    tick: (seconds, size) => {
      ticks.observe(seconds);
      bytes.inc(size);
    },
    draw: (seconds) => draws.observe(seconds),
    send: async (response) => {
      const body = await registry.metrics();
      response.writeHead(200, { 'content-type': registry.contentType });
      response.end(body);
    },
  };
}
