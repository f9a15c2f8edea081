import { relu, sigmoid, tanh } from './activations.ts';
import { classifier } from './classifier.ts';
import { conv2d } from './conv2d.ts';
import { flatten } from './flatten.ts';
import { input } from './input.ts';
import type { LayerDef } from './layer.ts';
import { linear } from './linear.ts';
import { avgPool2d, maxPool2d } from './pooling.ts';

/** Every kind of layer, in the order of the palette. */
export const layers: readonly LayerDef[] = [
  input,
  classifier,
  conv2d,
  maxPool2d,
  avgPool2d,
  relu,
  sigmoid,
  tanh,
  linear,
  flatten,
];

const byType = new Map(layers.map((layer) => [layer.type, layer]));

/** The layer of that type, or undefined when this version does not have it. */
export const layerOf = (type: string): LayerDef | undefined => byType.get(type);
