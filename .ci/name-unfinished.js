// Names the test files whose process died before it had told every result, and what the kernel knows of it.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import process from 'node:process';

const { testResults } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const TOLD = new Set(['passed', 'failed', 'skipped', 'todo', 'disabled']);
const unfinished = testResults.filter(({ assertionResults }) => assertionResults.some(({ status }) => !TOLD.has(status)));
for (const { name, assertionResults } of unfinished) {
  console.log(`died before its end: ${name}`);
  for (const { fullName, status } of assertionResults.filter(({ status }) => !TOLD.has(status))) console.log(`  ${status}: ${fullName}`);
}
if (unfinished.length > 0) {
  try {
    console.log(execFileSync('dmesg', { encoding: 'utf8' }).split('\n').filter((line) => /segfault|trap|killed process|out of memory/i.test(line)).slice(-10).join('\n'));
  } catch {
    console.log('the kernel does not say why');
  }
}
