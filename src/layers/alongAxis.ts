import type { Builder } from '../ir/builder.ts';
import type { Value } from '../ir/program.ts';
import { same, type Text } from '../text.ts';
import { axis, axisProblem, batchedAxis } from './axis.ts';
import { defineLayer } from './layer.ts';

/** A function of all numbers along one axis: of C×H×W the channels, unless told otherwise. */
export const alongAxis = (
  type: string,
  title: Text,
  formula: string,
  doc: Text,
  apply: (g: Builder, x: Value, axis: number) => Value,
) =>
  defineLayer({
    type,
    title,
    category: 'activation',
    stem: type.toLowerCase(),
    keepsFeatures: true,
    doc,
    config: { axis },
    inputs: ['x'],
    outputs: ['y'],
    summary: () => same(formula),
    infer: ({ x }, config) => axisProblem(x, config.axis) ?? { outputs: { y: x } },
    lower: ({ g, x, config }) => ({ y: apply(g, x.x, batchedAxis(config.axis)) }),
  });
