import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{src,electron,renderer,tools}/**/*.test.{ts,tsx,mjs}'],
    env: { ORT_DISABLE_TELEMETRY: '1' },
    // Loading the runtime and training a small network take their time on two cores.
    testTimeout: 60_000,
    // By default one core is left alone, which is half of two.
    maxWorkers: '100%',
    hookTimeout: 60_000,
  },
});
