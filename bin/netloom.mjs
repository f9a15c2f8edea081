#!/usr/bin/env node
import { ensureBuilt } from '../tools/ensureBuilt.mjs';

try {
  ensureBuilt();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
// Set before the runtime is loaded, because it reads this only once.
process.env.ORT_DISABLE_TELEMETRY = '1';
const cli = new URL('../out/main/cli.js', import.meta.url);
await import(cli.href);
