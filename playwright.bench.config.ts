import config from './playwright.config.ts';

// Measurements, which are no tests: `npm run bench:canvas`.
export default { ...config, testMatch: '**/*.bench.ts', timeout: 900_000, use: {} };
