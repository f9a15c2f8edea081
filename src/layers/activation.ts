import type { Builder } from '../ir/builder.ts';
import type { Value } from '../ir/program.ts';
import { same, type Text } from '../text.ts';
import type { ConfigOf, ConfigSchema } from './config.ts';
import type { Drawing } from './drawing.ts';
import { defineLayer, type Formula, type LayerDef } from './layer.ts';
import type { LayerType } from './layerTypes.ts';

/** An element-wise function. */
interface Activation<S extends ConfigSchema> {
  readonly type: LayerType;
  readonly icon: Drawing;
  readonly aliases?: readonly string[];
  readonly title: Text;
  readonly summary: (config: ConfigOf<S>) => string;
  readonly doc: Text;
  readonly keywords: readonly string[];
  readonly formula: (config: ConfigOf<S>) => Formula;
  readonly config: S;
  readonly flat?: NonNullable<LayerDef['flat']>;
  readonly apply: (g: Builder, x: Value, config: ConfigOf<S>) => Value;
}

export const activation = <S extends ConfigSchema>({ summary, apply, ...own }: Activation<S>): LayerDef =>
  defineLayer<S>({
    ...own,
    category: 'activation',
    stem: own.type,
    keepsFeatures: true,
    inputs: ['x'],
    outputs: ['y'],
    summary: (values) => same(summary(values)),
    infer: ({ x }) => ({ outputs: { y: x } }),
    lower: ({ g, x, config: values }) => ({ y: apply(g, x.x, values) }),
  });
