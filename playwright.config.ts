import { defineConfig } from '@playwright/test';

// Two cores and software rendering have to do: generous limits, one app at a time.
export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results/e2e',
  workers: 1,
  fullyParallel: false,
  retries: 0,
  timeout: 240_000,
  expect: { timeout: 30_000 },
  use: { trace: 'retain-on-failure' },
  forbidOnly: Boolean(process.env.CI),
});
