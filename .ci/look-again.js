// The tests work with real servers, browsers and killed processes on whatever machine this is. Where one or two files of
// hundreds failed, each is run again by itself: what fails again is broken; what passes is unsteady, which is told at the end
// and is a defect to be found, of the test or of Vigie, but no reason to hold up everything else. node look-again.js RESULTS
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import process from 'node:process';

const MOST_FILES = 2;
const [, , results] = process.argv;
const first = JSON.parse(readFileSync(results, 'utf8'));
const isWell = ({ status }) => status === 'passed' || status === 'skipped' || status === 'todo';
const failed = first.testResults.filter((file) => file.status !== 'passed' || !file.assertionResults.every((each) => isWell(each)));
const places = failed.map(({ name }) => relative(process.cwd(), name));
if (failed.length === 0 || failed.length > MOST_FILES) {
  console.log(failed.length === 0 ? 'no file failed, and yet the run did: see above' : `${failed.length} files failed: that is no accident, none is run again`);
  process.exit(1);
}

const again = `${results}.again`;
let broken = false;
for (const [index, file] of failed.entries()) {
  const place = places[index];
  console.log(`\nlooking again at ${place}`);
  try {
    execFileSync('npm', ['test', '--', place, '--reporter=default', '--reporter=json', `--outputFile.json=${again}`], { stdio: 'inherit' });
  } catch {
    broken = true;
    continue;
  }
  const [second] = JSON.parse(readFileSync(again, 'utf8')).testResults;
  const wrong = file.assertionResults.filter((each) => !isWell(each));
  for (const { fullName, failureMessages } of wrong) console.log(`UNSTEADY: ${place}: ${fullName}\n  ${String(failureMessages?.[0] ?? 'its process died').split('\n')[0]}`);
  first.unsteady = [...(first.unsteady ?? []), place];
  first.numPassedTests += second.assertionResults.filter(({ status }) => status === 'passed').length - file.assertionResults.filter(({ status }) => status === 'passed').length;
  first.numFailedTests -= file.assertionResults.filter(({ status }) => status === 'failed').length;
}
writeFileSync(results, JSON.stringify(first));
process.exit(broken ? 1 : 0);
