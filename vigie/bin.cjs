#!/usr/bin/env node
// The one entry of the program. CommonJS on purpose: Node reads an ES module entry with its thread
// pool, and the pool's size cannot be changed once it runs. Every warehouse query holds a thread of it.
process.env.UV_THREADPOOL_SIZE ??= '16';

import('./build.js')
  .then(async ({ buildProgram, buildDashboard }) => {
    const { existsSync } = require('node:fs');
    const { join } = require('node:path');
    const { pathToFileURL } = require('node:url');
    const environment = join(__dirname, '..', '.env');
    if (existsSync(environment)) process.loadEnvFile(environment);
    const program = buildProgram();
    process.env.NODE_ENV ??= 'production';
    const { main } = await import(pathToFileURL(join(program, 'vigie', 'main.js')).href);
    await main(process.argv, { buildDashboard });
  })
  .catch((error) => {
    process.stderr.write(`vigie: ${error.message}\n`);
    process.exitCode = 1;
  });
