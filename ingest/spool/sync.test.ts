import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ndjsonOf, odCallsRow } from '../testing/od-calls-row.ts';
import { postBatch, startIngest, stopIngest } from '../testing/start-ingest.ts';

const present = spawnSync('strace', ['-V']).status === 0;
if (!present && process.env['CI'] === undefined) process.stderr.write('SKIPPED: strace is absent, that data is synced before it is acknowledged is not seen\n');

/** A finished system call: its text with arguments and result, `start` and `end` as line numbers of the trace. */
interface Call { text: string; start: number; end: number }

/** Joins `<unfinished ...>` and `<... resumed>` lines of one thread. */
function finishedCalls(trace: string): Call[] {
  const open = new Map<string, { text: string; start: number }>();
  const calls: Call[] = [];
  for (const [index, line] of trace.split('\n').entries()) {
    const [, thread = '', text = ''] = /^(?:\[pid\s+)?(\d+)\]?\s+(.*)$/.exec(line) ?? [];
    const begun = open.get(thread);
    if (text.endsWith('<unfinished ...>')) open.set(thread, { text: text.replace('<unfinished ...>', ''), start: index });
    else if (text.startsWith('<...') && begun) {
      calls.push({ text: begun.text + text.replace(/^<\.\.\. \w+ resumed>/, ''), start: begun.start, end: index });
      open.delete(thread);
    } else calls.push({ text, start: index, end: index });
  }
  return calls;
}

test.skipIf(!present && process.env['CI'] === undefined)('rows and their frame are synced to disk, with their names, before the acknowledgement leaves', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'vigie-sync-'));
  try {
    const trace = join(folder, 'trace');
    const { child, url } = await startIngest(folder, ['strace', '-f', '-y', '-s', '64', '-o', trace, '-e', 'trace=write,writev,pwrite64,pwritev,sendto,sendmsg,fsync,fdatasync']);
    expect(await postBatch(url, 'od-calls', 'b1', ndjsonOf([odCallsRow(1)]))).toBe(202);
    const node = spawnSync('pgrep', ['-P', String(child.pid)]).stdout.toString().trim();
    process.kill(Number(node), 'SIGKILL');
    await new Promise((resolve) => { child.once('exit', resolve); });
    const calls = finishedCalls(await readFile(trace, 'utf8'));
    const answered = calls.find(({ text }) => /^(write|writev|sendto|sendmsg)\(.*HTTP\/1\.1 202/.test(text));
    expect(answered).toBeDefined();
    for (const end of ['ndjson', 'sum']) {
      const written = calls.find(({ text }) => new RegExp(`^p?write(v|64)?\\(\\d+<[^>]*/od-calls/[^>]*\\.${end}>.*= [1-9]`).test(text));
      const synced = calls.find(({ text }) => new RegExp(`^f(data)?sync\\(\\d+<[^>]*/od-calls/[^>]*\\.${end}>\\s*\\)\\s+= 0`).test(text));
      expect(written?.end).toBeLessThan(synced?.start ?? -1);
      expect(synced?.end).toBeLessThan(answered?.start ?? -1);
    }
    const named = calls.find(({ text }) => /^fsync\(\d+<[^>]*\/pbx\/od-calls>\s*\)\s+= 0/.test(text));
    expect(named?.end).toBeLessThan(answered?.start ?? -1);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test('what is acknowledged is queryable soon after, and a stop loads the rest', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'vigie-stop-'));
  try {
    const { child, url } = await startIngest(folder);
    expect(await postBatch(url, 'od-calls', 'b1', ndjsonOf([odCallsRow(1)]))).toBe(202);
    await stopIngest(child);
    expect(child.exitCode).toBe(0);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
