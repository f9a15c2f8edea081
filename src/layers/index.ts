import { elu, gelu, hardswish, leakyRelu, prelu, relu, sigmoid, silu, softplus, step, tanh } from './activations.ts';
import { classifier } from './classifier.ts';
import { conv2d } from './conv2d.ts';
import { convTranspose2d } from './convTranspose2d.ts';
import { dropout, dropout2d } from './dropout.ts';
import { flatten } from './flatten.ts';
import { adaptiveAvgPool2d, globalAvgPool2d } from './globalPooling.ts';
import { input } from './input.ts';
import type { LayerDef } from './layer.ts';
import { linear } from './linear.ts';
import { add, concat, mul } from './merge.ts';
import { batchNorm1d, batchNorm2d, groupNorm, layerNorm, localResponseNorm } from './normalisation.ts';
import { binaryClassifier, regression } from './outputs.ts';
import { avgPool2d, maxPool2d } from './pooling.ts';
import { identity, reshape, zeroPad2d } from './reshape.ts';
import { logSoftmax, softmax } from './softmax.ts';
import { upsample } from './upsample.ts';

/** Every kind of layer, in the order of the palette. */
export const layers: readonly LayerDef[] = [
  input,
  classifier,
  binaryClassifier,
  regression,
  conv2d,
  convTranspose2d,
  maxPool2d,
  avgPool2d,
  globalAvgPool2d,
  adaptiveAvgPool2d,
  relu,
  leakyRelu,
  prelu,
  elu,
  gelu,
  silu,
  hardswish,
  sigmoid,
  tanh,
  softplus,
  step,
  softmax,
  logSoftmax,
  batchNorm2d,
  batchNorm1d,
  layerNorm,
  groupNorm,
  localResponseNorm,
  dropout,
  dropout2d,
  linear,
  add,
  concat,
  mul,
  flatten,
  reshape,
  upsample,
  zeroPad2d,
  identity,
];

const byType = new Map(layers.map((layer) => [layer.type, layer]));

/** The layer of that type, or undefined when this version does not have it. */
export const layerOf = (type: string): LayerDef | undefined => byType.get(type);
