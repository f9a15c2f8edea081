import type { SubstitutedOp } from './substitutes.ts';

/** Abilities of the runtime that will execute a program, beyond ONNX's default domain. */
export interface Target {
  /** The contrib ops of the stock build (com.microsoft) may be used. */
  readonly contrib: boolean;
  /** BatchNormalization has its training mode. */
  readonly batchNormTraining: boolean;
  /** MaxPool outputs its indices for its gradient. Without them the gradient finds the maxima again. */
  readonly maxPoolIndices: boolean;
  /** LayerNormalization is accurate where the mean is far larger than the deviation, and accepts a single number. */
  readonly exactLayerNorm: boolean;
  /** Ops to replace by other ops (substitutes.ts), because they are missing, slower than their parts, or wrong. */
  readonly without: ReadonlySet<SubstitutedOp>;
  /** Channels in a block of the runtime's blocked convolutions (ops.ts); 0 if training steps must not use them. */
  readonly block: number;
}

/** Runs everywhere: only ops of the default domain that every provider has. */
export const PORTABLE: Target = {
  contrib: false,
  batchNormTraining: false,
  maxPoolIndices: true,
  exactLayerNorm: false,
  without: new Set(),
  block: 0,
};
/** The CPU provider of the stock onnxruntime build. The parts of LRN are seven times faster (measured, 32x64x32x32). */
export const CPU: Target = {
  contrib: true,
  batchNormTraining: true,
  maxPoolIndices: true,
  exactLayerNorm: true,
  without: new Set(['LRN']),
  block: 0,
};
/** The CPU provider where a self-check has found its blocked convolutions correct, `block` channels at a time. */
export const blockedCpu = (block: number): Target => ({ ...CPU, block });
/**
 * The WebGPU provider of the stock onnxruntime build, found by running every op on it (docs/providers.md). Tensors of an
 * op that it leaves to the CPU would cross the bus twice in the middle of a step. Its BatchNormalization is wrong for
 * matrices.
 */
export const WEBGPU: Target = {
  contrib: false,
  batchNormTraining: false,
  maxPoolIndices: false,
  exactLayerNorm: false,
  without: new Set(['Sum', 'Sign', 'LogSoftmax', 'OneHot', 'SoftmaxCrossEntropyLoss', 'LRN', 'BatchNormalization']),
  block: 0,
};
