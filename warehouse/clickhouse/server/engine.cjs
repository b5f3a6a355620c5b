// The engine's library as a server: the arguments of `clickhouse local` follow. Ends with SIGTERM, and when standard input
// closes, that is when its parent has died however that died. Plain CommonJS, run by Node alone in a process of its own.
const { readSync } = require('node:fs');
const { dirname, join } = require('node:path');
const { Worker, isMainThread } = require('node:worker_threads');

if (isMainThread) {
  const watch = new Worker(__filename);
  watch.unref();
  // koffi would switch the stack, which the engine refuses.
  const { DataType, load, open } = require('ffi-rs');
  const library = join(dirname(require.resolve('@chdb/lib-linux-x64-gnu/package.json')), 'libchdb.so');
  open({ library: 'chdb', path: library });
  const args = ['clickhouse-local', ...process.argv.slice(2)];
  // Returns when the last statement of --query is over, or never.
  load({ library: 'chdb', funcName: 'chdb_query_cmdline', retType: DataType.External, paramsType: [DataType.I32, DataType.StringArray], paramsValue: [args.length, args] });
  process.exit(1);
} else {
  const buffer = Buffer.alloc(1);
  try {
    while (readSync(0, buffer) > 0);
  } catch { /* closed */ }
  process.kill(process.pid, 'SIGKILL');
}
