import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{telephony,ingest,warehouse,api,dashboard,sql,vigie}/**/*.test.{ts,tsx}'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    env: { UV_THREADPOOL_SIZE: '16' },
  },
});
