import { openDuckDb } from '../../warehouse/duckdb/engine.ts';
import { loadStreamsContract } from './load-streams.contract.ts';

loadStreamsContract('duckdb', () => openDuckDb({ path: ':memory:', threads: 1, memoryLimit: '500MB' }));
