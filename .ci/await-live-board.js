// Waits until the live board of a starting program has moved: two different states over the stream
// that the browser reads, and a page that answers. The core's clock is part of a state: at night a floor
// may have nothing to show for half a minute. node await-live-board.js DATA
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const [, , data = './data'] = process.argv;
const BUILD_MS = 300_000;
const MOVE_MS = 20_000;

const file = join(data, 'server.json');
const deadline = Date.now() + BUILD_MS;
while (!existsSync(file)) {
  if (Date.now() > deadline) fail(`no ${file} after ${BUILD_MS / 1000} s`);
  await pause(200);
}
const { address } = JSON.parse(readFileSync(file, 'utf8'));
const started = Date.now();
setTimeout(() => fail(`the live board has not moved in ${MOVE_MS / 1000} s`), MOVE_MS).unref();

const page = await fetch(address, { redirect: 'follow' });
if (!page.ok) fail(`the first page answers ${page.status}`);
await page.text();

const response = await fetch(new URL('/graphql', address), {
  method: 'POST',
  headers: { 'accept': 'text/event-stream', 'content-type': 'application/json', 'origin': new URL(address).origin },
  body: JSON.stringify({ query: 'subscription { live { coreAt totals { waiting callsInProgress agentsTalking agentsReady agentsWrapup agentsLoggedIn } agents { agent state since } } }' }),
});
if (!response.ok || !response.body) fail(`/graphql answers ${response.status}: ${await response.text()}`);

const states = new Set();
let text = '';
const decoder = new TextDecoder();
for await (const part of response.body) {
  text += decoder.decode(part, { stream: true });
  const lines = text.split('\n');
  text = lines.pop() ?? '';
  for (const line of lines.filter((each) => each.startsWith('data: {'))) {
    const { data: board, errors } = JSON.parse(line.slice('data: '.length));
    if (errors) fail(JSON.stringify(errors));
    if (board?.live) states.add(JSON.stringify(board.live));
  }
  const busy = [...states].some((state) => JSON.parse(state).totals.agentsLoggedIn > 0);
  if (states.size >= 2 && busy) {
    process.stdout.write(`the live board has moved after ${((Date.now() - started) / 1000).toFixed(1)} s: ${JSON.stringify(JSON.parse([...states].at(-1)).totals)}\n`);
    process.exit(0);
  }
}
fail('the stream ended');

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
