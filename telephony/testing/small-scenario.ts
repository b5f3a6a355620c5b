// Prints the hash of every row of a small random life: `small-scenario.ts SEED`.
import { createHash } from 'node:crypto';
import { Random } from '../random.ts';
import { live, type Action } from './random-floor.ts';

const random = new Random(Number(process.argv[2] ?? 7), 'small scenario');
const actions = Array.from({ length: 3000 }, (): Action => ({ what: random.integer(20), who: random.integer(6), which: random.integer(30), waitMs: Math.round(random.exponential(1500)) }));
const session = live(actions);
session.finish();
const hash = createHash('sha256');
for (const emitted of session.test.rows) hash.update(`${JSON.stringify(emitted)}\n`);
process.stdout.write(JSON.stringify({ rows: session.test.rows.length, hash: hash.digest('hex') }));
