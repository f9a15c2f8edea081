import type { Builder } from '../ir/builder.ts';
import type { Value } from '../ir/program.ts';
import { same, type Text } from '../text.ts';
import { axis, axisProblem, batchedAxis } from './axis.ts';
import { defineLayer, type Formula, type LayerDef } from './layer.ts';
import type { LayerType } from './layerTypes.ts';

/** A function of all values along one axis, by default the channels of C×H×W. */
export const alongAxis = (
  own: Pick<LayerDef, 'icon' | 'aliases'> & { readonly type: LayerType },
  title: Text,
  summary: string,
  doc: Text,
  keywords: readonly string[],
  formula: Formula,
  apply: (g: Builder, x: Value, axis: number) => Value,
) =>
  defineLayer({
    ...own,
    title,
    category: 'activation',
    stem: own.type.toLowerCase(),
    keepsFeatures: true,
    doc,
    keywords,
    formula: () => formula,
    config: { axis },
    inputs: ['x'],
    outputs: ['y'],
    summary: () => same(summary),
    infer: ({ x }, config) => axisProblem(x, config.axis) ?? { outputs: { y: x } },
    lower: ({ g, x, config }) => ({ y: apply(g, x.x, batchedAxis(config.axis)) }),
  });
