import type { Builder } from '../ir/builder.ts';
import type { Value } from '../ir/program.ts';
import { same, type Text } from '../text.ts';
import type { ConfigOf, ConfigSchema } from './config.ts';
import { defineLayer, type Formula, type LayerDef } from './layer.ts';

/** A function of every number on its own. */
interface Activation<S extends ConfigSchema> {
  readonly type: string;
  readonly title: Text;
  readonly summary: (config: ConfigOf<S>) => string;
  readonly doc: Text;
  readonly keywords: readonly string[];
  readonly formula: (config: ConfigOf<S>) => Formula;
  readonly config: S;
  readonly apply: (g: Builder, x: Value, config: ConfigOf<S>) => Value;
}

export const activation = <S extends ConfigSchema>({
  type,
  title,
  summary,
  doc,
  keywords,
  formula,
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
    keywords,
    formula,
    config,
    inputs: ['x'],
    outputs: ['y'],
    summary: (values) => same(summary(values)),
    infer: ({ x }) => ({ outputs: { y: x } }),
    lower: ({ g, x, config: values }) => ({ y: apply(g, x.x, values) }),
  });
