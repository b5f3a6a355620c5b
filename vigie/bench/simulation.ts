import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { runMmn } from '../../telephony/centre/bench/mmn.ts';
import type { Bench } from './bench.ts';

const CALLS = 1_000_000;
/** SimPy gets fewer: its speed does not depend on it, and a round stays short. */
const SIMPY_CALLS = 250_000;
const SEED = 7;
/** Debian's own has python3-simpy3; another one that stands before it in the PATH may not. */
const PYTHON = existsSync('/usr/bin/python3') ? '/usr/bin/python3' : 'python3';

const automaton = (agents: number, rows: boolean) => async (): Promise<number> => runMmn({ agents, calls: CALLS, seed: SEED, rows }).callsPerSecond;

/** The whole automaton as an M/M/n at 90 % occupancy, against the same in SimPy 3 without anything around it. */
export const simulation: Bench = {
  name: 'simulation',
  describe: `${CALLS.toLocaleString('en')} calls of an M/M/n lived by the automaton with and without rows, and a bare M/M/n in SimPy 3 (python3-simpy3)`,
  unit: 'calls/s',
  variants: {
    '100 agents, rows': automaton(100, true),
    '100 agents, no rows': automaton(100, false),
    '10000 agents, rows': automaton(10_000, true),
    '10000 agents, no rows': automaton(10_000, false),
    'SimPy, 100 agents': simpy,
  },
  ratios: [
    { name: 'with rows / SimPy', of: '100 agents, rows', to: 'SimPy, 100 agents', atLeast: 1 },
    { name: 'without rows / SimPy', of: '100 agents, no rows', to: 'SimPy, 100 agents', atLeast: 2 },
    { name: 'cost per call, 10,000 agents / 100, rows', of: '100 agents, rows', to: '10000 agents, rows', atMost: 2 },
    { name: 'cost per call, 10,000 agents / 100, no rows', of: '100 agents, no rows', to: '10000 agents, no rows', atMost: 2 },
  ],
};

async function simpy(): Promise<number> {
  const { stdout } = await promisify(execFile)(PYTHON, [script(), '100', `${SIMPY_CALLS}`, `${SEED}`]).catch((error: unknown) => {
    const absent = /No module named 'simpy'|ENOENT/.test(String(error));
    throw absent ? new Error(`${PYTHON} has no SimPy 3: install it (Debian: apt-get install python3-simpy3)`, { cause: error }) : error;
  });
  const result: unknown = JSON.parse(stdout);
  if (typeof result === 'object' && result !== null && 'callsPerSecond' in result && typeof result.callsPerSecond === 'number') return result.callsPerSecond;
  throw new Error(`mmn.py answered ${stdout}`);
}

/** The script stays beside its source, compiled or not. */
function script(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); folder !== dirname(folder); folder = dirname(folder)) {
    const file = join(folder, 'telephony/centre/bench/mmn.py');
    if (existsSync(file)) return file;
  }
  throw new Error('telephony/centre/bench/mmn.py was not found');
}
