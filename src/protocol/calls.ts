import type { z } from 'zod';
import { dataCalls } from './data.ts';
import { dataStatisticsCalls } from './dataStatistics.ts';
import { deviceCalls } from './device.ts';
import { doctorCalls } from './doctor.ts';
import { exportCalls } from './exported.ts';
import { importCalls } from './imported.ts';
import { lookCalls } from './look.ts';
import { resultCalls } from './results.ts';
import { runCalls } from './runs.ts';
import { sampleCalls } from './samples.ts';
import { trainingCalls } from './training.ts';
import { variantCalls } from './variants.ts';
import { weightCalls } from './weights.ts';

/**
 * All calls from a client to the engine, with arguments and answer. The engine keeps the weights of the network of its
 * window between calls. A failed call is refused with a text: what happened, and how to fix it.
 */
export const engineCalls = {
  ...trainingCalls,
  ...runCalls,
  ...weightCalls,
  ...resultCalls,
  ...lookCalls,
  ...sampleCalls,
  ...dataCalls,
  ...dataStatisticsCalls,
  ...variantCalls,
  ...doctorCalls,
  ...exportCalls,
  ...importCalls,
  ...deviceCalls,
};

export type EngineCall = keyof typeof engineCalls;
export type CallArgs<C extends EngineCall> = z.infer<(typeof engineCalls)[C]['args']>;
export type CallAnswer<C extends EngineCall> = z.infer<(typeof engineCalls)[C]['answer']>;
