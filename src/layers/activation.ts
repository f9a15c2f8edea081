import type { Builder } from '../ir/builder.ts';
import type { Value } from '../ir/program.ts';
import { same, type Text } from '../text.ts';
import type { ConfigOf, ConfigSchema } from './config.ts';
import { defineLayer, type LayerDef } from './layer.ts';

/** A function of every number on its own. */
interface Activation<S extends ConfigSchema> {
  readonly type: string;
  readonly title: Text;
  readonly formula: (config: ConfigOf<S>) => string;
  readonly doc: Text;
  readonly config: S;
  readonly apply: (g: Builder, x: Value, config: ConfigOf<S>) => Value;
}

export const activation = <S extends ConfigSchema>({
  type,
  title,
  formula,
  doc,
  config,
  apply,
}: Activation<S>): LayerDef =>
  defineLayer<S>({
    type,
    title,
    category: 'activation',
    stem: type,
    keepsFeatures: true,
    doc,
    config,
    inputs: ['x'],
    outputs: ['y'],
    summary: (values) => same(formula(values)),
    infer: ({ x }) => ({ outputs: { y: x } }),
    lower: ({ g, x, config: values }) => ({ y: apply(g, x.x, values) }),
  });
