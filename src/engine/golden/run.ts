import type { Device } from '../session.ts';
import type { CaseSet, CaseTensors, GoldenCase } from './cases.ts';
import type { ComparisonResult } from './compare.ts';
import { runInitializer } from './distributions.ts';
import { UnsupportedCase } from './draw.ts';
import { runForwardBackward } from './forwardBackward.ts';
import { runLoss } from './losses.ts';
import { runMetric } from './metrics.ts';
import { runOptimizer, runSchedule } from './training.ts';
import { runTrajectory } from './trajectory.ts';

export interface CaseReport {
  readonly id: string;
  readonly group: GoldenCase['group'];
  readonly kind: string;
  readonly status: 'pass' | 'fail' | 'unsupported';
  /** Largest error relative to the tolerance; null if nothing was computed. */
  readonly error: number | null;
  readonly note: string | null;
}

/** Computes one case like any network (check, compile, runtime) and compares the results. Never throws. */
export async function runCase(test: GoldenCase, set: CaseSet, device: Device): Promise<CaseReport> {
  const { id, group, kind } = test;
  try {
    const { error, worst, note = null } = await compute(test, await set.tensorsOf(test), device);
    const status = error <= 1 ? 'pass' : 'fail';
    return { id, group, kind, status, error, note: status === 'fail' ? worst : note };
  } catch (error) {
    const note = error instanceof Error ? error.message : String(error);
    if (error instanceof UnsupportedCase) return { id, group, kind, status: 'unsupported', error: null, note };
    return { id, group, kind, status: 'fail', error: null, note };
  }
}

async function compute(test: GoldenCase, tensors: CaseTensors, device: Device): Promise<ComparisonResult> {
  switch (test.group) {
    case 'layer':
    case 'block':
      return runForwardBackward(test, tensors, device);
    case 'loss':
      return runLoss(test, tensors, device);
    case 'optimizer':
      return runOptimizer(test, tensors, device);
    case 'trajectory':
      return runTrajectory(test, tensors, device);
    case 'initialiser':
      return runInitializer(test, tensors);
    case 'schedule':
      return runSchedule(test, tensors);
    case 'metric':
      return runMetric(test, tensors);
    default:
      return test satisfies never;
  }
}
