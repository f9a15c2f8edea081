import { adaptiveAvgPool2d } from './adaptiveAvgPool2d.ts';
import { add } from './add.ts';
import { avgPool2d } from './avgPool2d.ts';
import { batchNorm1d } from './batchNorm1d.ts';
import { batchNorm2d } from './batchNorm2d.ts';
import { binaryClassifier } from './binaryClassifier.ts';
import { classifier } from './classifier.ts';
import { concat } from './concat.ts';
import { conv2d } from './conv2d.ts';
import { convTranspose2d } from './convTranspose2d.ts';
import { dropout } from './dropout.ts';
import { dropout2d } from './dropout2d.ts';
import { elu } from './elu.ts';
import { flatten } from './flatten.ts';
import { gelu } from './gelu.ts';
import { globalAvgPool2d } from './globalAvgPool2d.ts';
import { groupNorm } from './groupNorm.ts';
import { hardsigmoid } from './hardsigmoid.ts';
import { hardswish } from './hardswish.ts';
import { identity } from './identity.ts';
import { input } from './input.ts';
import type { LayerDef, OutputRules } from './layer.ts';
import { layerNorm } from './layerNorm.ts';
import { leakyRelu } from './leakyRelu.ts';
import { linear } from './linear.ts';
import { localResponseNorm } from './localResponseNorm.ts';
import { logSoftmax } from './logSoftmax.ts';
import { maxPool2d } from './maxPool2d.ts';
import { mul } from './mul.ts';
import { output } from './output.ts';
import { prelu } from './prelu.ts';
import { regression } from './regression.ts';
import { relu } from './relu.ts';
import { relu6 } from './relu6.ts';
import { reshape } from './reshape.ts';
import { sigmoid } from './sigmoid.ts';
import { silu } from './silu.ts';
import { softmax } from './softmax.ts';
import { softplus } from './softplus.ts';
import { step } from './step.ts';
import { tanh } from './tanh.ts';
import { upsample } from './upsample.ts';
import { zeroPad2d } from './zeroPad2d.ts';

/** All layers, in the order of the palette. */
export const layers: readonly LayerDef[] = [
  input,
  classifier,
  binaryClassifier,
  regression,
  output,
  conv2d,
  convTranspose2d,
  maxPool2d,
  avgPool2d,
  globalAvgPool2d,
  adaptiveAvgPool2d,
  relu,
  relu6,
  leakyRelu,
  prelu,
  elu,
  gelu,
  silu,
  hardswish,
  sigmoid,
  hardsigmoid,
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

/** The output layer whose predictions are of that kind. */
export const outputFor = (answers: OutputRules<never>['answers']): LayerDef =>
  layers.find(({ output }) => output?.answers === answers) as LayerDef;

/** The layer of that type, or undefined if this version does not have it. */
export const layerOf = (type: string): LayerDef | undefined => byType.get(type);
