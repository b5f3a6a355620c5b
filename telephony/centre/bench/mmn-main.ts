import { runMmn } from './mmn.ts';

/** One run in a process of its own: `mmn-main.ts AGENTS CALLS SEED rows|bare`; prints the result as JSON. */
const [agents, calls, seed] = process.argv.slice(2, 5).map(Number);
if (!agents || !calls || seed === undefined) {
  console.error('usage: mmn-main AGENTS CALLS SEED rows|bare');
  process.exitCode = 2;
} else console.log(JSON.stringify(runMmn({ agents, calls, seed, rows: process.argv[5] === 'rows' })));
