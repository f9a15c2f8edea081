// Measures the canvas in the real app (e2e/canvas.bench.ts).
//
//   npm run bench:canvas
//
// NETLOOM_BENCH_LAYERS (1000), NETLOOM_BENCH_ROUNDS (3), NETLOOM_BENCH_JSON (a file for the figures).
import { ensureBuilt } from './ensureBuilt.mjs';
import { runPlaywright } from './playwright.mjs';

ensureBuilt();
process.exitCode = await runPlaywright(['--config=playwright.bench.config.ts', '--reporter=line']);
