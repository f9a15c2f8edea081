import { relu, sigmoid, tanh } from './activations.ts';
import { classifier } from './classifier.ts';
import { conv2d } from './conv2d.ts';
import { convTranspose2d } from './convTranspose2d.ts';
import { dropout, dropout2d } from './dropout.ts';
import { flatten } from './flatten.ts';
import { input } from './input.ts';
import type { LayerDef } from './layer.ts';
import { linear } from './linear.ts';
import { add, concat, mul } from './merge.ts';
import { avgPool2d, maxPool2d } from './pooling.ts';
import { identity, reshape, zeroPad2d } from './reshape.ts';
import { logSoftmax, softmax } from './softmax.ts';

/** Every kind of layer, in the order of the palette. */
export const layers: readonly LayerDef[] = [
  input,
  classifier,
  conv2d,
  convTranspose2d,
  maxPool2d,
  avgPool2d,
  relu,
  sigmoid,
  tanh,
  softmax,
  logSoftmax,
  dropout,
  dropout2d,
  linear,
  flatten,
  reshape,
  zeroPad2d,
  identity,
  add,
  mul,
  concat,
];

const byType = new Map(layers.map((layer) => [layer.type, layer]));

/** The layer of that type, or undefined when this version does not have it. */
export const layerOf = (type: string): LayerDef | undefined => byType.get(type);
