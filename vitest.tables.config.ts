import { defineConfig, mergeConfig } from 'vitest/config';
import config from './vitest.config.ts';

/** Tables that are complete, and too long for every change: their samples are among the unit tests. */
export default mergeConfig(config, defineConfig({ test: { include: ['src/**/*.table.ts'] } }));
