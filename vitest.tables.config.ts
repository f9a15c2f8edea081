import { defineConfig } from 'vitest/config';
import config from './vitest.config.ts';

/** Tables that are complete, and too long for every change: their samples are among the unit tests. */
export default defineConfig({ test: { ...config.test, include: ['src/**/*.table.ts'] } });
