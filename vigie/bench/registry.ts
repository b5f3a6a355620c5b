import type { Bench } from './bench.ts';
import { callFile } from './call-file.ts';
import { clickhouseBoard } from './clickhouse-board.ts';
import { clickhouseLoad } from './clickhouse-load.ts';
import { clickhouseShards } from './clickhouse-shards.ts';
import { dayBoard } from './day-board.ts';
import { dialerDecision } from './dialer-decision.ts';
import { dialerPacing } from './dialer-pacing.ts';
import { fileImport } from './file-import.ts';
import { httpIngest } from './http-ingest.ts';
import { liveLoad } from './live-load.ts';
import { liveTick } from './live-tick.ts';
import { postgresBoard } from './postgres-board.ts';
import { simulation } from './simulation.ts';

/** Every bench, in the order of running. */
export const BENCHES: readonly Bench[] = [simulation, fileImport, callFile, httpIngest, clickhouseLoad, dayBoard, clickhouseBoard, clickhouseShards, postgresBoard, liveTick, liveLoad, dialerPacing, dialerDecision];
