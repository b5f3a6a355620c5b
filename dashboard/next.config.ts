process.env.NEXT_TELEMETRY_DISABLED ??= '1';
import { join } from 'node:path';
import type { NextConfig } from 'next';

const root = join(import.meta.dirname, '..');

/** The custom server answers /graphql on the same origin; Next serves the pages and nothing else. */
const config: NextConfig = {
  turbopack: { root },
  outputFileTracingRoot: root,
  poweredByHeader: false,
  devIndicators: false,
  experimental: { optimizePackageImports: ['@mantine/core', '@mantine/charts', '@mantine/dates', '@mantine/hooks', '@tabler/icons-react'] },
};

export default config;
